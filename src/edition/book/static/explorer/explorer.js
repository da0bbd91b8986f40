// A number for each country, chosen by the reader. The numbers, their names and what overlaps come from the page (the JSON
// beside the place where this draws); here is only the choosing, the adding, the address, and the table that follows.
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
const current = () => offer.named.find((choice) => !beside(choice).length)?.id;
// What a choice has other than one with a name: ids of numbers, or a place after a dash that has none.
const beside = ({ picks: ids }) => {
  const usual = new Map(ids.map((id) => [byId.get(id).place_id, id]));
  return offer.places.filter(({ id }) => picks.get(id) !== usual.get(id)).map(({ id }) => picks.get(id) ?? `-${id}`);
};
const address = () => {
  const bases = [namedBy(offer.start.named), ...offer.named.filter(({ id }) => id !== offer.start.named)];
  const { base, but } = bases.map((base) => ({ base, but: beside(base) })).reduce((one, other) => (other.but.length < one.but.length ? other : one));
  const asked = [];
  if (base.id !== offer.start.named) asked.push(`from=${base.id}`);
  if (but.length) asked.push(`but=${but.join(".")}`);
  if (range !== offer.start.range) asked.push(`range=${range}`);
  const others = [...new URLSearchParams(location.search)].filter(([name]) => !["from", "but", "take", "range"].includes(name));
  if (others.length) asked.unshift(new URLSearchParams(others).toString());
  return location.pathname + (asked.length ? `?${asked.join("&")}` : "");
};
const restore = () => {
  const asked = new URLSearchParams(location.search);
  ignored = [];
  choose(namedBy(offer.start.named).picks);
  range = offer.start.range;
  if (asked.has("take")) { // as addresses once had it: every number
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
  const changed = new Set();
  for (const id of (asked.get("but") ?? "").split(".").filter(Boolean)) {
    const host = id.startsWith("-") ? id.slice(1) : byId.get(id)?.place_id;
    if (!offer.places.some((one) => one.id === host) || changed.has(host)) ignored.push(id);
    else if (id.startsWith("-")) picks.delete(host);
    else picks.set(host, id);
    changed.add(host);
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

// A number as the table has it (edition.numbers.wording.quantity).
const quantity = ([low, high], qualifier) => {
  if (["about", "almost"].includes(qualifier)) return `${qualifier} ${between([low, high], count)}`;
  if (["over", "more than", "less than", "at least", "up to"].includes(qualifier)) return `${qualifier} ${count(high ?? low)}`;
  return between([low, high], count);
};
const shareOf = (host) => {
  const span = host === home ? null : spanOf(host);
  return span ? share(span, sumWithout(host)) : null;
};

// A country in a line: what is taken for it, and what part of all abroad that is.
const notes = () => offer.places.map((host) => [host, byId.get(picks.get(host.id))?.note]).filter(([, note]) => note);
const line = (host) => {
  const own = ofPlace(host);
  const part = shareOf(host);
  const said = notes().findIndex(([one]) => one === host);
  const kind = host.part ? `part of ${host.part}` : host.several ? "several countries" : host === home ? "at home" : "";
  const name = html`${host.name}${kind ? html` <small>${kind}</small>` : nothing}`;
  return html`<li data-place=${host.id}>
    ${own.length ? html`<label for="pick-${host.id}">${name}</label>` : html`<strong>${name}</strong>`}
    <span class="taken">${own.length
      ? html`<select id="pick-${host.id}" aria-describedby=${said < 0 ? nothing : `about-${host.id}`} @change=${(event) => { event.target.value ? picks.set(host.id, event.target.value) : picks.delete(host.id); changed(); }}>
          ${own.map((row) => html`<option value=${row.id} .selected=${picks.get(host.id) === row.id}>${row.number} · ${row.given}, ${row.date}</option>`)}
          <option value="" .selected=${!picks.has(host.id)}>no number taken</option>
          ${host.without.map((name) => html`<option disabled>no number: ${name}</option>`)}
        </select>`
      : "no number printed"}${said < 0 ? nothing : html`<sup>${said + 1}</sup>`}</span>
    <span class="share">${part ? percent(part) : ""}</span>
    <span class="part" aria-hidden="true"><span style="width:${part ? part[0] ?? part[1] : 0}%"></span></span>
  </li>`;
};

// The total on a line from nothing, and every total that is printed.
const most = hosts.reduce((sum, host) => sum + Math.max(0, ...ofPlace(host).map((row) => row.high ?? row.low)), 0);
const end = 1e6 * Math.ceil(Math.max(most, ...offer.totals.map(({ value }) => value)) / 1e6);
const said = (own) => `${own.map(({ text }) => text).join("; ")} (${[...new Set(own.map(({ given }) => given))].join("; ")})`;
const printed = [...Map.groupBy(offer.totals, ({ value }) => value)]
  .sort(([one], [other]) => one - other)
  .map(([value, own], n) => ({ value, letter: "abcdefgh"[n], text: said(own) }));
const axis = (total) => {
  const [low, high] = [total[0] ?? total[1], total[1] ?? total[0]].map((value) => (100 * value) / end);
  return html`<div class="axis" role="img" aria-label=${`A line from 0 to ${count(end)}. The total: ${between(total, count)}. Printed totals: ${printed.map(({ text }) => text).join("; ")}.`}>
    <span class="reach" style="left:${low}%;width:${high - low}%"></span>
    ${printed.map(({ value, letter }) => html`<span class="printed" style="left:${(100 * value) / end}%">${letter}</span>`)}
    <span class="ends">0<span>${count(end)}</span></span>
  </div>`;
};
const legend = () => html`<p class="printed-totals" aria-hidden="true">Printed totals: ${printed.map(({ letter, text }) => html`<span><strong>${letter}</strong> ${text}</span> `)}</p>`;

const abroad = () => add(hosts.filter((host) => picks.has(host.id)).map(spanOf));
const summary = (warned) => {
  const taken = hosts.filter((host) => picks.has(host.id));
  const total = abroad();
  const atHome = spanOf(home);
  const ofAll = taken.length && atHome ? ` ${percent(share(total, atHome))} of all ${offer.people}.` : "";
  return html`<strong>${taken.length ? `${between(total, count)} abroad.` : "No number is taken."}</strong>${ofAll}${
    atHome ? "" : ` Without a number for ${home.name} there is no share of all ${offer.people}.`} ${taken.length} of ${hosts.length} rows have a number.${warned ? ` ${warned === 1 ? "A warning stands" : `${warned} warnings stand`} below.` : ""}`;
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
    ${ignored.length ? html`<p class="ignored">The address of this page asked for something that is not here, and it was left out: ${ignored.map((name, n) => html`${n ? ", " : ""}<code>${name}</code>`)}.</p>` : nothing}
    <div role="group" aria-label="Take all numbers of one source" class="named">
      ${offer.named.map((choice) => html`<button type="button" aria-pressed=${String(choice.id === chosen)} @click=${() => { choose(choice.picks); changed(); }}>${choice.label}</button>`)}
    </div>
    <label class="ends">A printed range is <select @change=${(event) => { range = event.target.value; changed(); }}>
      ${RANGES.map(([id, label]) => html`<option value=${id} .selected=${id === range}>${label}</option>`)}</select></label>
    <div class="total">
      <p role="status" aria-atomic="true" class="sum">${summary(warned.length)}</p>
      ${axis(abroad())}
    </div>
    ${legend()}
    ${warned.length ? html`<ul class="warnings">${warned.map((text) => html`<li>${text}</li>`)}</ul>` : nothing}
    <ul class="hosts">${[...hosts, home].map(line)}</ul>
    ${notes().length ? html`<ol class="about">${notes().map(([host, note]) => html`<li id="about-${host.id}">${host.name}: ${note}</li>`)}</ol>` : nothing}
    <p class="address"><a href=${address()}>Address of this choice</a>
      <button type="button" @click=${async (event) => { await toClipboard(new URL(address(), location.href).href); event.target.textContent = "Copied"; }}>Copy the address</button></p>
  `, stage);
  follow();
};
// The table below has the numbers that are taken, whoever put its rows there (asking does too).
const table = document.getElementById(place.dataset.table);
const write = (cell, text) => {
  const shown = cell.querySelector("p");
  if (shown.lastChild?.nodeType === Node.TEXT_NODE) shown.lastChild.data = text;
  else if (text) shown.append(text);
};
const follow = () => {
  const lines = offer.places.map((host) => {
    const row = byId.get(picks.get(host.id));
    const part = shareOf(host);
    return [row ? quantity(spanOf(host), row.qualifier) : "no number", part ? percent(part) : ""];
  });
  const taken = hosts.some((host) => picks.has(host.id));
  lines.splice(-1, 0, [taken ? between(abroad(), count) : "no number", ""]);
  [...table.tBodies[0].rows].forEach(({ cells }, n) => lines[n].forEach((text, column) => write(cells[column + 1], text)));
};
new MutationObserver(follow).observe(table.tBodies[0], { childList: true });

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
