// Whether the node is well, and why not.

import { el, facts, fill, meter, number, say, seconds, table } from "../dom.js";
import { rateChart } from "../rate-chart.js";
import { HEALTH, plain } from "../words.js";

/** The kinds of records, as parts of all records. */
const KINDS = { sovereign: "endpoints and profiles", topic: "topic entries", mailbox: "notes", unknown: "of unknown types" };

/** Returns the sentence that an operator looks for first. */
function verdict(node) {
  if (!node.joined) {
    return ["bad", `Not joined: ${node.why_not ?? "no contact answers"}`];
  }
  if (node.connectivity_suspected) {
    return ["warning", "Joined, but no peer answers at present: this machine's network may be down"];
  }
  return ["good", `Joined: ${number(node.peers)} contacts answer`];
}

function reachability(nat) {
  if (nat.reachable === true) {
    return ["good", `Reachable from outside at ${nat.public_endpoint ?? "its own address"}`];
  }
  if (nat.reachable === false) {
    return ["bad", `Not reachable from outside (NAT: ${plain(nat.type)}); open the UDP port, or forward it`];
  }
  return ["warning", `Not known whether it is reachable from outside (NAT: ${plain(nat.type)})`];
}

function publications(counts) {
  if (counts.below > 0) {
    return ["warning", `${number(counts.below)} of ${number(counts.open)} publications have fewer replicas than wanted`];
  }
  return ["good", counts.open === 0 ? "It publishes nothing itself" : `All ${number(counts.open)} publications have their replicas`];
}

function line([state, text]) {
  return el("p", { class: `verdict ${state}` }, text);
}

/** Returns a card with a heading that is there before its numbers are, and the part that takes these. */
function card(name, heading, attributes = {}) {
  const body = el("div", attributes);
  return [el("section", { class: `card ${name.toLowerCase()}`, "aria-label": name }, el("h2", {}, heading), body), body];
}

/** Shows the view; returns what ends it. */
export function mount(root, parameters, context) {
  const [healthCard, health] = card("Health", "Is the node well?", { "aria-live": "polite" });
  const [contactCard, contacts] = card("Contacts", "Contacts");
  const [storeCard, store] = card("Store", "Records held for the network");
  const [refusedCard, refused] = card("Refused", "Refused");
  const [identityCard, identity] = card("Identity", "This node");
  const traffic = el("section", { class: "card traffic", "aria-label": "Traffic" });
  const chart = rateChart(traffic);
  fill(root, el("div", { class: "cards" }, healthCard, contactCard, storeCard, refusedCard, traffic, identityCard));
  const upFor = el("span", {});
  let spoken = "";
  let named = "";

  function show(node) {
    const lines = [verdict(node), reachability(node.nat), publications(node.publication_counts)];
    const now = JSON.stringify(lines);
    if (now !== spoken) {
      spoken = now;
      fill(health, lines.map(line));
    }
    fill(contacts,
      Object.entries(HEALTH).map(([name, text]) => meter(text, node.health[name] ?? 0, node.contacts, name)),
      facts([["in the routing table", number(node.contacts)], ["nodes in the network, estimated", number(node.network_size)]]));
    const limited = node.store.filter((part) => !(part.name in KINDS));
    fill(store, limited.map((part) => meter(plain(part.name), part.used, part.limit)),
      facts(node.store.filter((part) => part.name in KINDS).map((part) => [KINDS[part.name], number(part.used)])));
    const attacked = node.refused.filter((row) => row.per_second >= 1);
    fill(refused,
      line(attacked.length === 0 ? ["good", "Nothing is refused more than once a second"]
        : ["warning", `Refusing ${attacked.map((row) => `${plain(row.reason)} (${number(Math.round(row.per_second))} a second)`).join(", ")}`]),
      node.refused.length === 0 ? null : table("Datagrams refused, by reason", ["reason", "a second", "in all"],
        node.refused.map((row) => [plain(row.reason), row.per_second.toFixed(1), number(row.total)])));
    identify(node);
  }

  /** Text that can be copied stays as it is while it is the same. */
  function identify(node) {
    say(upFor, seconds(node.uptime_seconds));
    if (named !== node.node_id + node.listen) {
      named = node.node_id + node.listen;
      fill(identity, facts([
        ["address", el("code", {}, node.address)], ["NodeID", el("code", {}, node.node_id)], ["listens at", node.listen],
        ["version", node.version], ["up for", upFor],
      ]));
    }
  }

  const end = context.live("node,history", (type, data) => {
    if (type === "node") {
      show(data);
    } else if (type === "history") {
      chart.begin(data);
    } else if (type === "point") {
      chart.add(data);
    }
  });
  return () => {
    end();
    chart.end();
  };
}
