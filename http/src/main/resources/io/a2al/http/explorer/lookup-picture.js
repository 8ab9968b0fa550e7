// A lookup as a picture: time to the right, nearness to the key upwards, a bar for each request.

import { el } from "./dom.js";

const WIDTH = 640;
const HEIGHT = 300;
const LEFT = 48;
const RIGHT = 12;
const BOTTOM = 34;
const TOP = 12;

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
export function outcomeOf(request) {
  if (request.outcome === "asked") {
    return "no answer yet";
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

/** Returns the picture of these requests. */
export function lookupPicture(requests, elapsed) {
  const longest = Math.max(1, elapsed, ...requests.map((request) => request.end ?? request.begin));
  // The publisher's own node shares all bits with its key; it is shown at the top, or all others would be at the bottom.
  const nearest = Math.max(4, ...requests.map((request) => request.bits).filter((bits) => bits < ITSELF));
  const most = nearest + (requests.some((request) => request.bits >= ITSELF) ? 1 : 0);
  const x = (time) => LEFT + (WIDTH - LEFT - RIGHT) * (time / longest);
  const y = (bits) => HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * (Math.min(bits, most) / most);
  const answered = requests.filter((request) => request.outcome === "answered").length;
  const picture = el("svg", {
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "timeline", role: "img",
    "aria-label": `${requests.length} requests, of which ${answered} were answered, in ${Math.round(longest)} ms; the table below has each`,
  });
  const step = Math.max(1, Math.ceil(most / 6));
  for (let bits = 0; bits <= nearest; bits += step) {
    picture.append(el("line", { x1: LEFT, x2: WIDTH - RIGHT, y1: y(bits), y2: y(bits), class: "grid" }),
      el("text", { x: LEFT - 6, y: y(bits) + 4, class: "axis", "text-anchor": "end" }, String(bits)));
  }
  for (let part = 0; part <= 4; part += 1) {
    const time = (longest * part) / 4;
    picture.append(el("text", { x: x(time), y: HEIGHT - BOTTOM + 14, class: "axis", "text-anchor": part === 4 ? "end" : "middle" }, `${Math.round(time)} ms`));
  }
  picture.append(el("text", { x: LEFT, y: HEIGHT - 4, class: "axis" }, "time since the lookup began →   upwards: leading bits that the NodeID shares with the key"));
  requests.forEach((request, index) => {
    // Nodes at the same distance are moved apart a little, by their order.
    const height = y(request.bits) + ((index % 5) - 2) * 2.5;
    const end = request.end ?? longest;
    picture.append(el("g", { class: classOf(request) },
      el("line", { x1: x(request.begin), x2: x(end), y1: height, y2: height, class: "request" }),
      el("circle", { cx: x(request.begin), cy: height, r: 2, class: "request-begin" }),
      el("circle", { cx: x(end), cy: height, r: 4, class: "request-end" }),
      el("title", {}, `${request.endpoint}: ${outcomeOf(request)}`)));
  });
  return picture;
}
