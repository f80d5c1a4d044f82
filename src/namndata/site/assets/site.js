// What every page needs: language, theme, and making elements out of text alone.
"use strict";
const NAMNDATA = (() => {
  const root = document.documentElement;
  let catalogue = {};
  const remember = (key, value) => { try { localStorage.setItem(key, value); } catch (error) { /* private window */ } };
  const recall = (key) => { try { return localStorage.getItem(key); } catch (error) { return null; } };
  const language = () => root.lang;
  const setLanguage = (lang) => {
    root.lang = lang;
    document.querySelectorAll("[data-label]").forEach((element) => element.setAttribute("aria-label", word(element.dataset.label)));
  };
  const setTheme = (theme) => { root.dataset.theme = theme; };
  root.lang = recall("namndata language") === "en" ? "en" : "sv";
  setTheme(recall("namndata theme") || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light"));
  const word = (key) => (catalogue[key] || [key, key])[root.lang === "en" ? 1 : 0];

  // An element with attributes and children; a child that is a string becomes text, never markup.
  const make = (name, attributes, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) {
      if (value === null || value === undefined || value === false) continue;
      if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
      else if (key === "style") Object.assign(element.style, value);
      else element.setAttribute(key, value === true ? "" : value);
    }
    element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
    return element;
  };
  // Text of a report: kept apart, so that its direction turns nothing around it.
  const printed = (text) => make("bdi", null, String(text ?? ""));
  // Words of the site in both languages, of which the style shows one.
  const words = (key, otherwise) => {
    const [sv, en] = catalogue[key] || [otherwise ?? key, otherwise ?? key];
    const both = document.createDocumentFragment();
    both.append(make("span", { lang: "sv" }, sv), make("span", { lang: "en" }, en));
    return both;
  };
  const number = (value) => {
    if (value === null || value === undefined) return "–";
    const swedish = value.toLocaleString("sv-SE", { maximumFractionDigits: 4 });
    return swedish.includes(",") ? [make("span", { lang: "sv" }, swedish), make("span", { lang: "en" }, swedish.replace(",", "."))] : swedish;
  };
  const band = (confidence) => confidence >= 0.95 ? "sure" : confidence >= 0.7 ? "doubtful" : "poor";

  // A value as it is said: with comparator, range, unit; or its words.
  const said = (value) => {
    if (value.v !== null && value.v !== undefined) {
      const sign = { ">=": "≥ ", "<=": "≤ ", ">": "> ", "<": "< ", "~": "ca " }[value.cmp] || "";
      const upper = value.up === null || value.up === undefined ? [] : ["–", number(value.up)];
      return make("p", { class: "big" }, sign, number(value.v), upper.flat(), value.u ? make("small", null, value.u) : null);
    }
    const inner = value.d ? words("direction." + value.d) : value.s && !["reported", "text"].includes(value.s) ? words("status." + value.s) : printed(value.raw);
    return make("p", { class: "big words" }, inner);
  };
  const doubts = (names) => names.length
    ? make("ul", { class: "doubts" }, names.map((name) => make("li", null, words("doubt." + name, name))))
    : make("ul", { class: "doubts none" }, make("li", null, words("place.no_doubt")));
  const meter = (confidence) => make("div", { class: "meter " + band(confidence) },
    make("span", null, make("i", { style: { width: 100 * confidence + "%" } })), number(Math.round(confidence * 100) / 100));

  // A piece of a page's picture around a box, as large as it can be read, with the box drawn over it.
  const crop = (address, width, height, box, alt) => {
    const frame = make("div", { class: "crop" });
    const image = make("img", { src: address, alt: alt, loading: "lazy" });
    const mark = make("i", null), row = make("i", { class: "row" });
    frame.append(image, row, mark);
    const place = () => {
      const [x0, top, x1, bottom] = box, seen = frame.clientWidth, high = frame.clientHeight;
      if (!seen) return;
      const scale = Math.max(seen / width, Math.min(1.7, high / Math.max(60, bottom - top + 40), seen / (x1 - x0 + 24)));
      const left = Math.min(Math.max((x0 + x1) / 2 * scale - seen / 2, 0), Math.max(0, width * scale - seen));
      const above = Math.min(Math.max((top + bottom) / 2 * scale - high / 2, 0), Math.max(0, height * scale - high));
      Object.assign(image.style, { width: width * scale + "px", height: height * scale + "px", left: -left + "px", top: -above + "px" });
      Object.assign(mark.style, { left: x0 * scale - left - 2 + "px", top: top * scale - above - 2 + "px", width: (x1 - x0) * scale + 4 + "px", height: (bottom - top) * scale + 4 + "px" });
      Object.assign(row.style, { left: 0, right: 0, top: top * scale - above + "px", height: (bottom - top) * scale + "px" });
    };
    new ResizeObserver(place).observe(frame);
    return frame;
  };

  document.addEventListener("DOMContentLoaded", () => {
    setLanguage(language());
    // Where not all years fit, the newest are seen first.
    document.querySelectorAll(".coverage").forEach((table) => { table.parentElement.scrollLeft = table.scrollWidth; });
    document.getElementById("language").addEventListener("click", () => {
      const lang = language() === "sv" ? "en" : "sv";
      remember("namndata language", lang);
      setLanguage(lang);
    });
    document.getElementById("theme").addEventListener("click", () => {
      const theme = root.dataset.theme === "dark" ? "light" : "dark";
      remember("namndata theme", theme);
      setTheme(theme);
    });
  });
  const site = { make, printed, words, word, number, band, said, doubts, meter, crop, remember, recall, lists: {}, root: () => root.dataset.root };
  site.words = Object.assign((first, otherwise) => {
    if (typeof first === "object") { catalogue = first; return null; }
    return words(first, otherwise);
  }, {});
  site.report = (facts, values) => { site.facts = facts; site.values = values; };
  site.list = (name, items) => { site.lists[name] = items; };
  return site;
})();
