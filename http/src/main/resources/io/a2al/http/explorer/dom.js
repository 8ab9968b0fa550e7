// Elements are made of names, attributes and texts. Nothing here parses markup, so that no text of a stranger can become any.

const SVG = "http://www.w3.org/2000/svg";
const SVG_NAMES = new Set(["svg", "g", "circle", "line", "path", "rect", "text", "title", "polyline"]);

/** Returns an element. Attributes that begin with "on" are listeners; those that are null or false are left out. */
export function el(name, attributes = {}, ...children) {
  const made = SVG_NAMES.has(name) ? document.createElementNS(SVG, name) : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) {
      continue;
    }
    if (key.startsWith("on")) {
      made.addEventListener(key.slice(2), value);
    } else {
      made.setAttribute(key, value === true ? "" : String(value));
    }
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return made;
}

/** Puts these in the place of all that an element holds. */
export function fill(parent, ...children) {
  parent.replaceChildren(...children.flat().filter((child) => child !== null && child !== undefined));
}

/** Changes the text of an element only if it differs, so that screen readers announce only what is new. */
export function say(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

const QUANTITY = /^(–|never|[\d.,]+( of [\d.,]+)?( (ms|s|min|h|bytes).*)?)$/;

/** Returns a table with a caption; cells are texts or elements. Columns of quantities are aligned to the right. */
export function table(caption, headings, rows) {
  const kind = headings.map((_, index) => {
    const texts = rows.map((row) => row[index].textContent ?? row[index]);
    return index > 0 && texts.some((text) => /\d/.test(text)) && texts.every((text) => QUANTITY.test(text)) ? "quantity" : null;
  });
  return el("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": caption },
    el("table", {},
      el("caption", {}, caption),
      el("thead", {}, el("tr", {}, headings.map((heading, index) => el("th", { scope: "col", class: kind[index] }, heading)))),
      el("tbody", {}, rows.map((row) => el("tr", {}, row.map((cell, index) => (
        index === 0 ? el("th", { scope: "row" }, cell) : el("td", { class: kind[index] }, cell))))))));
}

/** Returns a button that lets a user choose a file, whose text it passes on with its name. */
export function fileButton(text, accept, onText) {
  const input = el("input", { type: "file", accept });
  input.addEventListener("change", async () => {
    if (input.files.length > 0) {
      onText(await input.files[0].text(), input.files[0].name);
      input.value = "";
    }
  });
  return el("label", { class: "file" }, text, input);
}

/** Calls with the width of an element in pixels, soon and whenever it changes; returns what ends that. */
export function onWidth(element, draw) {
  let width = 0;
  const observer = new ResizeObserver(([entry]) => {
    const now = Math.round(entry.contentRect.width);
    if (now > 0 && now !== width) {
      width = now;
      draw(width);
    }
  });
  observer.observe(element);
  return () => observer.disconnect();
}

/** Returns a list of names and values. */
export function facts(pairs) {
  return el("dl", { class: "facts" },
    pairs.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value))));
}

/** What makes a browser draw a bar in the colour of its kind; one of a limit warns where little is left. */
const METERS = {
  limit: { high: 0.9 }, good: {}, unknown: { low: 0, high: 1, optimum: 0 }, bad: { low: 0, high: 0, optimum: 0 },
};

/** Returns a bar that shows a part of a whole, with its numbers as text. */
export function meter(label, used, limit, kind = "limit") {
  const share = limit > 0 ? Math.min(1, used / limit) : 0;
  const text = `${number(used)} of ${number(limit)}`;
  return el("div", { class: "meter" },
    el("span", {}, label),
    el("meter", { min: 0, max: 1, ...METERS[kind], value: share, "aria-label": `${label}: ${text}` }),
    el("span", { class: "number" }, text));
}

/** Formats a number with separators. */
export function number(value) {
  return Number(value).toLocaleString("en-US");
}

/** Formats a moment as the time of day. */
export function timeOfDay(at, options = {}) {
  return new Date(at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hourCycle: "h23", ...options });
}

/** Formats a number of seconds as a person would say it. */
export function seconds(value) {
  if (value === null || value === undefined) {
    return "–";
  }
  if (value < 60) {
    return `${Math.round(value)} s`;
  }
  const minutes = Math.floor(value / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Formats milliseconds. */
export function milliseconds(value) {
  return value === null || value === undefined ? "–" : `${value > 0 && value < 9.95 ? value.toFixed(1) : number(Math.round(value))} ms`;
}

/** Shortens a long name; the whole is its tooltip. */
export function short(text, length = 12) {
  return text.length <= length ? text : el("span", { title: text }, `${text.slice(0, length)}…`);
}
