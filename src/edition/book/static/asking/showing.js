// A page as it is in another state than the one it was published in. How the answers are kept: edition.build.answers.
// Whatever is changed here can be changed back (`restore`), and says what it was.
const make = (name, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};
const written = (cell) => [...(cell?.querySelector("p")?.childNodes ?? [])].filter((part) => !part.matches?.(".label, .blank, .bar")).map((part) => part.textContent).join("");
const classes = (...names) => names.filter(Boolean).join(" ");

export class Showing {
  #undo = [];

  constructor(scope, answers, { chapter, root, usual }) {
    Object.assign(this, { scope, answers, chapter, root, usual, files: `${root}answers/` });
  }

  // Shows a state; what moved, in words.
  show({ said = {}, shown = {}, opened = {} }, state) {
    let passages = 0;
    for (const [name, place] of Object.entries(said)) {
      for (const element of this.scope.querySelectorAll(`[data-said="${this.chapter}::${CSS.escape(name)}"]`)) {
        this.#say(element, this.answers.said[place]);
        passages++;
      }
    }
    const counts = { passage: passages, figure: 0, table: 0 };
    for (const [id, place] of Object.entries(shown)) {
      const element = this.scope.querySelector(`#${CSS.escape(id)}`);
      if (!element) continue; // on another page than the chapter's own
      this.#exhibit(element, this.answers.shown[place], state);
      counts[element.matches("table") ? "table" : "figure"]++;
    }
    for (const [id, [long, first]] of Object.entries(opened)) this.#open(this.scope.querySelector(`#${CSS.escape(id)}`), long, first);
    return Object.entries(counts).filter(([, count]) => count).map(([noun, count]) => `${count} ${noun}${count === 1 ? "" : "s"}`);
  }

  restore() {
    while (this.#undo.length) this.#undo.pop()();
  }

  goToFirst() {
    const found = this.scope.querySelector(".moved:not(select)");
    found.scrollIntoView({ block: "center" });
    const target = found.querySelector("a, [tabindex]") ?? found;
    if (target === found && !found.hasAttribute("tabindex")) this.#put(found, "tabindex", "-1");
    target.focus({ preventScroll: true });
  }

  #put(element, name, value) {
    const before = element.getAttribute(name);
    this.#undo.push(() => (before === null ? element.removeAttribute(name) : element.setAttribute(name, before)));
    element.setAttribute(name, value);
  }

