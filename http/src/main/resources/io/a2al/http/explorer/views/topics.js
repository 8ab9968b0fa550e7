// The entries under a topic, and what their agents publish about themselves.

import { get } from "../api.js";
import { el, facts, fill, seconds, short, table } from "../dom.js";
import { recordType } from "../words.js";

function field(label, name, value, attributes = {}) {
  return el("label", {}, label, el("input", { name, value, autocomplete: "off", spellcheck: "false", ...attributes }));
}

function ageOf(entry) {
  return `${seconds(Math.max(0, Date.now() / 1000 - Number(entry.timestamp)))} ago`;
}

/** Only addresses of the web are made links; whatever else an agent publishes is shown as text. */
function endpoint(url) {
  return /^https?:\/\//.test(url) ? el("a", { href: url, rel: "noopener noreferrer nofollow", target: "_blank" }, url) : url;
}

/** Shows the view; returns what ends it. */
export function mount(root, parameters, context) {
  const value = (name) => parameters.get(name) ?? "";
  const results = el("div", { "aria-live": "polite" });
  const agent = el("section", { class: "card", "aria-live": "polite", "aria-label": "Agent", hidden: true });
  const form = el("form", { class: "ask" },
    field("Topic", "topic", value("topic"), { required: true, placeholder: "ai/translation" }),
    field("Protocol", "protocol", value("protocol"), { placeholder: "any" }),
    field("Tag", "tag", value("tag"), { placeholder: "any" }),
    el("button", { class: "primary" }, "Find"));
  fill(root, form, el("div", { class: "two" }, results, agent));
  const ended = new AbortController();

  async function find() {
    const asked = new URLSearchParams(new FormData(form));
    for (const [name, text] of [...asked]) {
      if (!text.trim()) {
        asked.delete(name);
      }
    }
    context.note("topics", Object.fromEntries(asked));
    fill(results, el("p", {}, "Asking the network …"));
    try {
      const found = await get(`v1/topics?${asked}`, ended.signal);
      fill(results, found.entries.length === 0
        ? el("p", {}, `No entry under ${found.topic}; ${found.lookup.answered} of ${found.lookup.asked} nodes answered.`)
        : table(`Entries under ${found.topic} (${found.entries.length})`, ["agent", "name", "protocols", "tags", "brief", "signed"],
          found.entries.map((entry) => [
            el("button", { class: "link", onclick: () => open(entry.address), title: entry.address }, `${entry.address.slice(0, 12)}…`),
            entry.name, entry.protocols.join(", "), entry.tags.join(", "), entry.brief, ageOf(entry)])));
    } catch (problem) {
      fill(results, el("p", { class: "bad" }, problem.message));
    }
  }

  async function open(address) {
    context.note("topics", { ...Object.fromEntries(new FormData(form)), agent: address });
    fill(agent, el("h2", {}, "Agent"), facts([["address", el("code", {}, address)]]), el("p", {}, "Asking the network …"));
    agent.hidden = false;
    const [where, records] = await Promise.allSettled([
      get(`v1/resolve/${encodeURIComponent(address)}`, ended.signal),
      get(`resolve/${encodeURIComponent(address)}/records?type=0`, ended.signal),
    ]);
    if (ended.signal.aborted) {
      return;
    }
    fill(agent, el("h2", {}, "Agent"), facts([["address", el("code", {}, address)]]),
      el("h3", {}, "Where it is reached"),
      where.status === "fulfilled"
        ? el("ul", {}, where.value.endpoints.map((url) => el("li", {}, endpoint(url))))
        : el("p", {}, where.reason.message),
      el("h3", {}, "Records"), records.status === "fulfilled" ? recordTable(records.value.records) : el("p", {}, records.reason.message));
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    find();
  });
  async function begin() {
    if (value("topic")) {
      await find();
    }
    // After the entries, as these would move it.
    if (value("agent") && !ended.signal.aborted) {
      await open(value("agent"));
    }
  }

  begin();
  return () => ended.abort();
}

/** The node drops records whose signature is wrong, so that what is shown was verified. */
function recordTable(records) {
  return records.length === 0 ? el("p", {}, "None was found.")
    : table("Signatures verified", ["type", "version", "name", "brief", "signed"],
      records.map((record) => [recordType(record.rec_type), String(record.seq), record.profile?.name ?? "–", record.profile?.brief ?? "–", ageOf(record)]));
}
