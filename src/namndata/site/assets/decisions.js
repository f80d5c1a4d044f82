// What a person decides on values: kept in this browser, saved as lines for corrections.csv.
"use strict";
NAMNDATA.decisions = (() => {
  const { make, words, word, recall, remember } = NAMNDATA;
  const COLUMNS = ["document", "page", "label", "column_label", "raw", "field", "value", "decided_by", "decided_on", "note", "value_id"];
  const FIELDS = { value: "v", unit: "u", kind: "k", period: "pe", parent: "pa", label: "l", table_title: "ti", status: "s" };
  const folder = new URL(document.documentElement.dataset.root || ".", location.href).pathname;
  const KEY = "namndata decisions " + folder;
  let all = {};
  try { all = JSON.parse(recall(KEY)) || {}; } catch (error) { all = {}; }
  const listeners = [];
  const store = () => { remember(KEY, JSON.stringify(all)); listeners.forEach((listen) => listen()); };
  const of = (id) => all[id] || null;
  const today = () => { const now = new Date(); return new Date(now - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10); };
  const decide = (value, what, field, text, note) => {
    const lines = { accepted: ["accepted", "1"], no_value: ["is_value", "0"], corrected: [field, text] };
    const [name, content] = lines[what];
    all[value.id] = {
      what, document: value.doc || NAMNDATA.facts.document, page: value.p === null || value.p === undefined ? "" : String(value.p),
      label: value.l || "", column_label: value.cl || "", raw: value.raw || "", field: name, value: content,
      decided_by: recall("namndata by") || "", decided_on: today(), note: note || "", value_id: value.id,
    };
    store();
  };
  const undo = (id) => { delete all[id]; store(); };
  const quoted = (text) => /[",\n\r;]/.test(text) ? '"' + text.replaceAll('"', '""') + '"' : text;
  const csv = () => [COLUMNS, ...Object.values(all).map((line) => COLUMNS.map((name) => line[name] || (name === "decided_by" && recall("namndata by")) || ""))]
    .map((line) => line.map(quoted).join(",")).join("\r\n") + "\r\n";
  const save = () => {
    const address = URL.createObjectURL(new Blob(["\ufeff" + csv()], { type: "text/csv;charset=utf-8" }));
    const link = make("a", { href: address, download: "corrections.csv" });
    document.body.append(link); link.click(); link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  };

  // The form that says what a value should be.
  const form = (value, done) => {
    const field = make("select", { id: "field" }, Object.keys(FIELDS).map((name) => make("option", { value: name }, word("field." + name))));
    const text = make("input", { id: "new-value" }), note = make("input", { id: "note" });
    const fill = () => { const now = value[FIELDS[field.value]]; text.value = now === null || now === undefined ? "" : String(now).replace(".", field.value === "value" ? "," : "."); };
    fill();
    field.addEventListener("change", fill);
    const keep = (event) => { event.preventDefault(); decide(value, "corrected", field.value, text.value.trim(), note.value.trim()); done(); };
    const cancel = () => done();
    const whole = make("form", { class: "correct-form", onsubmit: keep },
      make("label", { for: "field" }, words("field")), field, make("label", { for: "new-value" }, words("new_value")), text,
      make("label", { for: "note" }, words("note")), note,
      make("div", null, make("button", { class: "strong" }, words("keep")), make("button", { type: "button", onclick: cancel }, words("cancel"))));
    whole.addEventListener("keydown", (event) => { event.stopPropagation(); if (event.key === "Escape") cancel(); });
    setTimeout(() => { text.focus(); text.select(); });
    return whole;
  };
  // Buttons for a decision, and what was decided.
  const buttons = (value, act) => {
    const now = of(value.id);
    const button = (key, what, name) => make("button", { type: "button", class: now && now.what === what ? "is" : null, "data-act": what, onclick: () => act(what) },
      make("kbd", null, key), words(now && now.what === what ? "decided." + what : "key." + name));
    return make("div", { class: "decide" }, button("A", "accepted", "accept"), button("C", "corrected", "correct"), button("X", "no_value", "no_value"),
      now ? make("button", { type: "button", "data-act": "undo", onclick: () => act("undo") }, make("kbd", null, "U"), words("key.undo")) : null,
      now && now.what === "corrected" ? make("span", { class: "tag" }, words("field." + now.field), ": ", NAMNDATA.printed(now.value)) : null);
  };
  return { of, decide, undo, csv, save, form, buttons, count: () => Object.keys(all).length, changed: (listen) => listeners.push(listen) };
})();
