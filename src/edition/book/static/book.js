// A long table or list shows its first rows until all are asked for: by its button, by a search within the page, or by one of the
// book that found the page. An address that leads to what is hidden or folded shows it.
const foundBySearch = document.referrer && /\/search\.html$/.test(new URL(document.referrer).pathname);
document.addEventListener("DOMContentLoaded", () => {
  const listOf = (button) => document.getElementById(button.getAttribute("aria-controls"));
  const showAll = () => document.querySelectorAll(".all-rows").forEach((button) => listOf(button).classList.add("whole"));
  document.addEventListener("click", ({ target }) => {
    const button = target.closest(".all-rows");
    if (!button) return;
    const list = listOf(button);
    const next = [...(list.tBodies?.[0].rows ?? list.children)].find((row) => !row.checkVisibility());
    list.classList.add("whole");
    if (!next) return;
    next.tabIndex = -1;
    next.focus({ preventScroll: true });
  });
  addEventListener("keydown", (event) => (event.ctrlKey || event.metaKey) && event.key === "f" && showAll());
  if (foundBySearch) showAll();
  const arrive = () => {
    const place = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!place || place.checkVisibility()) return;
    for (let around = place.parentElement; around; around = around.parentElement) {
      if (around.matches("details")) around.open = true;
      if (around.matches(".long, [class*=first-]")) around.classList.add("whole");
    }
    place.scrollIntoView();
  };
  addEventListener("hashchange", arrive);
  arrive();
});
// The contents show the page that is read, also in a long part.
document.addEventListener("DOMContentLoaded", () => {
  const [side, here] = [document.querySelector(".bd-sidebar-primary"), document.querySelector("nav.bd-docs-nav li.current > a")];
  if (!side || !here) return;
  const below = here.getBoundingClientRect().bottom - side.getBoundingClientRect().top;
  if (below > innerHeight * 0.8) side.scrollTop = below - innerHeight / 2;
});
// A table wider than a phone scrolls inside its own box; the box must be reachable by keyboard and have a name: the
// table's number, as its title is read where it stands.
document.addEventListener("DOMContentLoaded", () => {
  for (const box of document.querySelectorAll(".pst-scrollable-table-container")) {
    if (box.scrollWidth <= box.clientWidth) continue;
    box.tabIndex = 0;
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", box.querySelector(".caption-number")?.textContent.trim() || "Table");
  }
  // On a screen that is touched the theme's tooltips stay where they opened and cover what is under them.
  if (matchMedia("(hover: none)").matches) for (const button of document.querySelectorAll("[data-bs-toggle=tooltip]")) button.removeAttribute("data-bs-toggle");
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
addEventListener("load", () => {
  for (const button of document.querySelectorAll(".toggle-button")) button.setAttribute("aria-label", button.parentElement.textContent.trim());
});
// Opened by a double click, a page says what it lacks: a browser lets a file read no other.
if (location.protocol === "file:") document.addEventListener("DOMContentLoaded", () => {
  const lacks = "Opened as a file, this page cannot read others: it lacks its typefaces, the notes on numbers, excerpts in the search, and whatever answers to a choice of yours. In a folder that is served, as by “python -m http.server”, it has them.";
  document.querySelector(".bd-article")?.prepend(Object.assign(document.createElement("p"), { className: "about opened-as-file", textContent: lacks }));
});
// Copy a text that is promised, so that a browser knows whose click it was when it has come. Without TLS, or opened as a file, a
// page may not write to the clipboard, but may say what a copy command takes; some browsers give that command only where
// something is selected.
async function toClipboard(said) {
  if (navigator.clipboard) {
    const blob = said.then((text) => new Blob([text], { type: "text/plain" }));
    return navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
  }
  const text = await said;
  const say = (event) => {
    event.clipboardData.setData("text/plain", text);
    event.preventDefault();
  };
  getSelection().selectAllChildren(document.querySelector("h1") ?? document.body);
  document.addEventListener("copy", say);
  const done = document.execCommand("copy");
  document.removeEventListener("copy", say);
  getSelection().removeAllRanges();
  if (!done) throw new Error("The browser forbids to copy");
}
// Copy buttons of the cards and the notes: what is copied is exactly the text of the file, which is asked for where the page has only a link to it.
async function held(address) {
  if (address.startsWith("data:")) return decodeURIComponent(address.slice(address.indexOf(",") + 1));
  const found = await fetch(address);
  if (!found.ok) throw new Error(`${address}: ${found.status}`);
  return found.text();
}
const readable = (address) => location.protocol !== "file:" || address.startsWith("data:"); // a file may not be asked for by another
function copyable(from) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "copy", textContent: "Copy" });
  button.addEventListener("click", async () => {
    await toClipboard(from.href ? held(from.href) : Promise.resolve(from.textContent));
    button.textContent = "Copied";
    setTimeout(() => (button.textContent = "Copy"), 2000);
  });
  if (from.matches("pre")) from.previousElementSibling.append(button);
  else from.after(button);
}
// A page would be heavy with all the citations of what it shows. A card has one link, to the text; here are the other forms beside it,
// and what embeds the exhibit, where it has an address. The text is asked for when the fold is opened, and when its link leads elsewhere.
document.addEventListener("DOMContentLoaded", () => {
  const make = (tag, said) => Object.assign(document.createElement(tag), said);
  const beside = (link, ending, textContent) => make("a", { href: link.href.replace(/txt$/, ending), download: "", textContent });
  for (const forms of document.querySelectorAll(".card .forms")) {
    const [fold, text] = [forms.closest("details"), forms.querySelector("a")];
    for (const link of forms.children) link.download = "";
    const shown = make("pre", { className: "copied", tabIndex: 0, hidden: true, role: "group", ariaLabel: "The citation" });
    forms.after(shown);
    const tell = async () => {
      const address = text.href;
      if (!fold.open || !readable(address)) return;
      const said = await held(address).catch(() => "The citation could not be loaded.");
      if (address !== text.href) return;
      shown.textContent = said;
      shown.hidden = false;
    };
    fold.addEventListener("toggle", tell);
    new MutationObserver(tell).observe(text, { attributeFilter: ["href"] });
    if (!fold.matches(".cite")) continue;
    for (const [ending, name] of [["bib", "BibTeX"], ["ris", "RIS"], ["csl.json", "CSL-JSON"]]) forms.append(" ", beside(text, ending, name));
    if (!document.querySelector('link[rel="cite-as"]')) continue;
    const [embed, ways] = [make("details"), make("p", { className: "forms" })];
    ways.append(beside(text, "embed.html", "HTML"));
    embed.append(make("summary", { textContent: "Embed" }), ways);
    fold.parentElement.append(embed);
  }
  document.querySelectorAll(".exhibit .card").forEach((card, n) => {
    for (const fold of card.querySelectorAll("details")) fold.name = `card-${n}`; // the others close
  });
  for (const from of document.querySelectorAll(".card .credit, .card .forms a")) if (!from.href || readable(from.href)) copyable(from);
});
// A chapter is cited in the state that its address asks for.
document.addEventListener("DOMContentLoaded", () => {
  const box = document.querySelector(".cite-page details");
  if (!box) return;
  const path = location.pathname.split("/").slice(-2).join("/");
  const inTex = (text) => text.replace(/[_%&#$]/g, "\\$&");
  const published = [...box.querySelectorAll(".forms a")].map((link) => [link, link.href]);
  box.addEventListener("toggle", () => {
    const state = new URLSearchParams(location.search);
    state.delete("highlight");
    const asked = state.size ? `${path}?${state}` : path;
    published.forEach(async ([link, file]) => {
      const text = asked === path || !readable(file) ? "" : await held(file);
      const tex = (line) => (/^ *url = /.test(line) ? line.replaceAll(path, asked) : line.replaceAll(inTex(path), inTex(asked)));
      const other = asked === path ? text : text.replace(/ Data: \S+\.sha256, SHA-256 \w+\./, ""); // other data, whose digest is not known
      const now = file.endsWith(".bib") ? other.split("\n").map(tex).join("\n") : other.replaceAll(path, asked);
      link.href = now === text ? file : `data:text/plain;charset=utf-8,${encodeURIComponent(now)}`;
      link.download = file.split("/").pop();
    });
  });
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
  const found = document.getElementById("search-results");
  if (!found) return;
  document.querySelector("form.bd-search input")?.select();
  // What is quoted of a page is its text, from where a word stands; a year is a word with a comma to the search alone.
  const { htmlToText, makeSearchSummary } = Search;
  Search.htmlToText = (text, anchor) => {
    const page = new DOMParser().parseFromString(text, "text/html");
    for (const part of page.querySelectorAll(".bd-header-article, .cite-page, .assumes, article details")) part.remove();
    return htmlToText(page.documentElement.outerHTML, anchor);
  };
  const asWritten = (words) => [...words].flatMap((word) => [...new Set([word, word.replaceAll(",", "")])]);
  Search.makeSearchSummary = (text, words, anchor) => makeSearchSummary(text, asWritten(words), anchor);
  // What is found in the text of a page is gone to where it stands there.
  found.addEventListener("click", ({ target }) => {
    const link = target.closest?.("li > a");
    if (!link || link.href.includes("#")) return;
    const words = asWritten(splitQuery(new URLSearchParams(location.search).get("q") ?? ""));
    link.href += `#:~:${words.map((word) => `text=${encodeURIComponent(word).replaceAll("-", "%2D")}`).join("&")}`;
  });
});
