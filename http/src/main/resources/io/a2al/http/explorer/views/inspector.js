// A datagram or record, byte by byte: what it says, where each value is, and whether its signatures hold.

import { send } from "../api.js";
import { el, fill, number, say } from "../dom.js";
import { plain, VALUES } from "../words.js";

const ROW = 16;

/** Members that are seconds. */
const SECONDS = new Set(["ttl"]);

/** A longer address is not understood everywhere. */
const LINKED = 4096;

/** Guesses the encoding: hexadecimal digits, with white space or not; else base64. */
function encodingOf(text) {
  return /^[0-9a-fA-F\s]+$/.test(text) ? "hex" : "base64";
}

function bytesOf(text, encoding) {
  const plainText = text.replace(/\s/g, "");
  if (encoding === "hex") {
    return plainText.match(/../g).map((pair) => Number.parseInt(pair, 16));
  }
  return [...atob(plainText)].map((character) => character.charCodeAt(0));
}

/** Returns JSON as nested lists, which a screen reader can walk. */
function tree(value) {
  if (value === null || typeof value !== "object") {
    const kind = value === false || value === "does not hold" ? "bad" : value === true || value === "holds" ? "good" : null;
    return el("span", { class: kind }, value === true ? "yes" : value === false ? "no" : value === null || value === "" ? "–" : String(value));
  }
  if (Array.isArray(value)) {
    return value.length === 0 ? el("span", {}, "–") : el("ul", {}, value.map((member) => el("li", {}, tree(member))));
  }
  const entries = Object.entries(value).filter(([name]) => !(name.endsWith("_text") && name.slice(0, -5) in value));
  return entries.length === 0 ? el("span", {}, "–")
    : el("ul", {}, entries.map(([name, member]) => el("li", {},
      el("span", { class: "name" }, `${plain(name)}: `), tree(SECONDS.has(name) ? `${number(member)} s` : value[`${name}_text`] ?? member))));
}

/** Returns how many bytes a value takes, and which. */
function extent(value, length) {
  const to = value.to ?? length;
  const count = to - value.from;
  const where = count === 1 ? `byte ${number(value.from)}` : `bytes ${number(value.from)} to ${number(to - 1)}`;
  return `${VALUES[value.type] ?? value.type} at ${where}${value.to === undefined ? ", broken off" : ""}`;
}

/** Shows the view; returns what ends it. */
export function mount(root, parameters, context) {
  const input = el("textarea", { rows: 5, spellcheck: "false", autocomplete: "off", id: "bytes" });
  const message = el("p", { class: "message", role: "status" });
  const decoded = el("section", { class: "card", "aria-label": "Decoded" });
  const dump = el("section", { class: "card", "aria-label": "Bytes" });
  const list = el("section", { class: "card", "aria-label": "Values" });
  const shown = el("div", { class: "three", hidden: true }, decoded, dump, list);
  const form = el("form", {},
    el("label", { for: "bytes" }, "A datagram or record, in hexadecimal digits or base64"), input,
    el("p", {}, el("button", { class: "primary" }, "Decode")));
  fill(root, form, message, shown);
  input.value = parameters.get("data") ?? "";

  function showBytes(bytes, layout) {
    const cells = bytes.map((byte, index) => el("span", { class: "byte", "data-at": index }, byte.toString(16).padStart(2, "0")));
    const rows = [];
    for (let at = 0; at < cells.length; at += ROW) {
      rows.push(el("div", { class: "bytes" }, el("span", { class: "range" }, at.toString(16).padStart(4, "0")), cells.slice(at, at + ROW)));
    }
    const mark = (value) => cells.forEach((cell, index) => cell.classList.toggle("marked", index >= value.from && index < (value.to ?? bytes.length)));
    fill(dump, el("h2", {}, `Bytes (${number(bytes.length)})`),
      el("div", { class: "scroll dump", tabindex: 0, role: "region", "aria-label": "Hexadecimal dump" }, rows));
    fill(list, el("h2", {}, "Values in the order of the bytes"),
      el("ul", { class: "plain" }, layout.map((value) => el("li", {},
        el("button", { class: "link", onfocus: () => mark(value), onmouseenter: () => mark(value), onclick: () => mark(value) }, value.path || "the whole"),
        el("span", { class: "range" }, ` ${extent(value, bytes.length)}`)))));
  }

  async function inspect() {
    const text = input.value.trim();
    if (!text) {
      say(message, "Paste the bytes first.");
      return;
    }
    context.note("inspector", text.length <= LINKED ? { data: text.replace(/\s/g, "") } : {});
    try {
      const encoding = encodingOf(text);
      const answer = await send("POST", "v1/inspect", { data: text, encoding });
      const { layout, ...meaning } = answer;
      fill(decoded, el("h2", {}, "What it says"), el("div", { class: "tree" }, tree(meaning)));
      showBytes(bytesOf(text, encoding), layout);
      shown.hidden = false;
      say(message, "");
    } catch (problem) {
      shown.hidden = true;
      say(message, problem.message);
    }
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    inspect();
  });
  if (input.value) {
    inspect();
  }
  return () => {};
}
