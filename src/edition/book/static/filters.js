// Choosing among the rows of a table and the tiles of the catalogue. It is said how many are shown, and the address keeps the choice.
{
  const PREFIX = "only-"; // before the name of a choice, in the address
  const others = (names) => location.search.slice(1).split("&").filter((part) => part && ![...new URLSearchParams(part).keys()].some((name) => names.includes(name)));
  // What a form says is what the address asks for, and the other way round; what is beside it there stays.
  const remembered = (form, show) => {
    const fields = [...form.elements].filter(({ name }) => name);
    const read = () => {
      const asked = new URLSearchParams(location.search);
      for (const field of fields) {
        const value = asked.get(field.name) ?? "";
        field.value = field.tagName === "SELECT" && ![...field.options].some((option) => option.value === value) ? "" : value;
      }
      show();
    };
    const write = () => {
      const own = fields.filter(({ value }) => value).map(({ name, value }) => new URLSearchParams([[name, value]]));
      const asked = [...others(fields.map(({ name }) => name)), ...own].join("&");
      history.replaceState(history.state, "", location.pathname + (asked && `?${asked}`) + location.hash);
      show();
    };
    form.addEventListener("input", write);
    form.addEventListener("submit", (event) => event.preventDefault());
    addEventListener("popstate", read);
    read();
  };
  // A table that names columns to filter by gets a search field and a choice for each of them; without script it is whole.
  const filtered = (table, nth) => {
    const body = table.tBodies[0];
    let rows = [...body.rows];
    const text = (cell) => cell.querySelector("p").lastChild?.textContent.trim() ?? "";
    const columns = [...table.classList].filter((name) => name.startsWith("filter-")).map((name) => Number(name.slice(7)));
    const bar = Object.assign(document.createElement("form"), { className: "filters" });
    bar.setAttribute("role", "search");
    bar.setAttribute("aria-label", "Rows of the table");
    const again = nth ? `-${nth + 1}` : ""; // names of a second table's choices
    const field = (label, control) => {
      const shown = document.createElement("label");
      shown.append(label, control);
      bar.append(shown);
      return control;
    };
    const search = field("Search these rows", Object.assign(document.createElement("input"), { type: "search", name: `find${again}` }));
    const choices = columns.map((column) => {
      const label = text(table.tHead.rows[0].cells[column]) || `Column ${column + 1}`;
      const select = Object.assign(document.createElement("select"), { name: `${PREFIX}${label.toLowerCase().replace(/\W+/g, "-")}${again}` });
      const values = [...new Set(rows.map((row) => text(row.cells[column])))].sort();
      select.append(new Option("all", ""), ...values.map((value) => new Option(value)));
      return [column, field(label.charAt(0).toUpperCase() + label.slice(1), select)];
    });
    const count = Object.assign(document.createElement("output"), { ariaLive: "polite" });
    const more = Object.assign(document.createElement("button"), { type: "button" });
    bar.append(count, more);
    const called = () => rows.some((row) => row.id && `#${row.id}` === location.hash);
    const phone = matchMedia("(max-width: 640px)");
    const fitting = () => Number((phone.matches && /(?:^| )first-(\d+)/.exec(table.className)?.[1]) || 40); // as edition/exhibits/opening.py has it
    let all = called() || foundBySearch;
    more.addEventListener("click", () => {
      all = true;
      show();
    });
    const show = () => {
      const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
      const limit = all ? rows.length : fitting();
      let [found, shown] = [0, 0];
      for (const row of rows) {
        const written = row.textContent.toLowerCase();
        const fits = words.every((word) => written.includes(word)) && choices.every(([column, { value }]) => !value || text(row.cells[column]) === value);
        found += fits;
        row.hidden = !fits || shown >= limit;
        shown += !row.hidden;
      }
      count.textContent = found === rows.length ? `${shown} of ${found} rows shown` : `${found} of ${rows.length} rows found${shown < found ? `, ${shown} shown` : ""}`;
      more.textContent = `Show all ${found}`;
      more.hidden = shown === found;
    };
    // A row that is gone to is shown, whatever was chosen.
    addEventListener("hashchange", () => {
      if (!called()) return;
      all = true;
      const row = document.getElementById(location.hash.slice(1));
      show();
      if (row.hidden) {
        bar.reset();
        bar.dispatchEvent(new Event("input"));
      }
      row.scrollIntoView();
    });
    new MutationObserver(() => {
      rows = [...body.rows];
      show();
    }).observe(body, { childList: true });
    (table.closest(".pst-scrollable-table-container") ?? table).before(bar);
    remembered(bar, show);
  };
  // Of each part all that is chosen is shown; a part without any is not.
  const catalogue = (form) => {
    const lists = [...document.querySelectorAll("ul.catalogue")];
    const items = lists.flatMap((list) => [...list.children]);
    form.hidden = false;
    const choices = [...form.elements].filter(({ name }) => name);
    for (const choice of choices) choice.name = `${PREFIX}${choice.dataset.of = choice.name}`;
    remembered(form, () => {
      let shown = 0;
      for (const item of items) {
        item.hidden = choices.some(({ value, dataset }) => value && !item.dataset[dataset.of].split("|").includes(value));
        shown += !item.hidden;
      }
      for (const list of lists) {
        list.classList.toggle("whole", shown < items.length);
        list.parentElement.hidden = [...list.children].every((item) => item.hidden);
      }
      form.querySelector("output").textContent = shown === items.length ? `${shown} in all` : `${shown} of ${items.length} found`;
    });
  };
  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("table[class*=filter-]").forEach(filtered);
    document.querySelectorAll("form.filters[hidden]").forEach(catalogue);
  });
}
