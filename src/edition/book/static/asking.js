// A reader changes what a chapter assumes, and its sentences, pictures and tables become those of the chapter computed
// so. What each state says was worked out beforehand (edition.build.answers, which tells how it is kept) and is loaded when
// it is first asked for; here is only the choosing, the showing, and the address.
const make = (name, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};
const many = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;
const list = (items) => items.join(", ").replace(/, ([^,]*)$/, " and $1");
let serial = 0;

for (const place of document.querySelectorAll(".asking")) asking(place);

function asking(place) {
  const { chapter, root, page, launch, assumptions, usual } = JSON.parse(place.firstChild.textContent);
  const files = `${root}answers/`;
  const here = place.closest(".live") ? null : document.querySelector("article"); // null: sentences on another page
  const scope = here ?? place.closest(".live");
  const table = here && place.parentElement.querySelector("table");

  // What is changed on the page, so that it can be changed back.
  const undo = [];
  const put = (element, name, value) => {
    const before = element.getAttribute(name);
    undo.push(() => (before === null ? element.removeAttribute(name) : element.setAttribute(name, before)));
    if (value === null) element.removeAttribute(name);
    else element.setAttribute(name, value);
  };
  const fill = (element, ...children) => {
    const before = [...element.childNodes];
    undo.push(() => element.replaceChildren(...before));
    element.replaceChildren(...children);
  };
  const add = (element) => (undo.push(() => element.remove()), element);
  const mark = (element) => put(element, "class", `${element.className} moved`.trim());
  const restore = () => {
    while (undo.length) undo.pop()();
  };

  let answers;
  const load = () => (answers ??= fetch(`${files}${chapter}.json`).then((answer) => {
    if (!answer.ok) throw new Error(answer.statusText);
    return answer.json();
  }));

  // A sentence: what it said before is in the note that opens beside it.
  const say = (element, [text, target, told]) => {
    const id = `was-${serial++}`;
    const was = `Was: ${(element.querySelector("a") ?? element).textContent || "nothing"}. `;
    const note = make("span", { role: "tooltip", id }, make("span", { className: "was" }, was), told ?? "");
    const shown = target ? make("a", { href: root + target }, text) : text;
    (target ? shown : element).setAttribute("aria-describedby", id);
    if (!target) {
      put(element, "tabindex", "0");
      undo.push(() => element.removeAttribute("aria-describedby"));
    }
    put(element, "class", target ? "cited moved" : "said moved");
    fill(element, shown, note);
  };

  // A table: its rows are those of the page, or new ones made like them.
  const cell = (text, column, head, labelled) => {
    const looks = [head && "head", column.first && "stub", column.numeric && "number"].filter(Boolean);
    const label = labelled ? [make("span", { className: "label" }, `${column.label}: `)] : [];
    const made = make(head || column.first ? "th" : "td", {}, make("p", {}, ...label, text));
    if (looks.length) made.className = looks.join(" ");
    return made;
  };
  const textOf = (cell) => [...(cell?.querySelector("p")?.childNodes ?? [])].filter((node) => node.nodeType === 3).map((node) => node.data).join("");
  const tabulate = (shown, { columns, rows }, data) => {
    const labelled = shown.classList.contains("stacked");
    const heads = [...shown.tHead.rows[0].cells];
    const known = (columns ?? heads.map((head) => [textOf(head), head.classList.contains("number")])).map(([label, numeric], n) => ({ label, numeric, first: n === 0 }));
    if (columns) fill(shown.tHead, make("tr", { className: "row-odd" }, ...known.map((column) => cell(column.label, column, true, false))));
    if (!rows) return;
    const before = [...shown.tBodies[0].rows];
    const named = new Map(before.map((row) => [row.id || textOf(row.cells[0]), row]));
    fill(shown.tBodies[0], ...rows.map((place, n) => {
      let row;
      if (place < 0) {
        row = before[-1 - place].cloneNode(true);
        row.hidden = false;
      } else {
        const [cells, anchor] = [data.rows[place].slice(0, known.length), data.rows[place][known.length]];
        row = make("tr", {}, ...cells.map((text, m) => cell(data.cells[text], known[m], false, labelled)));
        if (anchor) row.id = anchor;
        const old = named.get(anchor ?? data.cells[cells[0]]);
        [...row.cells].forEach((one, m) => {
          const was = old && !columns ? textOf(old.cells[m]) : null;
          if (was === textOf(one)) return;
          one.classList.add("moved");
          if (was !== null) one.append(make("small", { className: "was" }, `was ${was || "blank"}`));
        });
      }
      row.className = n % 2 ? "row-odd" : "row-even";
      return row;
    }));
  };

  // An exhibit: picture or table, what is written around it, and its card.
  const exhibit = (id, shown, data, state) => {
    const element = document.getElementById(id);
    const box = element.closest(".exhibit");
    const [caption, source, described] = [".caption-text", ".source", ".description"].map((name) => box.querySelector(name));
    const before = box.querySelector(".pictures")?.cloneNode(true);
    const was = "caption" in shown ? caption.textContent : "";
    mark(box);
    if ("caption" in shown) fill(caption, shown.caption);
    if ("source" in shown) fill(source, `Source: ${shown.source}`);
    for (const picture of element.querySelectorAll("img")) {
      if ("alt" in shown) put(picture, "alt", shown.alt);
      if (!shown.picture) continue;
      const [name, width, height] = shown.picture;
      put(picture, "src", `${files}${name}.${picture.classList.contains("only-dark") ? "dark.svg" : "svg"}`);
      put(picture, "width", width);
      put(picture, "height", height);
    }
    if (shown.described) fill(described, described.firstChild, ...shown.described.map((text) => make("p", {}, text)), described.lastElementChild);
    if (shown.rows || shown.columns) tabulate(element, shown, data);
    if (shown.notes) {
      box.querySelectorAll(".notes").forEach((notes) => {
        const next = notes.nextSibling;
        notes.remove();
        undo.push(() => next.before(notes));
      });
      if (shown.notes.length) source.before(add(make("div", { className: "notes line-block" }, ...shown.notes.map((note) => make("div", { className: "line" }, note.join(" "))))));
    }
    if (was || shown.picture) source.after(add(make("details", { className: "was" }, make("summary", {}, "As it was"), ...(shown.picture ? [before] : []), ...(was ? [make("p", {}, was)] : []))));
    card(box.querySelector(".card"), id, shown, data, state);
    if (shown.offer) box.dispatchEvent(new CustomEvent("offer", { bubbles: true, detail: shown.offer }));
  };
  const card = (box, id, shown, data, state) => {
    const values = { ...usual, ...Object.fromEntries(state) };
    const assumed = state.map(([name, value]) => `${name} = ${value}`).join(", ");
    const name = `${id}-${state.flat().join("-").replace(/[^\w.-]+/g, "-")}`;
    const take = (link, file) => {
      put(link, "href", file.startsWith("data:") ? file : files + file);
      put(link, "download", `${name}.${link.href.startsWith("data:") ? link.dataset.form : file.replace(/^[^.]*\./, "")}`);
    };
    const cites = Object.entries(data.cites[shown.cite]);
    box.querySelectorAll(".form").forEach((form, n) => {
      const [ending, text] = cites[n];
      const cited = text.replaceAll("ASSUMED", ending === "bib" ? `with ${assumed}`.replace(/[_%&#$]/g, "\\$&") : `with ${assumed}`);
      fill(form.querySelector("pre"), cited);
      const link = form.querySelector("a");
      put(link, "data-form", ending);
      take(link, `data:text/plain;charset=utf-8,${encodeURIComponent(cited)}`);
    });
    for (const link of box.querySelectorAll("a[download]")) {
      if (link.closest(".form")) continue;
      const ending = link.getAttribute("href").split(`/${id}.`)[1];
      if (!ending) continue;
      if (ending === "csv") take(link, `${shown.data}.csv`);
      else if (shown.picture && ending.endsWith("svg")) take(link, `${shown.picture[0]}.${ending}`);
      else if (shown.picture || !/svg|png|pdf/.test(ending)) fill(link.parentElement, `${link.textContent}: only by `, make("a", { href: "#what-it-assumes" }, "computing the chapter"), ` with ${assumed}`);
    }
    for (const term of box.querySelectorAll("dt")) {
      const told = term.nextElementSibling;
      if (term.textContent === "Parameters") fill(told, list(Object.entries(values).map(([name, value]) => `${name} = ${value}`)));
      if (term.textContent === "Data") fill(told, "all rows are in the CSV file");
      if (term.textContent === "Version") fill(told, told.textContent.split(",")[0], `, with ${assumed}`);
    }
    for (const part of box.querySelectorAll("details")) if (part.querySelector("summary").textContent === "Embed") put(part, "hidden", "");
  };

  // The controls, and the line that says what happened.
  const controls = new Map();
  assumptions.forEach(({ name, words, stops }, n) => {
    const control = make("select", { name, id: `asking-${serial++}` }, ...stops.map((stop) => new Option(stop === usual[name] ? `${stop} (as published)` : stop, stop)));
    control.value = usual[name];
    controls.set(name, control);
    if (table) {
      control.setAttribute("aria-label", words);
      const shown = table.tBodies[0].rows[n].cells[1].querySelector("p");
      shown.lastChild.remove();
      shown.append(control);
    } else place.append(make("label", { htmlFor: control.id }, `${words}: `), control, " ");
    control.addEventListener("focus", () => load().catch(() => {}), { once: true });
    control.addEventListener("change", () => {
      history.pushState(null, "", address(chosen()));
      show();
    });
  });
  const told = make("p", { role: "status" });
  const first = make("button", { type: "button", hidden: true }, "First change");
  const reset = make("button", { type: "button", hidden: true }, "As published");
  const bar = make("div", { className: "asked", hidden: true }, told, first, reset);
  (here ? scope.lastElementChild : place).append(bar);
  if (!here) bar.append(make("a", { href: page }, "The chapter"));
  first.addEventListener("click", () => {
    const found = scope.querySelector(".moved");
    found.scrollIntoView({ block: "center" });
    if (!found.matches("a, [tabindex]")) found.tabIndex = -1;
    (found.querySelector("a") ?? found).focus({ preventScroll: true });
  });
  reset.addEventListener("click", () => {
    for (const [name, control] of controls) control.value = usual[name];
    history.pushState(null, "", address([]));
    show();
    controls.values().next().value.focus({ preventScroll: true });
  });

  const chosen = () => Object.keys(usual).filter((name) => controls.has(name) && controls.get(name).value !== usual[name]).map((name) => [name, controls.get(name).value]);
  const address = (state) => {
    const asked = new URLSearchParams(location.search);
    Object.keys(usual).forEach((name) => asked.delete(name));
    const kept = [...state, ...asked];
    return location.pathname + (kept.length ? `?${new URLSearchParams(kept)}` : "") + location.hash;
  };
  const say_it = (text, ...more) => {
    bar.hidden = false;
    told.replaceChildren(text, ...more);
  };
  // The address asks for a state; what is wrong with it is said, and the page is as published.
  const read = () => {
    const asked = [...new URLSearchParams(location.search)];
    const [faults, missing] = [[], []];
    for (const [name, control] of controls) control.value = usual[name];
    for (const [name, value] of asked) {
      const known = assumptions.find((one) => one.name === name);
      if (!known) continue;
      const { stops, ends, whole, allowed } = known;
      const number = value.trim() === "" ? NaN : Number(value);
      const stop = stops.find((one) => one === value) ?? (ends && stops.find((one) => Number(one) === number));
      if (stop !== undefined) controls.get(name).value = stop;
      else if (ends && number >= ends[0] && number <= ends[1] && (!whole || Number.isInteger(number))) missing.push([name, value]);
      else faults.push(`${name} is “${value}” in the address; allowed: ${allowed}. The page shows ${usual[name]}.`);
    }
    return { faults, missing };
  };
  const not_worked_out = (state) => {
    const assumed = list(state.map(([name, value]) => `${name} = ${value}`));
    const also = launch ? [make("a", { href: `${launch}&${new URLSearchParams(state)}`, target: "_blank", rel: "noopener" }, "Run the chapter with it in the browser"), "."] : [" The command below the table computes it."];
    say_it(`What follows from ${assumed} was not worked out beforehand; the page is as published. `, ...also);
  };

  let asked = 0;
  const show = async ({ faults = [], missing = [] } = {}) => {
    const state = chosen();
    const turn = ++asked;
    let data;
    if (state.length) {
      try {
        data = await load();
      } catch {
        answers = undefined;
        say_it("The answers could not be loaded; the page is as published.");
        return;
      }
      if (turn !== asked) return;
    }
    performance.mark("asked");
    restore();
    first.hidden = reset.hidden = true;
    const name = state.map((one) => one.join("=")).join("&");
    const changes = data?.states[name];
    if (faults.length) say_it(faults.join(" "));
    else if (missing.length) not_worked_out([...state, ...missing]);
    else if (!state.length) say_it("The page is as published.");
    else if (!changes) not_worked_out(state);
    else if (changes.refused) say_it(`The chapter cannot be asked that: ${changes.refused}.`);
    else apply(state, changes, data);
    for (const [name, control] of controls) control.classList.toggle("moved", control.value !== usual[name]);
    if (!state.length && !faults.length && !missing.length && !location.search.length && turn === 1) bar.hidden = true;
    reset.hidden = !state.length && !faults.length && !missing.length;
    performance.measure("answer", "asked");
  };
  const apply = (state, { said = {}, shown = {} }, data) => {
    let sentences = 0;
    for (const [name, place] of Object.entries(said)) {
      for (const element of scope.querySelectorAll(`[data-said="${chapter}::${CSS.escape(name)}"]`)) {
        say(element, [].concat(data.said[place]));
        sentences++;
      }
    }
    const kinds = { figure: 0, table: 0 };
    if (here) {
      for (const [id, place] of Object.entries(shown)) {
        exhibit(id, data.shown[place], data, state);
        kinds[id.startsWith("fig") ? "figure" : "table"]++;
      }
    }
    const counts = [[sentences, "passage"], [kinds.figure, "figure"], [kinds.table, "table"]].filter(([count]) => count).map(([count, noun]) => many(count, noun));
    const assumed = list(state.map(([name, value]) => `${name} = ${value}`));
    say_it(`With ${assumed}: ${counts.length ? `${list(counts)} of this page changed.` : "nothing on this page changes."}`);
    first.hidden = !counts.length;
  };
  addEventListener("popstate", () => show(read()));
  const asks = read();
  if (chosen().length || asks.faults.length || asks.missing.length) show(asks);
}
