// The list of values to check: one at a time, by keys.
"use strict";
(() => {
  const { make, printed, words, said, doubts, meter, crop, decisions, recall, remember } = NAMNDATA;
  const by = document.getElementById("by"), item = document.getElementById("item"), standing = document.getElementById("standing");
  let name = location.hash === "#sample" ? "sample" : "worst", index = 0;
  const items = () => NAMNDATA.lists[name] || [];
  const position = () => "namndata at " + name + " " + location.pathname;

  const left = (value) => {
    const seen = value.pic.length && value.box.length ? crop(NAMNDATA.root() + value.pic[0], value.pic[1], value.pic[2], value.box, value.file)
      : value.lines.length ? make("pre", { class: "snippet" }, value.lines.map(([at, text, isHere]) => make("span", { class: isHere ? "here" : null }, String(at).padStart(5) + "  " + text)))
        : make("p", { class: "explain" }, words("review.no_picture"));
    const row = make("div", { class: "wide" }, make("table", { class: "row-read" }, make("tr", null, value.row.map(([text, isHere]) => make("td", { class: isHere ? "here" : null }, printed(text))))));
    return make("div", null, seen, row);
  };
  const right = (value) => {
    const facts = [["place.column", value.cl], ["place.table", value.ti], ["place.printed", value.raw], ["place.period", value.pe]];
    return make("div", null, make("h2", null, value.pa ? make("span", { class: "parent" }, printed(value.pa)) : null, printed(value.l)), said(value),
      make("div", { class: "chips" }, make("span", { class: "tag" }, words("kind." + value.k, value.k || "–")), value.pe ? make("span", { class: "tag" }, value.pe) : null),
      make("dl", { class: "item-facts" }, facts.filter(([, text]) => text).flatMap(([key, text]) => [make("dt", null, words(key)), make("dd", null, printed(text))])),
      name === "sample" ? null : make("div", { style: { marginTop: "1rem" } }, meter(value.cf), doubts(value.w)),
      make("div", { style: { marginTop: "1.2rem" } }, decisions.buttons(value, act)));
  };
  const tell = () => {
    const value = items()[index], decided = items().filter((each) => decisions.of(each.id)).length;
    document.querySelectorAll("[data-list]").forEach((tab) => tab.setAttribute("aria-selected", String(tab.dataset.list === name)));
    document.getElementById("count").textContent = decisions.count();
    const progress = document.getElementById("progress");
    progress.max = items().length || 1;
    progress.value = decided;
    if (!value) { standing.replaceChildren(); item.replaceChildren(make("p", { class: "explain" }, words(name === "sample" ? "review.no_sample" : "review.none"))); return; }
    standing.replaceChildren(`${index + 1} `, words("review.of"), ` ${items().length} · ${decided} `, words("review.decided"));
    const where = make("p", { class: "where" }, printed(value.com || ""), " · ", make("a", { href: NAMNDATA.root() + value.h }, printed(value.rep)), value.p ? [", ", words("page_lower"), ` ${value.p}`] : "");
    item.replaceChildren(where, left(value), right(value));
    const read = item.querySelector(".row-read .here");
    if (read) read.closest(".wide").scrollLeft = read.offsetLeft - (read.closest(".wide").clientWidth - read.offsetWidth) / 2;
    remember(position(), String(index));
  };
  const go = (to) => { index = Math.min(Math.max(to, 0), Math.max(items().length - 1, 0)); tell(); };
  const act = (what) => {
    const value = items()[index];
    if (!value) return;
    if (what === "undo") { decisions.undo(value.id); tell(); return; }
    if (what === "corrected") { if (!item.querySelector("form")) item.querySelector(".decide").after(decisions.form(value, tell)); return; }
    decisions.decide(value, what);
    go(index + 1);
  };
  const choose = (list) => { name = list; history.replaceState(null, "", list === "sample" ? "#sample" : location.pathname); go(Number(recall(position())) || 0); };
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
    const open = () => { if (items()[index]) location.href = NAMNDATA.root() + items()[index].h; };
    const acts = { j: () => go(index + 1), arrowright: () => go(index + 1), k: () => go(index - 1), arrowleft: () => go(index - 1), a: () => act("accepted"), c: () => act("corrected"), x: () => act("no_value"), u: () => act("undo"), o: open };
    const run = acts[event.key.toLowerCase()];
    if (run) { event.preventDefault(); run(); }
  });
  document.querySelectorAll("[data-turn]").forEach((button) => button.addEventListener("click", () => go(index + Number(button.dataset.turn))));
  by.value = recall("namndata by") || "";
  by.addEventListener("change", () => remember("namndata by", by.value.trim()));
  document.getElementById("save").addEventListener("click", decisions.save);
  document.querySelectorAll("[data-list]").forEach((tab) => tab.addEventListener("click", () => choose(tab.dataset.list)));
  addEventListener("hashchange", () => choose(location.hash === "#sample" ? "sample" : "worst"));
  choose(name);
})();
