// A datagram or record, byte by byte: what it says, where each value is, and whether its signatures hold.

import { send } from "../api.js";
import { el, fill, number, say } from "../dom.js";

const ROW = 16;

/** Guesses the encoding: hexadecimal digits, with white space or not; else base64. */
function encodingOf(text) {
  return /^[0-9a-fA-F\s]+$/.test(text) ? "hex" : "base64";
}

function bytesOf(text, encoding) {
  const plain = text.replace(/\s/g, "");
  if (encoding === "hex") {
    return plain.match(/../g).map((pair) => Number.parseInt(pair, 16));
  }
  return [...atob(plain)].map((character) => character.charCodeAt(0));
}

/** Returns JSON as nested lists, which a screen reader can walk. */
function tree(value) {
  if (value === null || typeof value !== "object") {
    return el("span", { class: value === false ? "bad" : value === true ? "good" : null }, String(value));
  }
  const entries = Object.entries(value);
  return entries.length === 0 ? el("span", {}, Array.isArray(value) ? "(none)" : "(empty)")
    : el("ul", {}, entries.map(([name, member]) => el("li", {}, el("span", { class: "name" }, `${name.replaceAll("_", " ")}: `), tree(member))));
}

/** Shows the view; returns what ends it. */
export function mount(root, parameters, context) {
  const input = el("textarea", { rows: 6, spellcheck: "false", autocomplete: "off", id: "bytes" });
  const button = el("button", { class: "primary" }, "Decode");
  const message = el("p", { class: "message", role: "status" });
  const decoded = el("section", { class: "card", "aria-label": "Decoded" });
  const dump = el("section", { class: "card", "aria-label": "Bytes" });
  const form = el("form", {},
    el("label", { for: "bytes" }, "A datagram or record, in hexadecimal digits or base64"), input, el("p", {}, button));
  fill(root, form, message, el("div", { class: "two" }, decoded, dump));
  input.value = parameters.get("data") ?? "";

  function showBytes(bytes, layout) {
    const cells = bytes.map((byte, index) => el("span", { class: "byte", "data-at": index }, byte.toString(16).padStart(2, "0")));
    const rows = [];
    for (let at = 0; at < cells.length; at += ROW) {
      rows.push(el("div", { class: "bytes" }, el("span", { class: "range" }, at.toString(16).padStart(4, "0")), cells.slice(at, at + ROW)));
    }
    const mark = (value) => cells.forEach((cell, index) => cell.classList.toggle("marked", value !== null && index >= value.from && index < (value.to ?? bytes.length)));
    const values = layout.map((value) => el("li", {},
      el("button", { class: "link", onfocus: () => mark(value), onmouseenter: () => mark(value), onclick: () => mark(value) }, value.path || "/"),
      el("span", { class: "range" }, ` ${value.type}, bytes ${value.from} to ${(value.to ?? bytes.length) - 1}${value.to === undefined ? ", broken off" : ""}`)));
    fill(dump, el("h2", {}, `Bytes (${number(bytes.length)})`), el("div", { class: "scroll dump", tabindex: 0, role: "region", "aria-label": "Hexadecimal dump" }, rows),
      el("h3", {}, "Values in the order of the bytes"), el("ul", { class: "plain" }, values));
  }

  async function inspect() {
    const text = input.value.trim();
    if (!text) {
      say(message, "Paste the bytes first.");
      return;
    }
    context.note("inspector", text.length <= 4096 ? { data: text.replace(/\s/g, "") } : {});
    try {
      const encoding = encodingOf(text);
      const answer = await send("POST", "v1/inspect", { data: text, encoding });
      const { layout, ...meaning } = answer;
      fill(decoded, el("h2", {}, "What it says"), el("div", { class: "tree" }, tree(meaning)));
      showBytes(bytesOf(text, encoding), layout);
      say(message, "");
    } catch (problem) {
      fill(decoded);
      fill(dump);
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
