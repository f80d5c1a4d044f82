// A value's place: what the address after # names, drawn on the page and told beside it.
"use strict";
(() => {
  const { make, printed, words, word, said, doubts, meter, crop, decisions } = NAMNDATA;
  const panel = document.getElementById("place");
  const byAnchor = new Map(NAMNDATA.values.map((value) => [value.a, value]));
  const byCell = new Map();
  NAMNDATA.values.forEach((value) => { const key = [value.t, value.r, value.c].join("."); byCell.set(key, [...(byCell.get(key) || []), value]); });
  let here = null;

  const cellOf = (value) => document.getElementById(byCell.get([value.t, value.r, value.c].join("."))[0].a);
  const named = () => { try { return decodeURIComponent(location.hash.slice(1)); } catch (error) { return ""; } };
  // An address is a value's digest, which lasts, or the cell: t3.5.2.
  const wanted = (name) => byAnchor.get(name) || (byCell.get(name) || [])[0];

  const unmark = () => document.querySelectorAll(".here, .row-here").forEach((element) => element.classList.remove("here", "row-here"));
  const markLine = (cell, value) => {
    const sheet = cell.closest(".sheet"), text = sheet && sheet.querySelector(".text");
    if (!text) return null;
    const start = Number(cell.closest(".table").dataset.line || 0);
    const row = [...cell.parentElement.cells].map((each) => each.textContent.trim()).filter(Boolean);
    let best = null, most = 0;
    text.querySelectorAll("li").forEach((line) => {
      if (Number(line.dataset.line) < start || !line.textContent.includes(value.raw)) return;
      const held = row.filter((each) => line.textContent.includes(each)).length;
      if (held > most) { best = line; most = held; }
    });
    if (best) { best.classList.add("here"); text.scrollTop = best.offsetTop - text.clientHeight / 2; }
    return best;
  };
  const markDecided = () => NAMNDATA.values.forEach((value) => {
    const cell = cellOf(value), decided = decisions.of(value.id);
    if (!cell) return;
    cell.classList.remove("decided-accepted", "decided-corrected", "decided-no_value");
    if (decided) cell.classList.add("decided-" + decided.what);
  });

  const picture = (cell) => {
    const figure = cell.closest(".sheet").querySelector(".picture");
    if (!figure || !cell.dataset.b) return null;
    const image = figure.querySelector("img");
    return crop(image.src, Number(figure.dataset.width), Number(figure.dataset.height), cell.dataset.b.split(" ").map(Number), image.alt);
  };
  const snippet = (line) => {
    if (!line) return null;
    const around = [line.previousElementSibling, line, line.nextElementSibling].filter(Boolean);
    return make("pre", { class: "snippet" }, around.map((each) => make("span", { class: each === line ? "here" : null }, each.textContent || " ")));
  };
  // The cells around, by the table as it was read.
  const around = (cell, value) => {
    const table = cell.closest("table"), at = (row, col) => table.querySelector(`[data-c="${row}.${col}"]`);
    const rows = [-1, 0, 1].map((down) => [-1, 0, 1].map((right) => at(value.r + down, value.c + right)));
    const shown = rows.filter((row) => row.some(Boolean));
    return make("table", { class: "around" }, shown.map((row) => make("tr", null, row.map((each) => {
      const text = each ? each.textContent.trim() : "";
      const inner = each && each.id ? make("a", { href: "#" + each.id }, printed(text)) : printed(text);
      return make("td", { class: each === cell ? "here" : null, title: text || null }, inner);
    }))));
  };
  const others = (value) => !value.also.length ? [] : [make("h3", null, words("place.elsewhere")), make("ul", { class: "others" }, value.also.map((other) => make("li", null,
    other.h ? make("a", { href: NAMNDATA.root() + other.h }, printed(other.t)) : printed(other.t),
    make("b", { class: other.same ? null : "differs" }, printed(other.raw)), make("small", null, printed(other.f)),
    make("small", { class: other.same ? null : "differs" }, words(other.same ? "place.same" : "place.differs")))))];
  const facts = (value) => {
    const rows = [["place.row", value.l], ["place.column", value.cl], ["place.table", value.ti], ["place.printed", value.raw], ["place.part", value.pt]];
    return make("dl", null, rows.filter(([, text]) => text).flatMap(([key, text]) => [make("dt", null, words(key)), make("dd", null, printed(text))]),
      ...(value.rv ? [make("dt", null, words("place.reviewed")), make("dd", null, words(value.vr === null ? "place.accepted" : "place.corrected"), value.vr === null ? "" : [" ", NAMNDATA.number(value.vr)].flat())] : []),
      make("dt", null, words("place.confidence")), make("dd", null, meter(value.cf), doubts(value.w)));
  };
  const several = (value) => {
    const same = byCell.get([value.t, value.r, value.c].join("."));
    return same.length < 2 ? null : make("p", { class: "explain" }, words("place.several"), " ", same.map((each) => each === value ? make("b", null, NAMNDATA.number(each.v), " ") : make("a", { href: "#" + each.a }, each.v === null ? each.raw : NAMNDATA.number(each.v), " ")));
  };
  const copy = (value) => {
    const button = make("button", { type: "button", onclick: () => {
      const address = location.href.split("#")[0] + "#" + value.a;
      (navigator.clipboard ? navigator.clipboard.writeText(value.id + " " + address) : Promise.reject()).then(() => button.replaceChildren(words("place.copied")), () => {});
    } }, words("place.copy"));
    return make("div", { class: "cite" }, button, make("code", null, printed(value.id)));
  };

  // Where `make browse` shows the site, its tables are a link away.
  const inTables = (value) => !location.pathname.startsWith("/-/site/") ? "" :
    make("p", { class: "explain" }, make("a", { href: "/-/place?id=" + encodeURIComponent(value.id) }, words("place.browse")));

  const act = (what) => {
    if (!here) return;
    if (what === "undo") decisions.undo(here.id);
    else if (what === "corrected") { panel.querySelector(".decide").after(decisions.form(here, () => tell(here))); return; }
    else decisions.decide(here, what);
    tell(here);
  };
  const tell = (value) => {
    const cell = cellOf(value);
    unmark();
    markDecided();
    cell.classList.add("here");
    cell.parentElement.classList.add("row-here");
    const box = document.querySelector(`rect[data-a="${CSS.escape(cell.id)}"]`);
    if (box) box.classList.add("here");
    const line = markLine(cell, value);
    here = value;
    panel.replaceChildren(
      make("header", null, make("span", null, value.p ? [words("page"), " " + value.p + " · "] : "", words("place.table"), " " + value.t.slice(1)), make("button", { type: "button", onclick: close, "aria-label": word("place.close") }, "✕")),
      make("h2", null, value.pa ? make("span", { class: "parent" }, printed(value.pa)) : null, printed(value.l)), said(value),
      make("div", { class: "chips" }, make("span", { class: "tag" }, words("kind." + value.k, value.k || "–")), value.pe ? make("span", { class: "tag" }, value.pe) : null, value.u ? make("span", { class: "tag" }, printed(value.u)) : null),
      ...[picture(cell), snippet(line), several(value)].filter(Boolean), facts(value),
      make("h3", null, words("place.neighbours")), around(cell, value), ...others(value),
      ...(value.ip ? [make("p", { class: "explain" }, make("a", { href: NAMNDATA.root() + value.ip }, words("place.indicator")))] : []),
      make("h3", null, words("decide")), decisions.buttons(value, act), copy(value), inTables(value));
    panel.hidden = false;
    document.body.classList.add("has-place");
  };
  const close = () => { unmark(); here = null; panel.hidden = true; document.body.classList.remove("has-place"); history.replaceState(null, "", location.pathname + location.search); };
  const show = (isFirst) => {
    const value = wanted(named());
    if (!value) {
      if (/^[ib][0-9a-f]{6,}/.test(named())) { panel.replaceChildren(make("header", null, make("span"), make("button", { type: "button", onclick: close }, "✕")), make("p", null, words("place.gone"))); panel.hidden = false; }
      return;
    }
    if (value === here) return; // told already, before the event of its address
    tell(value);
    panel.scrollTop = 0;
    const cell = cellOf(value), rect = cell.getBoundingClientRect();
    if (isFirst || rect.top < 80 || rect.bottom > innerHeight - 20) cell.scrollIntoView({ block: "center", inline: "nearest" });
  };
  const step = (by) => {
    const index = here ? NAMNDATA.order.indexOf(here) + by : 0;
    if (!NAMNDATA.order[index]) return;
    location.hash = NAMNDATA.order[index].a;
    show(false); // the event comes later than the next key may
  };
  addEventListener("hashchange", () => show(false));
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
    const acts = { j: () => step(1), k: () => step(-1), a: () => act("accepted"), c: () => act("corrected"), x: () => act("no_value"), u: () => act("undo"), Escape: close };
    const run = acts[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (run && (here || "jk".includes(event.key))) { event.preventDefault(); run(); }
  });
  // In the order of the page: tables, rows, columns.
  const places = new Map([...document.querySelectorAll(".read [id]")].map((element, index) => [element.id, index]));
  NAMNDATA.values = NAMNDATA.values.filter((value) => cellOf(value));
  NAMNDATA.order = [...NAMNDATA.values].sort((one, other) => places.get(one.a) - places.get(other.a));
  markDecided();
  show(true);
  // The browser goes to the address by itself once the page is whole.
  addEventListener("load", () => here && cellOf(here).scrollIntoView({ block: "center", inline: "nearest" }));
})();
