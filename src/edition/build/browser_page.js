// A chapter is worked out in the browser with the values that the form has: Python is loaded when it is first asked for.
// The values stand in the address, so that the page can be shared and gone back from.
const given = JSON.parse(document.getElementById("given").textContent);
const [form, main, footer, told, bar] = ["form", "main", "footer", "#told", "progress"].map((name) => document.querySelector(name));
const [back, keep, kept] = [".back", ".keep", ".kept"].map((name) => document.querySelector(name));
const submit = form.querySelector("[type=submit]");
const megabytes = (bytes) => (bytes / 1e6).toFixed(1);
const cited = [...document.querySelectorAll("[data-cite]")].map((place) => [place, place.textContent]);
const command = document.querySelector("[data-command]");

const chosen = () => [...new FormData(form)].filter(([name, value]) => value !== given.usual[name]);
const read = () => {
  form.reset();
  for (const [name, value] of new URLSearchParams(location.search)) if (name in given.usual) form.elements[name].value = value;
  follow();
};
// The way back leads to the chapter with the same values.
const follow = () => {
  const asked = new URLSearchParams(chosen()).toString();
  back.search = asked;
  return asked;
};

let worker;
const begin = () => {
  worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
  let loaded = 0;
  worker.onmessage = ({ data }) => {
    if (data.loaded) {
      loaded += data.loaded;
      bar.value = Math.min(loaded, bar.max);
      const said = `Loading Python and its packages: ${Math.floor((10 * bar.value) / bar.max) * 10} % of ${megabytes(given.bytes)} MB`;
      if (told.textContent !== said) told.textContent = said; // read aloud at each tenth, not at each piece
    } else if (data.doing) {
      bar.removeAttribute("value");
      told.textContent = data.doing;
    } else show(data);
  };
  worker.onerror = () => fail("Python could not be started here.");
  bar.max = given.bytes;
  bar.value = 0;
};
const fail = (why) => {
  worker?.terminate();
  worker = undefined;
  rest(`${why} The chapter can still be read as published, and asked by the command: ${command.textContent}`);
};
const rest = (said) => {
  bar.hidden = true;
  submit.disabled = false;
  told.textContent = said;
};

let started;
const ask = () => {
  started = performance.now();
  submit.disabled = true;
  bar.hidden = false;
  if (!worker) begin();
  else bar.removeAttribute("value");
  told.textContent = "Working it out";
  worker.postMessage({ ...given, values: JSON.stringify(Object.fromEntries(new FormData(form))) });
};
const show = ({ failed, refused, counted, body }) => {
  if (failed) return fail(`The chapter could not be worked out: ${failed}.`);
  if (refused) return rest(`The chapter cannot be asked that: ${refused}.`);
  const state = chosen();
  const assumed = state.map(([name, value]) => `${name} = ${value}`).join(", ");
  main.innerHTML = body.join("\n"); // its own; the page's policy lets nothing in it act
  main.querySelector("h1")?.remove(); // the page has it
  for (const link of main.querySelectorAll("a[href]")) link.href = new URL(link.getAttribute("href"), new URL(back.pathname, location)).href;
  for (const [place, text] of cited) place.textContent = text.replaceAll("ASSUMED", assumed ? `with ${assumed}` : "as in the edition");
  command.textContent = ["make ask", `CHAPTER=${given.chapter}`, ...state.map(([name, value]) => (/[^\w.-]/.test(value) ? `'${name}=${value}'` : `${name}=${value}`))].join(" ");
  const page = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${document.title}</title>${document.querySelector("style").outerHTML}${main.outerHTML}<footer><pre>${cited[0][0].innerHTML}</pre></footer></html>`;
  URL.revokeObjectURL(keep.href);
  keep.href = URL.createObjectURL(new Blob([page], { type: "text/html" }));
  keep.download = `${[given.chapter, ...state.flat()].join("-").replace(/[^\w.-]+/g, "-")}.html`;
  footer.hidden = false;
  rest(`${counted[0].toUpperCase()}${counted.slice(1)}. What differs is marked, with what the edition says. It took ${((performance.now() - started) / 1000).toFixed(1)} s.`);
  main.dataset.answered = Number(main.dataset.answered ?? 0) + 1;
};

form.addEventListener("input", follow);
form.addEventListener("reset", () => setTimeout(follow));
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const asked = follow();
  if (location.search.slice(1) !== asked) history.pushState(null, "", location.pathname + (asked && `?${asked}`));
  ask();
});
addEventListener("popstate", read);
read();

// What was saved in notebooks lies in this browser under the name of the version that it was saved in.
const saved = async () => ((await indexedDB.databases?.()) ?? []).map(({ name }) => name).filter((name) => name.startsWith(given.storage));
saved().then((names) => (kept.hidden = !names.length));
kept.querySelector("button").addEventListener("click", async () => {
  for (const name of await saved()) indexedDB.deleteDatabase(name);
  kept.textContent = "They are forgotten; every notebook is as in the edition.";
});
