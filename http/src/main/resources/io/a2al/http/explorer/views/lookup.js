// A lookup on its way: whom it asks, what comes back and when, and how near to the key that is.

import { sendForEvents } from "../api.js";
import { el, facts, fileButton, fill, milliseconds, number, onWidth, say, short, table } from "../dom.js";
import { lookupPicture, outcomeOf, requestsOf } from "../lookup-picture.js";

const KINDS = { resolve: "an agent's address", discover: "a topic", find_node: "a key (64 hexadecimal digits)" };
const TARGETS = { resolve: "address", discover: "topic", find_node: "key" };
const FRESHNESS = ["newest", "first", "majority"];
const FORMAT = "a2al-lookup";

/** Shows the view; returns what ends it. */
export function mount(root, parameters, context) {
  const kind = el("select", { name: "kind" }, Object.entries(KINDS).map(([name, text]) => el("option", { value: name }, text)));
  const target = el("input", { name: "target", required: true, autocomplete: "off", spellcheck: "false" });
  const fresh = el("select", { name: "freshness" }, FRESHNESS.map((level) => el("option", { value: level }, level)));
  const form = el("form", { class: "ask" },
    el("label", {}, "Look for", kind), el("label", { class: "long" }, "Which", target),
    el("label", {}, "How sure", fresh), el("button", { class: "primary" }, "Look up"));
  const save = el("button", { disabled: true }, "Save as JSON");
  const message = el("p", { class: "message", role: "status" });
  const outcome = el("section", { class: "card", "aria-live": "polite", "aria-label": "Outcome" });
  const picture = el("div", { class: "chart course" });
  const course = el("section", { class: "card", "aria-label": "Course" }, el("h2", {}, "Course"), picture,
    el("p", { class: "note" }, "To the right: time since the lookup began. Upwards: how many leading bits the NodeID shares with the key."),
    legend());
  const list = el("div", {});
  const held = el("div", {});
  fill(root, form, el("div", { class: "bar" }, message, el("div", { class: "buttons" }, save, fileButton("Open a saved lookup …", ".json", openFile))),
    el("div", { class: "pictured" }, course, outcome), el("div", { class: "listed" }, list, held));
  for (const name of Object.keys(TARGETS)) {
    if (parameters.get(TARGETS[name])) {
      kind.value = name;
      target.value = parameters.get(TARGETS[name]);
    }
  }
  fresh.value = parameters.get("freshness") ?? "newest";
  let shown = { format: FORMAT, asked: {}, steps: [], end: null };
  let under = new AbortController();
  let width = 0;

  function draw() {
    const requests = requestsOf(shown.steps);
    const isOver = shown.end !== null;
    const elapsed = shown.end?.report?.elapsed_ms ?? shown.steps.at(-1)?.at_ms ?? 0;
    if (width > 0) {
      fill(picture, requests.length === 0 ? [] : lookupPicture(requests, width, elapsed, isOver));
    }
    fill(list, table(`Requests in order (${requests.length})`, ["node", "NodeID", "shared bits", "asked at", "answer after", "answer"],
      requests.map((request) => [request.endpoint, short(request.node_id), number(request.bits), milliseconds(request.begin),
        request.end === undefined ? "–" : milliseconds(request.end - request.begin), outcomeOf(request, isOver)])));
    fill(outcome, el("h2", {}, "Outcome"), ending());
    fill(held, isOver ? holders(shown.end.report.holders ?? []) : []);
    save.disabled = shown.steps.length === 0;
  }

  function ending() {
    if (!shown.end) {
      return el("p", {}, shown.steps.length === 0 ? "Nothing is looked up yet." : "Under way …");
    }
    const { report, result } = shown.end;
    return facts([
      ["found", foundText(result)],
      ["nodes asked", number(report.asked)],
      ["answered by the end", number(report.answered)],
      ["referrals (hops)", number(report.hops)],
      ["time", milliseconds(report.elapsed_ms)],
      ["ended", report.complete ? "by itself: nothing nearer or newer was left to ask" : "by its time limit; the result may be incomplete"],
      ["holders that agree", `${number(report.agreeing)} of ${number((report.holders ?? []).length)}`],
      ["key looks surrounded", report.surrounded === undefined ? "–" : report.surrounded ? "yes" : "no"],
    ]);
  }

  function holders(all) {
    return table(`Holders (${all.length})`, ["node", "NodeID", "version"],
      all.map((holder) => [holder.endpoint, short(holder.node_id), holder.newest ? "newest" : "older"]));
  }

  async function lookUp() {
    under.abort();
    under = new AbortController();
    const asked = { kind: kind.value, [TARGETS[kind.value]]: target.value.trim() };
    if (kind.value === "resolve") {
      asked.freshness = fresh.value;
    }
    context.note("lookup", asked);
    shown = { format: FORMAT, asked, steps: [], end: null };
    say(message, "");
    draw();
    try {
      await sendForEvents("v1/lookups", asked, (type, data) => {
        if (type === "step") {
          shown.steps.push(data);
        } else if (type === "error") {
          say(message, data.error);
        } else {
          shown.end = data;
        }
        draw();
      }, under.signal);
    } catch (problem) {
      if (problem.name !== "AbortError") {
        say(message, problem.message);
      }
    }
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    lookUp();
  });
  save.addEventListener("click", () => {
    const url = URL.createObjectURL(new Blob([JSON.stringify(shown, null, 1)], { type: "application/json" }));
    el("a", { href: url, download: "lookup.json" }).click();
    URL.revokeObjectURL(url);
  });
  function openFile(text, name) {
    try {
      const read = JSON.parse(text);
      if (read.format !== FORMAT) {
        throw new Error("this file is no lookup; save one here first");
      }
      under.abort();
      shown = read;
      say(message, `Shown from ${name}`);
      draw();
    } catch (problem) {
      say(message, problem.message);
    }
  }

  const endWidth = onWidth(picture, (now) => {
    width = now;
    draw();
  });
  draw();
  if (target.value) {
    lookUp();
  }
  return () => {
    under.abort();
    endWidth();
  };
}

function legend() {
  return el("ul", { class: "legend" },
    [["asked", "asked"], ["answered", "answered with nodes"], ["records", "answered with a record"], ["timed_out", "did not answer"]]
      .map(([name, text]) => el("li", {}, el("span", { class: `key step-${name}` }), text)));
}

function foundText(result) {
  if (!result || result.found === false) {
    return "nothing";
  }
  if (result.endpoints) {
    return result.endpoints.join(", ") || "an endpoint record without endpoints";
  }
  if (result.entries) {
    return `${result.entries.length} entries`;
  }
  return result.nodes ? `${result.nodes.length} nodes` : "a record";
}
