// The identifier space with this node, its buckets, and its contacts.

import { el, facts, fill, milliseconds, number, seconds, short, table } from "../dom.js";
import { ringPicture, sizeOfRoundTrip } from "../ring-picture.js";
import { HEALTH } from "../words.js";

function describe(peer) {
  return `${peer.endpoint}, bucket ${peer.bucket}, ${HEALTH[peer.health] ?? peer.health}, round trip ${milliseconds(peer.round_trip_ms)}`;
}

/** Shows the view; returns what ends it. */
export function mount(root, parameters, context) {
  const picture = el("div", { class: "picture" });
  const chosen = el("section", { class: "card", "aria-live": "polite", "aria-label": "Chosen contact" },
    el("h2", {}, "Contacts"), el("p", {}, "Point at a contact, or walk along them with the arrow keys."));
  const list = el("div", {});
  fill(root, el("div", { class: "beside" }, el("div", { class: "pictured" }, picture, el("div", {}, legend(), chosen)), list));
  let self = null;
  let known = "";

  function pick(point) {
    const { peer } = point;
    context.note("ring", { node: peer.node_id });
    fill(chosen, el("h2", {}, peer.endpoint), facts([
      ["NodeID", short(peer.node_id, 24)],
      ["address", peer.address],
      ["network", peer.network ?? "–"],
      ["bucket", number(peer.bucket)],
      ["health", HEALTH[peer.health] ?? peer.health],
      ["round trip", milliseconds(peer.round_trip_ms)],
      ["last heard", peer.last_heard_seconds_ago === undefined ? "–" : `${seconds(peer.last_heard_seconds_ago)} ago`],
    ]));
  }

  function draw(peers) {
    const points = peers.map((peer) => ({
      id: peer.node_id, class: `health-${peer.health}`, size: sizeOfRoundTrip(peer.round_trip_ms), label: describe(peer), peer,
    }));
    points.sort((a, b) => (a.id < b.id ? -1 : 1));
    fill(picture, ringPicture({
      label: `Identifier space with ${points.length} contacts; the arrow keys walk along them`,
      self: self.node_id, points, marks: [{ id: self.node_id, text: "this node", class: "self" }], onPick: pick,
    }));
    fill(list, table(`Contacts in the routing table (${points.length})`,
      ["endpoint", "NodeID", "bucket", "health", "round trip"],
      peers.map((peer) => [peer.endpoint, short(peer.node_id), number(peer.bucket), HEALTH[peer.health] ?? peer.health, milliseconds(peer.round_trip_ms)])));
    const linked = points.find((point) => point.id === parameters.get("node"));
    if (linked && known === "") {
      pick(linked);
    }
  }

  return context.live("node,peers", (type, data) => {
    if (type === "node") {
      self = data;
    } else if (type === "peers" && self) {
      // A picture that is drawn anew would take the focus away from a reader with a keyboard.
      const now = JSON.stringify(data.peers.map((peer) => [peer.node_id, peer.health]));
      if (now !== known) {
        draw(data.peers);
        known = now;
      }
    }
  });
}

function legend() {
  return el("ul", { class: "legend" },
    Object.entries(HEALTH).map(([health, text]) => el("li", {}, el("span", { class: `key health-${health}` }), text)),
    el("li", {}, el("span", { class: "key bucket-key" }), "buckets, each half as wide as the one before"),
    el("li", {}, "A larger point has a shorter round trip."));
}
