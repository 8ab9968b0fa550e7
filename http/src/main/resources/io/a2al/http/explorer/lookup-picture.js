// A lookup as a picture: time to the right, nearness to the key upwards, a bar for each request.

import { el, milliseconds } from "./dom.js";

const HEIGHT = 300;
const LEFT = 32;
const RIGHT = 12;
const BOTTOM = 24;
const TOP = 28;

/** Room for the text of a moment, in pixels. */
const MOMENT = 75;

/** No two identifiers that were drawn at random share so many leading bits. */
const ITSELF = 128;

/** Joins the steps of a lookup into its requests: who was asked, when, and how that ended. */
export function requestsOf(steps) {
  const requests = [];
  const open = new Map();
  for (const step of steps) {
    let request = open.get(step.node_id);
    if (step.step === "asked" || !request) {
      request = { node_id: step.node_id, endpoint: step.endpoint, bits: step.shared_bits, begin: step.at_ms, outcome: "asked", nodes: [], records: [] };
      requests.push(request);
      open.set(step.node_id, request);
    }
    if (step.step !== "asked") {
      open.delete(step.node_id);
      Object.assign(request, {
        end: step.at_ms, outcome: step.step, nodes: step.nodes ?? [], records: step.records ?? [], truncated: step.truncated, reason: step.reason,
      });
    }
  }
  return requests;
}

/** Returns how a request ended, in words. */
export function outcomeOf(request, isOver) {
  if (request.outcome === "asked") {
    return isOver ? "not waited for, as the lookup had ended" : "no answer yet";
  }
  if (request.outcome === "failed") {
    return `no answer: ${(request.reason ?? "failed").replaceAll("-", " ")}`;
  }
  const parts = [];
  if (request.records.length > 0) {
    parts.push(request.records.map((record) => `version ${record.seq_text ?? record.seq}`).join(", "));
  }
  parts.push(`${request.nodes.length} nodes`);
  return parts.join("; ") + (request.truncated ? "; truncated" : "");
}

function classOf(request) {
  return request.outcome === "answered" && request.records.length > 0 ? "step-records" : `step-${request.outcome === "failed" ? "timed_out" : request.outcome}`;
}

/** Returns the picture of these requests, as wide as this in pixels. The lookup took this long, if it is over. */
export function lookupPicture(requests, width, elapsed, isOver) {
  const longest = Math.max(1, elapsed, ...requests.map((request) => request.end ?? request.begin));
  // The publisher's own node shares all bits with its key; it is shown at the top, or all others would be at the bottom.
  const nearest = Math.max(4, ...requests.map((request) => request.bits).filter((bits) => bits < ITSELF));
  const most = nearest + (requests.some((request) => request.bits >= ITSELF) ? 1 : 0);
  const x = (time) => LEFT + (width - LEFT - RIGHT) * (time / longest);
  const y = (bits) => HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * (Math.min(bits, most) / most);
  const answered = requests.filter((request) => request.outcome === "answered").length;
  const picture = el("svg", {
    viewBox: `0 0 ${width} ${HEIGHT}`, role: "img",
    "aria-label": `${requests.length} requests, of which ${answered} were answered, in ${Math.round(longest)} ms; the table below has each`,
  });
  const step = Math.max(1, Math.ceil(most / 6));
  for (let bits = 0; bits <= nearest; bits += step) {
    picture.append(el("line", { x1: LEFT, x2: width - RIGHT, y1: y(bits), y2: y(bits), class: "grid" }),
      el("text", { x: LEFT - 6, y: y(bits) + 4, class: "axis", "text-anchor": "end" }, String(bits)));
  }
  const parts = Math.max(1, Math.min(4, Math.floor((width - LEFT - RIGHT) / MOMENT)));
  for (let part = 0; part <= parts; part += 1) {
    const time = (longest * part) / parts;
    picture.append(el("text", { x: x(time), y: HEIGHT - 6, class: "axis", "text-anchor": part === parts ? "end" : part === 0 ? "start" : "middle" },
      milliseconds(time)));
  }
  if (isOver) {
    // Answers that come later are shown, too.
    const isLate = x(elapsed) > width / 2;
    picture.append(el("line", { x1: x(elapsed), x2: x(elapsed), y1: 4, y2: HEIGHT - BOTTOM, class: "end-line" }),
      el("text", { x: x(elapsed) + (isLate ? -5 : 5), y: 14, class: "axis", "text-anchor": isLate ? "end" : "start" }, "the lookup ended"));
  }
  requests.forEach((request, index) => {
    // Nodes at the same distance are moved apart a little, by their order.
    const height = y(request.bits) + ((index % 5) - 2) * 2.5;
    const end = request.end ?? longest;
    picture.append(el("g", { class: classOf(request) },
      el("line", { x1: x(request.begin), x2: x(end), y1: height, y2: height, class: "request" }),
      el("circle", { cx: x(request.begin), cy: height, r: 2, class: "request-begin" }),
      el("circle", { cx: x(end), cy: height, r: 4, class: "request-end" }),
      el("title", {}, `${request.endpoint}: ${outcomeOf(request, isOver)}`)));
  });
  return picture;
}
