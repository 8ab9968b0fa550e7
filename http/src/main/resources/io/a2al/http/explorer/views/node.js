// Whether the node is well, and why not.

import { el, facts, fill, meter, number, seconds, table } from "../dom.js";
import { rateChart } from "../rate-chart.js";

const MEANING = { good: "answer", unknown: "not asked lately", bad: "do not answer" };

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
    return ["bad", `Not reachable from outside (NAT: ${nat.type.replaceAll("-", " ")}); open the UDP port, or forward it`];
  }
  return ["warning", `Not known whether it is reachable from outside (NAT: ${nat.type.replaceAll("-", " ")})`];
}

function line([state, text]) {
  return el("p", { class: `verdict ${state}` }, text);
}

/** Shows the view; returns what ends it. */
export function mount(root, parameters, context) {
  const health = el("section", { class: "card", "aria-label": "Health", "aria-live": "polite" });
  const contacts = el("section", { class: "card", "aria-label": "Contacts" });
  const store = el("section", { class: "card", "aria-label": "Store" });
  const refused = el("section", { class: "card", "aria-label": "Refused" });
  const identity = el("section", { class: "card", "aria-label": "Identity" });
  const traffic = el("section", { class: "card wide", "aria-label": "Traffic" });
  const chart = rateChart(traffic);
  fill(root, el("div", { class: "cards" }, health, contacts, traffic, store, refused, identity));
  let spoken = "";

  function show(node) {
    const lines = [verdict(node), reachability(node.nat), publications(node.publication_counts)];
    const now = JSON.stringify(lines);
    if (now !== spoken) {
      spoken = now;
      fill(health, el("h2", {}, "Is the node well?"), lines.map(line));
    }
    fill(contacts, el("h2", {}, "Contacts"),
      Object.entries(node.health).map(([name, count]) => meter(MEANING[name] ?? name, count, Math.max(1, node.contacts), false)),
      facts([["in the routing table", number(node.contacts)], ["nodes in the network, estimated", number(node.network_size)]]));
    fill(store, el("h2", {}, "Records held for the network"),
      node.store.map((part) => meter(part.name.replaceAll("-", " "), part.used, part.limit)));
    const attacked = node.refused.filter((row) => row.per_second >= 1);
    fill(refused, el("h2", {}, "Refused"),
      line(attacked.length === 0 ? ["good", "Nothing is refused more than once a second"]
        : ["warning", `Refusing ${attacked.map((row) => `${row.reason.replaceAll("-", " ")} (${number(Math.round(row.per_second))} a second)`).join(", ")}`]),
      table("Datagrams refused, by reason", ["reason", "a second", "in all"],
        node.refused.map((row) => [row.reason.replaceAll("-", " "), row.per_second.toFixed(1), number(row.total)])));
    fill(identity, el("h2", {}, "This node"), facts([
      ["address", node.address], ["NodeID", el("code", {}, node.node_id)], ["listens at", node.listen],
      ["version", node.version], ["up for", seconds(node.uptime_seconds)],
    ]));
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

function publications(counts) {
  if (counts.below > 0) {
    return ["warning", `${number(counts.below)} of ${number(counts.open)} publications have fewer replicas than wanted`];
  }
  return ["good", counts.open === 0 ? "It publishes nothing itself" : `All ${number(counts.open)} publications have their replicas`];
}
