// A number for each host, chosen by the reader. The numbers, their names and what overlaps come from the page (the JSON
// beside the place where this draws); here is only the choosing, the adding, and the address.
import { html, nothing, render } from "./lit-html.js";

const place = document.querySelector(".explorer");
const { rows, offer } = JSON.parse(place.querySelector("script").textContent);
const byId = new Map(rows.map((row) => [row.id, row]));
const hosts = offer.places.filter((host) => host.id !== offer.home);
const home = offer.places.find((host) => host.id === offer.home);
const ofPlace = (host) => rows.filter((row) => row.place_id === host.id);
const RANGES = [["both", "kept as a range"], ["lowest", "taken at its lower end"], ["highest", "taken at its upper end"]];
const namedBy = (id) => offer.named.find((choice) => choice.id === id);

// Bounds, null where open: the same arithmetic as edition.numbers.bounds.
const take = ({ low, high }, range) => (low === null || high === null || range === "both" ? [low, high] : range === "lowest" ? [low, low] : [high, high]);
const add = (spans) => [0, 1].map((end) => spans.reduce((sum, span) => (sum === null || span[end] === null ? null : sum + span[end]), 0));
const count = (value) => value.toLocaleString("en-GB");
const between = ([low, high], text) => (low === null ? `${text(high)} or less` : high === null ? `${text(low)} or more` : low === high ? text(low) : `${text(low)}–${text(high)}`);
const tenth = (value) => value.toFixed(1);
const share = ([low, high], [restLow, restHigh]) => {
  const end = (part, rest) => (part === null || rest === null ? null : part + rest === 0 ? 0 : (100 * part) / (part + rest));
  return [end(low, restHigh), end(high, restLow)];
};
const percent = ([low, high]) => {
  if (low === null && high === null) return "not determined";
  if (low !== null && high !== null && high < 0.05) return "under 0.1 %";
  const [one, other] = [low, high].map((end) => (end === null ? null : tenth(end)));
  return `${between([one, other], (end) => end)} %`;
};

// The state: for each place the id of the number taken, or none. Its address is the same however it was reached.
let picks = new Map();
let range = offer.start.range;
let ignored = [];

const choose = (ids) => {
  picks = new Map(ids.map((id) => [byId.get(id).place_id, id]));
};
const inOrder = () => offer.places.map((host) => picks.get(host.id)).filter(Boolean);
const current = () => {
  const ids = inOrder().join();
  const fits = (choice) => offer.places.map((host) => choice.picks.find((id) => byId.get(id).place_id === host.id)).filter(Boolean).join() === ids;
  return offer.named.find(fits)?.id;
};
const address = () => {
  const name = current();
  const asked = [];
  if (name !== offer.start.named) asked.push(name ? `from=${name}` : `take=${inOrder().join(".")}`);
  if (range !== offer.start.range) asked.push(`range=${range}`);
  const others = [...new URLSearchParams(location.search)].filter(([name]) => !["from", "take", "range"].includes(name));
  if (others.length) asked.unshift(new URLSearchParams(others).toString());
  return location.pathname + (asked.length ? `?${asked.join("&")}` : "");
};
const restore = () => {
  const asked = new URLSearchParams(location.search);
  ignored = [];
  choose(namedBy(offer.start.named).picks);
  range = offer.start.range;
  if (asked.has("take")) {
    const taken = new Map();
    for (const id of asked.get("take").split(".").filter(Boolean)) {
      const row = byId.get(id);
      if (!row || taken.has(row.place_id)) ignored.push(id);
      else taken.set(row.place_id, id);
    }
    if (taken.size || !asked.get("take")) picks = taken;
  } else if (asked.has("from")) {
    const choice = namedBy(asked.get("from"));
    if (choice) choose(choice.picks);
    else ignored.push(asked.get("from"));
  }
  if (asked.has("range")) {
    if (RANGES.some(([id]) => id === asked.get("range"))) range = asked.get("range");
    else ignored.push(asked.get("range"));
  }
};
const changed = () => {
  ignored = [];
  history.replaceState(null, "", address() + location.hash);
  draw();
};

const spanOf = (host) => (picks.has(host.id) ? take(byId.get(picks.get(host.id)), range) : null);
const sumWithout = (left) => add(hosts.filter((host) => host !== left).map(spanOf).filter(Boolean));