  #fill(element, ...children) {
    const before = [...element.childNodes];
    this.#undo.push(() => element.replaceChildren(...before));
    element.replaceChildren(...children);
  }

  #remove(element) {
    const place = document.createComment("");
    this.#undo.push(() => place.replaceWith(element));
    element.replaceWith(place);
  }

  #after(element, added) {
    this.#undo.push(() => added.remove());
    element.after(added);
  }

  // A sentence: what it said before is in its note (notes.js).
  #say(element, told) {
    this.#put(element, "data-was", `Was: ${element.textContent || "nothing"}.`);
    if (Array.isArray(told[0])) {
      this.#put(element, "class", "said moved");
      this.#fill(element, ...told.map((piece) => (piece.length > 1 ? make("span", { className: "cited" }, this.#followed(piece)) : piece[0])));
      return;
    }
    const shown = this.#followed(told);
    const opens = told.length > 1 ? shown : element;
    if (opens === element) for (const [name, value] of [["tabindex", "0"], ["role", "button"]]) this.#put(element, name, value);
    for (const [name, value] of [["aria-haspopup", "dialog"], ["aria-expanded", "false"]]) this.#put(opens, name, value);
    this.#put(element, "class", opens === shown ? "cited moved" : "said moved");
    this.#fill(element, shown);
  }

  // A text, or the link that leads to its rows.
  #followed([text, target, ...rows]) {
    if (!target) return text;
    const shown = make("a", { href: this.root + target }, text);
    if (rows.length > 1) shown.dataset.rows = rows.join(" ");
    return shown;
  }

  // An exhibit: its picture or its cells, what is written around them, and its card.
  #exhibit(element, shown, state) {
    const box = element.closest(".exhibit");
    const [title, caption, source, described, pictures] = [".caption-text", "p.about", ".source", ".description", ".pictures"].map((name) => box.querySelector(name));
    const was = make("details", { className: "was" }, make("summary", {}, "As it was"));
    if (shown.picture) was.append(pictures.cloneNode(true));
    for (const [part, before] of [["heading", title], ["caption", caption]]) if (part in shown) was.append(make("p", {}, before.textContent));
    this.#put(box, "class", `${box.className} moved`);
    if ("heading" in shown || "subtitle" in shown) this.#title(title, shown);
    const name = box.parentElement.querySelector(":scope > summary"); // of the fold in which it stands
    if (name && "heading" in shown) this.#fill(name, shown.heading);
    if ("caption" in shown) this.#fill(caption, shown.caption);
    if ("source" in shown) this.#fill(source, `Source: ${shown.source}`);
    for (const image of pictures?.querySelectorAll("img, source") ?? []) {
      const phone = image.matches("source");
      if ("alt" in shown && !phone) this.#put(image, "alt", shown.alt);
      if (!shown.picture) continue;
      const [name, ...sizes] = shown.picture;
      const ending = image.parentElement.querySelector(".only-dark") ? "dark.svg" : "svg";
      this.#put(image, phone ? "srcset" : "src", `${this.files}${name}.${phone ? "phone" : "desk"}.${ending}`);
      ["width", "height"].forEach((side, n) => this.#put(image, side, sizes[n + 2 * phone]));
    }
    if (shown.picture) for (const cut of ["desk", "phone"]) this.#words(pictures.querySelector(`.words.${cut}`), `${shown.picture[0]}.${cut}.words.svg`);
    if (shown.described) this.#fill(described, described.firstChild, ...shown.described.map((text) => make("p", {}, text)), described.lastElementChild);
    if (shown.rows || shown.columns) this.#cells(element, shown);
    if (shown.notes) this.#notes(box, source, shown.notes);
    if (shown.folded) this.#remarks(box, source, shown.folded);
    if (was.childElementCount > 1) this.#after(source, was);
    this.#card(box.querySelector(".card"), element.id, shown, state);
    if (shown.offer) {
      const offer = (detail) => dispatchEvent(new CustomEvent("offer", { detail })); // to explorer.js
      this.#undo.push(() => offer(null));
      offer(shown.offer);
    }
  }

  // A title, and what is counted in a line of its own.
  #title(element, { heading = element.firstChild.data.trim(), subtitle = element.querySelector(".subtitle")?.textContent ?? "" }) {
    this.#fill(element, `${heading} `, ...(subtitle ? [make("span", { className: "subtitle" }, subtitle)] : []));
  }

  // The layer of a picture's words: none over a picture that has others, until its own are there.
  #words(layer, file) {
    this.#fill(layer);
    this.#put(layer, "viewBox", layer.getAttribute("viewBox"));
    const asked = {};
    layer.asked = asked;
    this.#undo.push(() => (layer.asked = null));
    fetch(this.files + file).then((answer) => (answer.ok ? answer.text() : "")).then((text) => {
      const found = new DOMParser().parseFromString(text, "text/html").querySelector("svg");
      if (!found || layer.asked !== asked) return;
      layer.setAttribute("viewBox", found.getAttribute("viewBox"));
      layer.replaceChildren(...found.childNodes);
    });
  }

  #remarks(box, source, texts) {
    const before = box.querySelector(".remarks");
    const leads = [...(before?.querySelectorAll("p") ?? [])].filter((one) => one.querySelector("a")); // to what all maps share
    const now = [...texts.map((text) => make("p", {}, text)), ...leads];
    const name = before?.querySelector("summary") ?? make("summary", {}, "Notes");
    if (before && now.length) this.#fill(before, name, ...now);
    else if (before) this.#remove(before);
    else if (now.length) this.#after(source, make("details", { className: "remarks" }, name, ...now));
  }

  #notes(box, source, notes) {
    for (const block of box.querySelectorAll(".notes")) {
      this.#undo.push(() => source.before(block));
      block.remove();
    }
    if (!notes.length) return;
    const block = make("div", { className: "notes line-block" }, ...notes.map((note) => make("div", { className: "line" }, note.join(" "))));
    this.#undo.push(() => block.remove());
    source.before(block);
  }

  // A table: rows of the page, or new ones made like them.
  #cells(table, { columns, rows, widths = [] }) {
    const labelled = table.matches(".stacked");
    const heads = [...table.tHead.rows[0].cells].map((head) => [written(head), head.matches(".number")]);
    const known = (columns ?? heads).map(([label, numeric], n) => ({ label, numeric, first: n === 0 }));
    const cell = (text, { label, numeric, first }, head) => {
      const made = make(head || first ? "th" : "td", { className: classes(head && "head", first && "stub", numeric && "number", !text && "empty") });
      made.append(make("p", {}, ...(labelled && !head ? [make("span", { className: "label" }, `${label}: `)] : []), text));
      return made;
    };
    if (columns) this.#fill(table.tHead, make("tr", { className: "row-odd" }, ...known.map((column) => cell(column.label, column, true))));
    const before = [...table.tBodies[0].rows];
    const named = new Map(before.map((row) => [row.id || written(row.cells[0]), row]));
    const made = rows.map((place) => {
      if (place < 0) return Object.assign(before[-1 - place].cloneNode(true), { hidden: false });
      const texts = this.answers.rows[place].slice(0, known.length).map((text) => this.answers.cells[text]);
      const [anchor = "", address] = this.answers.rows[place].slice(known.length);
      const row = make("tr", {}, ...texts.map((text, n) => cell(text, known[n])));
      if (anchor) row.id = anchor;
      if (address) {
        const sign = make("a", { className: "sign", href: this.root + address });
        for (const [name, value] of [["aria-label", `Cite ${anchor}`], ["aria-haspopup", "dialog"], ["aria-expanded", "false"]]) sign.setAttribute(name, value);
        row.cells[known.length - 1].append(sign);
      }
      const old = columns ? null : named.get(anchor || texts[0]);
      texts.forEach((text, n) => {
        const was = old && written(old.cells[n]);
        if (was === text) return;
        row.cells[n].classList.add("moved");
        if (old) row.cells[n].append(make("small", { className: "was" }, `was ${was || "blank"}`));
      });
      return row;
    });
    made.forEach((row, n) => {
      row.className = n % 2 ? "row-odd" : "row-even";
      const needed = widths[n] ?? widths[0] ?? [];
      [...row.cells].forEach((cell, k) => ["sentence", "phrase"].forEach((width) => cell.classList.toggle(width, needed[k] === width)));
    });
    const barred = heads.map(([label]) => label).filter((_, n) => before.some((row) => row.cells[n]?.querySelector(".bar")));
    this.#bars(made, known.map(({ label }) => barred.includes(label)));
    const asks = document.querySelector(`.all-rows[aria-controls="${table.id}"]`);
    if (asks) this.#fill(asks, `All ${made.length} rows`);
    this.#fill(table.tBodies[0], ...made);
  }

  // How much of a table is shown at first (edition.exhibits.opening), and the button that asks for all of it (book.js).
  #open(table, long, first) {
    if (!table) return; // on another page than the chapter's own
    const others = [...table.classList].filter((name) => !/^(long|first-\d+)$/.test(name));
    this.#put(table, "class", classes(...others, long && "long", first && `first-${first}`));
    const before = document.querySelector(`.all-rows[aria-controls="${table.id}"]`);
    if (before) this.#remove(before);
    if ((!long && !first) || table.matches('[class*="filter-"]')) return;
    const asks = make("button", { type: "button", className: classes("all-rows", !long && "narrow") }, `All ${table.tBodies[0].rows.length} rows`);
    asks.setAttribute("aria-controls", table.id);
    this.#after(table.closest(".pst-scrollable-table-container") ?? table, asks);
  }

  // Bars of the cells of some columns, each beside the largest number of all of them.
  #bars(rows, columns) {
    const found = [];
    for (const row of rows) {
      for (const cell of [...row.cells].filter((_, n) => columns[n])) {
        cell.classList.remove("barred");
        cell.querySelector(".bar")?.remove();
        const number = /\d[\d,]*(?:\.\d+)?/.exec(written(cell));
        if (number) found.push([cell, Number(number[0].replaceAll(",", ""))]);
      }
    }
    const most = Math.max(0, ...found.map(([, value]) => value));
    for (const [cell, value] of most ? found : []) {
      const bar = make("span", { className: "bar" });
      bar.setAttribute("style", `--part: ${(value / most).toFixed(3)}`);
      cell.classList.add("barred");
      cell.querySelector("p").append(bar);
    }
  }

  // A card: it cites what is shown, gives the files of that, and says of others how they are to be had.
  #card(card, id, shown, state) {
    const assumed = state.map(([name, value]) => `${name} = ${value}`).join(", ");
    const stem = `${id}-${state.flat().join("-").replace(/[^\w.-]+/g, "-")}`;
    const give = (link, address, ending) => {
      this.#put(link, "href", address);
      this.#put(link, "download", `${stem}.${ending}`);
    };
    const cited = Object.entries(this.answers.cites[shown.cite]);
    card.querySelectorAll(".cite .forms a").forEach((link, n) => {
      const [ending, text] = cited[n];
      const said = text.replaceAll("ASSUMED", `with ${ending === "bib" ? assumed.replace(/[_%&#$]/g, "\\$&") : assumed}`);
      give(link, `data:text/plain;charset=utf-8,${encodeURIComponent(said)}`, ending);
    });
    const credit = card.querySelector(".credit");
    this.#fill(credit, `${credit.textContent}, with ${assumed}`);
    const drawn = card.querySelector(".description"); // which a figure alone has
    for (const link of card.querySelectorAll("li a, .description a")) {
      const ending = link.getAttribute("href").split(`/${id}.`)[1];
      if (ending === "csv-metadata.json") continue; // columns mean the same in every state
      if (ending === "csv") give(link, `${this.files}${shown.data}.csv`, ending);
      else if (drawn && !shown.picture && /svg|png|pdf/.test(ending)) continue; // the picture is the same
      else if (["svg", "dark.svg"].includes(ending)) give(link, `${this.files}${shown.picture[0]}.desk.${ending}`, ending);
      else this.#fill(link.parentElement, `${link.textContent}: only by `, make("a", { href: "#what-it-assumes" }, "computing the chapter"), ` with ${assumed}`);
    }
    const values = Object.entries({ ...this.usual, ...Object.fromEntries(state) }).map(([name, value]) => `${name} = ${value}`);
    const told = { Parameters: values.join(", "), Data: "all rows are in the CSV file", "SHA-256": "of the CSV file, see its citation" };
    for (const term of card.querySelectorAll("dt")) {
      const also = term.nextElementSibling;
      const text = told[term.textContent] ?? (term.textContent === "Version" ? `${also.textContent.split(",")[0]}, with ${assumed}` : null);
      if (text) this.#fill(also, text);
    }
    for (const part of card.querySelectorAll("details")) if (part.querySelector("summary").textContent === "Embed") this.#put(part, "hidden", "");
  }
}
