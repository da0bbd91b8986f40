// Notes on numbers and words, and the citation of a row. A note opens on hover, focus, click and tap, beside its link and after it
// in the order of the keyboard; it stays while the pointer or the focus is on either, and Escape closes it. What it says is asked
// for once (edition.book.notes), the citation of a row when it is wanted. Without script, or popovers, each link leads on.
if ("popover" in HTMLElement.prototype) document.addEventListener("DOMContentLoaded", () => {
  const LINKS = ".cited > a, .said.moved, a.sign";
  const root = new URL(document.documentElement.dataset.content_root || "./", location.href);
  const make = (name, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };
  const asked = new Map(); // address → its JSON
  const ask = (address) => {
    if (!asked.has(address)) {
      const answer = fetch(new URL(address, root)).then((found) => (found.ok ? found.json() : Promise.reject(found.statusText)));
      answer.catch(() => asked.delete(address));
      asked.set(address, answer);
    }
    return asked.get(address);
  };
  const note = make("div", { id: "note", popover: "auto", tabIndex: -1 });
  note.setAttribute("role", "dialog");
  let [shown, kept, timer, pressed] = [null, false, 0, null];

  const anchor = (link) => (link.hash ?? "").slice(1);
  const name = (link) => (link.matches(".sign") ? link.getAttribute("aria-label").replace(/^Cite /, "") : link.textContent.trim());

  // Below its link, or above where there is more room; never beyond the window's sides.
  const place = () => {
    const [at, width, edge] = [shown.getClientRects()[0] ?? shown.getBoundingClientRect(), document.documentElement.clientWidth, 8];
    const [below, above] = [innerHeight - at.bottom - edge, at.top - edge];
    const under = below >= Math.min(note.scrollHeight, 240) || below >= above;
    note.style.maxHeight = `${Math.max(under ? below : above, 160)}px`;
    note.style.left = `${scrollX + Math.max(edge, Math.min(at.left, width - note.offsetWidth - edge))}px`;
    note.style.top = `${scrollY + (under ? at.bottom : at.top - note.offsetHeight)}px`;
  };

  // The forms of a citation, as on the card of an exhibit.
  const cite = async (id, into) => {
    const { address, forms } = await ask(`cite/${id}.json`);
    const names = { txt: "Text", bib: "BibTeX", ris: "RIS", "csl.json": "CSL-JSON" };
    const permanent = address || new URL(`cite/${id}.html`, root).href;
    into.replaceChildren(
      make("p", { className: "address" }, `#${id} `, make("a", { href: permanent }, permanent)),
      ...Object.entries(forms).map(([ending, text]) => {
        const file = make("a", { href: `data:text/plain;charset=utf-8,${encodeURIComponent(text)}`, download: `${id}.${ending}` }, "file");
        const written = make("pre", { className: "copied", tabIndex: 0 }, text);
        written.setAttribute("aria-label", `${names[ending]} of ${id}`);
        const form = make("div", { className: "form" }, make("p", {}, `${names[ending]} `, file), written);
        copyable(written);
        return form;
      }),
    );
    place();
  };
  const citing = (id, open) => {
    const into = make("div", { className: "forms", hidden: !open });
    const button = make("button", { type: "button", className: "cite" }, "Cite");
    button.setAttribute("aria-expanded", open);
    const show = () => cite(id, into).catch(() => into.replaceChildren("The citation could not be loaded."));
    button.addEventListener("click", () => {
      into.hidden = !into.hidden;
      button.setAttribute("aria-expanded", !into.hidden);
      kept = true;
      if (into.hidden) place();
      else show();
    });
    return [button, into, show];
  };

  const entry = (id, link, told, target) => {
    const word = !target;
    const leads = make("a", { href: word ? link.href : new URL(target, root).href }, word ? "Go to the glossary" : "Go to the row");
    const [button, into] = word ? [] : citing(id, false);
    return make("div", { className: "entry" }, make("p", {}, told), make("p", { className: "ways" }, leads, ...(word ? [] : [" ", button])), ...(word ? [] : [into]));
  };
  const fill = async (link) => {
    const was = link.closest("[data-was]")?.dataset.was;
    const first = was ? [make("p", { className: "was" }, was)] : [];
    note.setAttribute("aria-label", `About ${name(link)}`);
    if (link.matches(".sign")) {
      const id = name(link);
      const [, into, show] = citing(id, true);
      note.replaceChildren(into);
      return show();
    }
    if (!anchor(link)) return note.replaceChildren(...first);
    const ids = link.dataset.rows?.split(" ") ?? [anchor(link)];
    note.replaceChildren(...first, ...(asked.has("notes.json") ? [] : [make("p", {}, "…")]));
    try {
      const known = await ask("notes.json");
      if (shown === link) note.replaceChildren(...first, ...ids.filter((id) => known[id]).map((id) => entry(id, link, ...known[id])));
    } catch {
      if (shown === link) note.replaceChildren(...first, make("p", {}, "The note could not be loaded. "), make("a", { href: link.href }, "Go there"));
    }
  };

  const close = () => note.matches(":popover-open") && note.hidePopover();
  const open = async (link, keep) => {
    clearTimeout(timer);
    kept = keep || (kept && shown === link);
    if (shown === link && note.matches(":popover-open")) return;
    close();
    (link.closest(".cited, .said") ?? link).after(note);
    shown = link;
    const filled = fill(link);
    note.showPopover();
    link.setAttribute("aria-expanded", "true");
    place();
    await filled;
    if (shown === link) place();
  };
  note.addEventListener("beforetoggle", ({ newState }) => {
    if (newState !== "closed" || !shown) return;
    const link = shown;
    shown = null;
    kept = false;
    link.setAttribute("aria-expanded", "false");
    if (note.contains(document.activeElement)) {
      quiet = true;
      link.focus({ preventScroll: true });
      quiet = false;
    }
  });
  let quiet = false; // while focus comes back to a link whose note was just closed
  const inside = (target) => shown && target instanceof Node && (shown.contains(target) || note.contains(target));
  const later = (does, wait) => {
    clearTimeout(timer);
    timer = setTimeout(does, wait);
  };
  const linkAt = ({ target }) => (target instanceof Element ? target.closest(LINKS) : null);

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "mouse") return;
    const link = linkAt(event);
    if (inside(event.target)) clearTimeout(timer);
    else if (link && !kept && !link.matches(".sign")) later(() => open(link, false), 150);
  });
  document.addEventListener("pointerout", (event) => {
    if (event.pointerType !== "mouse" || inside(event.relatedTarget)) return;
    if (inside(event.target)) later(() => !kept && !inside(document.activeElement) && close(), 300);
    else if (linkAt(event)) clearTimeout(timer);
  });
  document.addEventListener("focusin", (event) => {
    const link = linkAt(event);
    if (quiet || inside(event.target)) return;
    if (link && link.matches(":focus-visible") && !link.matches(".sign")) open(link, false);
    else if (event.target !== note) close();
  });
  document.addEventListener("pointerdown", () => (pressed = kept ? shown : null), true);
  document.addEventListener("click", (event) => {
    const link = linkAt(event);
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const again = event.detail && pressed === link; // a second tap closes it
    pressed = null;
    if (again) return close();
    open(link, true).then(() => !event.detail && shown === link && note.focus({ preventScroll: true }));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close(); // which a browser does by itself only for a page that was acted on
    else if ((event.key === "Enter" || event.key === " ") && event.target.matches?.(".said.moved")) {
      event.preventDefault();
      event.target.click();
    }
  });
  // The reader goes to a row of this very page.
  note.addEventListener("click", ({ target }) => {
    if (target.closest?.(".ways a")) close();
  });
  for (const link of document.querySelectorAll(LINKS)) {
    link.setAttribute("aria-haspopup", "dialog");
    link.setAttribute("aria-expanded", "false");
  }
});