// Each number as a bar from zero, on one scale within a place; a range is drawn as a lighter piece between its ends.
const bar = (row, most) => {
  const [low, high] = [row.low ?? row.high, row.high ?? row.low].map((end) => (100 * end) / most);
  return html`<svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true"><rect width=${low} height="4"></rect>
    <rect class="range" x=${low} width=${high - low} height="4"></rect></svg>`;
};
const option = (host, row, most) => html`<label>
  <input type="radio" name="pick-${host.id}" .checked=${(picks.get(host.id) ?? "") === (row?.id ?? "")} value=${row?.id ?? ""}
    @change=${() => { row ? picks.set(host.id, row.id) : picks.delete(host.id); changed(); }}>
  ${row
    ? html`<span class="who">${row.given}, ${row.date}</span><span class="how-many">${row.number}</span>${bar(row, most)}
        ${row.note ? html`<small>${row.note}</small>` : nothing}`
    : html`<span class="who">no number taken</span>`}
</label>`;
const group = (host) => {
  const own = ofPlace(host);
  const most = Math.max(...own.map((row) => row.high ?? row.low));
  const span = spanOf(host);
  const part = host === home ? "" : span ? `${percent(share(span, sumWithout(host)))} of all abroad` : "no number";
  return html`<fieldset data-place=${host.id} class=${host.several ? "several" : nothing}>
    <legend>${host.name}${part ? html` <output class="share">${part}</output>` : nothing}</legend>
    ${host.part ? html`<p>A part of ${host.part}, not a host of its own.</p>` : nothing}
    ${host.several ? html`<p>One row for several countries, never divided here.</p>` : nothing}
    ${own.length ? html`${own.map((row) => option(host, row, most))}${option(host, null, most)}` : nothing}
    ${host.without.length ? html`<p>No number: ${host.without.join(", ")}.</p>` : nothing}
  </fieldset>`;
};

const summary = () => {
  const taken = hosts.filter((host) => picks.has(host.id));
  const total = add(taken.map(spanOf));
  const atHome = spanOf(home);
  const ofAll = taken.length && atHome ? ` ${percent(share(total, atHome))} of all ${offer.people}.` : "";
  return html`<strong>${taken.length ? `${between(total, count)} abroad.` : "No number is taken."}</strong>${ofAll}${
    atHome ? "" : ` Without a number for ${home.name} there is no share of all ${offer.people}.`} ${taken.length} of ${hosts.length} rows have a number.`;
};
const warnings = () => {
  const taken = inOrder().map((id) => byId.get(id)).filter((row) => row.place_id !== offer.home);
  const givers = [...new Set(taken.map((row) => (row.given_by === "prose" ? "the prose" : row.given)))];
  const dates = new Set(taken.map((row) => row.date));
  const found = offer.overlaps.filter(({ part, whole }) => picks.has(part) && picks.has(whole)).map(({ text }) => text);
  if (givers.length > 1) found.push(`Numbers of ${givers.length} sources are mixed: ${givers.join(", ")}. They need not count the same people${dates.size > 1 ? ", and they speak of different dates, or of none" : ""}.`);
  return found;
};

const draw = () => {
  const chosen = current();
  const warned = warnings();
  render(html`
    ${ignored.length ? html`<p class="ignored" role="alert">The address of this page asked for something that is not here, and it was left out: ${ignored.map((name, n) => html`${n ? ", " : ""}<code>${name}</code>`)}.</p>` : nothing}
    <div role="group" aria-label="Take all numbers of one source" class="named">
      ${offer.named.map((choice) => html`<button type="button" aria-pressed=${String(choice.id === chosen)} @click=${() => { choose(choice.picks); changed(); }}>${choice.label}</button>`)}
    </div>
    <label class="ends">A printed range is <select @change=${(event) => { range = event.target.value; changed(); }}>
      ${RANGES.map(([id, label]) => html`<option value=${id} .selected=${id === range}>${label}</option>`)}</select></label>
    <div class="total">
      <p role="status" aria-atomic="true" class="sum">${summary()}</p>
      <div class="bar" aria-hidden="true">${hosts.filter((host) => picks.has(host.id)).map((host) => {
        const [low, high] = spanOf(host);
        return html`<span title=${host.name} style="flex-grow:${low ?? high}"></span>`;
      })}</div>
    </div>
    <div role="status" class="warnings">${warned.length ? html`<ul>${warned.map((text) => html`<li>${text}</li>`)}</ul>` : nothing}</div>
    <div class="hosts">${[...hosts, home].map(group)}</div>
    <p class="address"><a href=${address()}>Address of this choice</a>
      <button type="button" @click=${async (event) => { await navigator.clipboard.writeText(new URL(address(), location.href).href); event.target.textContent = "Copied"; }}>Copy the address</button></p>
  `, stage);
};

const stage = place.querySelector(".stage");
restore();
if (!ignored.length && location.search) history.replaceState(null, "", address() + location.hash);
place.hidden = false;
draw();
// What the chapter assumes was changed (asking): another choice to open with, or the page's own again.
const published = offer.start;
addEventListener("offer", ({ detail }) => {
  offer.start = detail?.start ?? published;
  restore();
  draw();
});
