// A long table shows its first rows until all are asked for, by its button or by an address that leads to one of them.
document.addEventListener("DOMContentLoaded", () => {
  for (const button of document.querySelectorAll(".all-rows")) {
    const table = document.getElementById(button.getAttribute("aria-controls"));
    const whole = () => {
      table.classList.remove("long");
      button.remove();
    };
    button.addEventListener("click", () => {
      const next = [...table.tBodies[0].rows].find((row) => !row.checkVisibility());
      whole();
      next.tabIndex = -1;
      next.focus({ preventScroll: true });
    });
    const arrive = () => {
      const row = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
      if (!row || !table.contains(row) || row === table || !table.matches(".long")) return;
      whole();
      row.scrollIntoView();
    };
    addEventListener("hashchange", arrive);
    arrive();
  }
});
// The contents show the page that is read, also in a long part.
document.addEventListener("DOMContentLoaded", () => {
  const [side, here] = [document.querySelector(".bd-sidebar-primary"), document.querySelector("nav.bd-docs-nav li.current > a")];
  if (!side || !here) return;
  const below = here.getBoundingClientRect().bottom - side.getBoundingClientRect().top;
  if (below > innerHeight * 0.8) side.scrollTop = below - innerHeight / 2;
});
// A table wider than a phone scrolls inside its own box; the box must be reachable by keyboard and have a name.
document.addEventListener("DOMContentLoaded", () => {
  for (const box of document.querySelectorAll(".pst-scrollable-table-container")) {
    if (box.scrollWidth <= box.clientWidth) continue;
    box.tabIndex = 0;
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", box.querySelector("caption")?.innerText.trim() || "Table");
  }
});
// A table that names columns to filter by gets a search field and a choice for each of them; without script it is whole.
document.addEventListener("DOMContentLoaded", () => {
  for (const table of document.querySelectorAll("table[class*=filter-]")) {
    const body = table.tBodies[0];
    let rows = [...body.rows];
    const text = (cell) => cell.querySelector("p").lastChild?.textContent.trim() ?? "";
    const columns = [...table.classList].filter((name) => name.startsWith("filter-")).map((name) => Number(name.slice(7)));
    const bar = document.createElement("form");
    bar.className = "filters";
    bar.setAttribute("role", "search");
    const field = (name, control) => {
      const label = document.createElement("label");
      label.append(name, control);
      bar.append(label);
      return control;
    };
    const search = field("Search these rows", Object.assign(document.createElement("input"), { type: "search" }));
    const choices = columns.map((column) => {
      const select = document.createElement("select");
      const values = [...new Set(rows.map((row) => text(row.cells[column])))].sort();
      select.append(...["all", ...values].map((value) => new Option(value)));
      return [column, field(table.tHead.rows[0].cells[column].innerText.trim() || `Column ${column + 1}`, select)];
    });
    const count = Object.assign(document.createElement("output"), { ariaLive: "polite" });
    const more = Object.assign(document.createElement("button"), { type: "button" });
    bar.append(count, more);
    let limit = rows.some((row) => row.id && `#${row.id}` === location.hash) ? rows.length : 40;
    more.addEventListener("click", () => {
      limit = rows.length;
      show();
    });
    const show = () => {
      const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
      let [found, shown] = [0, 0];
      for (const row of rows) {
        const all = row.textContent.toLowerCase();
        const fits = words.every((word) => all.includes(word)) && choices.every(([column, select]) => select.value === "all" || text(row.cells[column]) === select.value);
        found += fits;
        row.hidden = !fits || shown >= limit;
        shown += !row.hidden;
      }
      count.textContent = `${shown} of ${found === rows.length ? "" : `${found} found, of `}${rows.length} shown`;
      more.textContent = `Show all ${found}`;
      more.hidden = shown === found;
    };
    addEventListener("hashchange", () => {
      if (rows.some((row) => `#${row.id}` === location.hash)) {
        limit = rows.length;
        show();
        document.getElementById(location.hash.slice(1)).scrollIntoView();
      }
    });
    bar.addEventListener("input", show);
    bar.addEventListener("submit", (event) => event.preventDefault());
    new MutationObserver(() => {
      rows = [...body.rows];
      show();
    }).observe(body, { childList: true });
    (table.closest(".pst-scrollable-table-container") ?? table).before(bar);
    show();
  }
});
// The switch for code. What it says is kept for the next page, and stands in the address beside whatever else is there.
document.addEventListener("DOMContentLoaded", () => {
  const button = document.querySelector(".code-switch");
  if (!button) return;
  const page = document.documentElement.dataset;
  const show = () => {
    const on = page.code === "shown";
    button.setAttribute("aria-pressed", on);
    for (const fold of document.querySelectorAll("details.hide")) fold.open = on;
    const others = location.search.slice(1).split("&").filter((part) => part && !/^code(=|$)/.test(part));
    const asked = (on ? [...others, "code=1"] : others).join("&");
    if (location.search.slice(1) !== asked) history.replaceState(history.state, "", location.pathname + (asked && `?${asked}`) + location.hash);
  };
  button.addEventListener("click", () => {
    page.code = page.code === "shown" ? "" : "shown";
    try {
      localStorage.code = page.code ? "1" : "";
    } catch {
      // nothing is kept where the browser forbids it
    }
    show();
  });
  addEventListener("popstate", show);
  show();
});
// The button of a fold has the fold's title for a name; the extension that makes it calls all of them the same.
document.addEventListener("DOMContentLoaded", () => {
  for (const button of document.querySelectorAll(".toggle-button")) button.setAttribute("aria-label", button.parentElement.textContent.trim());
});
// Copy buttons of the cards: what is copied is exactly the text of the file.
document.addEventListener("DOMContentLoaded", () => {
  for (const text of document.querySelectorAll(".card pre.copied")) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "copy", textContent: "Copy" });
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(text.textContent);
      button.textContent = "Copied";
      setTimeout(() => (button.textContent = "Copy"), 2000);
    });
    const name = text.previousElementSibling;
    if (name) name.append(button);
    else text.before(button);
  }
});
// The catalogue's choices.
document.addEventListener("DOMContentLoaded", () => {
  const list = document.querySelector("ul.catalogue");
  if (!list) return;
  const form = list.previousElementSibling;
  form.hidden = false;
  const show = () => {
    let shown = 0;
    for (const item of list.children) {
      item.hidden = [...form.elements].some((choice) => choice.name && choice.value && !item.dataset[choice.name].split("|").includes(choice.value));
      shown += !item.hidden;
    }
    form.querySelector("output").textContent = `${shown} of ${list.children.length} shown`;
  };
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  show();
});
// What the theme says in scripts within its pages, which the site's policy forbids: print, fill the screen, and begin to search.
document.addEventListener("DOMContentLoaded", () => {
  for (const [label, does] of [["download-pdf", () => print()], ["fullscreen", () => toggleFullScreen()]]) {
    for (const link of document.querySelectorAll(`a.btn-${label}-button`)) {
      link.removeAttribute("target");
      link.setAttribute("role", "button");
      link.addEventListener("click", (event) => {
        event.preventDefault();
        does();
      });
    }
  }
  if (document.getElementById("search-results")) document.querySelector("form.bd-search input")?.select();
});
