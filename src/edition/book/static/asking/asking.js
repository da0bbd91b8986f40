// A reader changes what a chapter assumes: the controls, the line that says what happened, and the address. What each state
// says was worked out beforehand (edition.build.answers) and is loaded, as is what shows it, when it is first asked for.
const make = (name, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};
const list = (items) => items.join(", ").replace(/, ([^,]*)$/, " and $1");
const OTHERS = /^(utm_\w+|highlight|code|from|but|take|range|find(-\d+)?|only-[\w-]+)$/; // names in an address that are somebody else's

document.querySelectorAll(".asking").forEach((place, nth) => {
  const given = JSON.parse(place.firstChild.textContent);
  const { chapter, root, page, launch, assumptions, usual } = given;
  const live = place.closest(".live"); // sentences on another page; otherwise the chapter's own page is shown
  const table = live ? null : place.parentElement.querySelector("table");
  const scope = live ?? document.querySelector("article");

  let loaded;
  const load = () => (loaded ??= Promise.all([
    fetch(`${root}answers/${chapter}.json`).then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.statusText))),
    import("./showing.js"),
  ]).then(([answers, { Showing }]) => ({ answers, showing: new Showing(scope, answers, given) })));

  const controls = new Map();
  assumptions.forEach(({ name, words, stops }, n) => {
    const options = stops.map(([stop, told]) => new Option(told, stop));
    const control = make("select", { name, id: `asking-${nth}-${n}` }, ...options);
    controls.set(name, control);
    if (table) {
      control.setAttribute("aria-label", words);
      const shown = table.tBodies[0].rows[n].cells[1].querySelector("p");
      shown.lastChild.replaceWith(control);
    } else place.append(make("label", { htmlFor: control.id }, `${words}: `), control);
    control.addEventListener("focus", () => load().catch(() => (loaded = undefined)), { once: true });
    control.addEventListener("change", () => go(chosen()));
  });
  const told = make("p");
  told.setAttribute("role", "status");
  const first = make("button", { type: "button", hidden: true }, "First change");
  const reset = make("button", { type: "button", hidden: true }, "As published");
  const bar = make("div", { className: "asked", hidden: true }, told, first, reset);
  if (live) place.append(bar, make("a", { href: page }, "The chapter that says so"));
  else scope.append(bar);
  first.addEventListener("click", () => loaded.then(({ showing }) => showing.goToFirst()));
  reset.addEventListener("click", () => {
    for (const [name, control] of controls) control.value = usual[name];
    go([]);
    controls.values().next().value.focus({ preventScroll: true });
  });

  const chosen = () => [...controls].filter(([name, { value }]) => value !== usual[name]).map(([name, { value }]) => [name, value]);
  const inWords = (state) => state.map(([name, value]) => {
    const { words, stops } = assumptions.find((one) => one.name === name);
    return `${words}: ${stops.find(([stop]) => stop === value)?.[1] ?? value}`;
  }).join("; ");
  const go = (state) => {
    const others = [...new URLSearchParams(location.search)].filter(([name]) => !(name in usual));
    const asked = new URLSearchParams([...others, ...state]).toString();
    history.pushState(null, "", location.pathname + (asked && `?${asked}`) + location.hash);
    show();
  };
  const say = (...parts) => {
    bar.hidden = false;
    told.replaceChildren(...parts);
  };
  // The address asks for a state. What is wrong with it is said, and what it asks for that is no stop.
  const read = () => {
    const [faults, missing] = [[], []];
    for (const [name, control] of controls) control.value = usual[name];
    for (const [name, value] of new URLSearchParams(location.search)) {
      const known = assumptions.find((one) => one.name === name);
      if (!known) {
        if (!live && !OTHERS.test(name)) faults.push(`${name} is no assumption of this chapter; there are: ${list(Object.keys(usual))}.`);
        continue;
      }
      const { stops, ends, whole, allowed } = known;
      const number = value.trim() ? Number(value) : NaN;
      const stop = stops.map(([one]) => one).find((one) => one === value || (ends && Number(one) === number));
      if (stop !== undefined) controls.get(name).value = stop;
      else if (ends && number >= ends[0] && number <= ends[1] && (!whole || Number.isInteger(number))) missing.push([name, value]);
      else faults.push(`${name} is “${value}” in the address; allowed: ${allowed}. The page shows ${usual[name]}.`);
    }
    return { faults, missing };
  };
  const notWorkedOut = (state) => {
    const also = launch
      ? [make("a", { href: `${launch}?${new URLSearchParams(state)}`, target: "_blank", rel: "noopener" }, "Run the chapter in the browser"), " with it."]
      : [live ? "" : "The command under the table computes it."];
    say(`${inWords(state)}. What follows from that was not worked out beforehand; the page is as published. `, ...also);
  };

  let turns = 0;
  const show = async ({ faults = [], missing = [] } = {}) => {
    const [state, turn] = [chosen(), ++turns];
    let all;
    try {
      if (state.length || loaded) all = await load();
    } catch {
      loaded = undefined;
      say("The answers could not be loaded; the page is as published.");
      return;
    }
    if (turn !== turns) return;
    performance.mark("asked");
    all?.showing.restore();
    first.hidden = true;
    reset.hidden = !(state.length || faults.length || missing.length);
    // the way to run the chapter in the browser leads there with the same values
    if (!live) for (const link of document.querySelectorAll(".run-chapter a")) link.search = new URLSearchParams([...state, ...missing]);
    const changes = all?.answers.states[state.map((one) => one.join("=")).join("&")];
    if (faults.length) say(faults.join(" "));
    else if (missing.length || (state.length && !changes)) notWorkedOut([...state, ...missing]);
    else if (!state.length) say("The page is as published.");
    else if (changes.refused) say(`The chapter cannot be asked that: ${changes.refused}.`);
    else {
      const moved = all.showing.show(changes, state);
      say(`${inWords(state)}. ${moved.length ? `With that ${list(moved)} of this page changed.` : "With that nothing on this page changes."}`);
      first.hidden = !moved.length;
    }
    for (const [name, control] of controls) {
      const moved = control.value !== usual[name];
      const published = [...control.options].find(({ value }) => value === usual[name]);
      control.classList.toggle("moved", moved);
      published.text = published.text.replace(/ \(as published\)$/, "") + (moved ? " (as published)" : "");
    }
    performance.measure("answer", "asked");
  };
  addEventListener("popstate", () => show(read()));
  const asked = read();
  if (chosen().length || asked.faults.length || asked.missing.length) show(asked);
});
