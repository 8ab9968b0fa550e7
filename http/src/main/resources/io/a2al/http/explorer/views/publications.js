// What this node keeps published, with the replicas of each.

import { get, hasToken, send } from "../api.js";
import { el, facts, fill, say, seconds, short, table } from "../dom.js";
import { ringPicture } from "../ring-picture.js";
import { rank, recordType, REPLICA, titleOf } from "../words.js";

/** Members that change every second. */
const TICKING = new Set(["next_renewal_seconds", "confirmed_seconds_ago"]);

/** Texts that change every second, by the ids of what they tell about. */
const TEXTS = {
  renewal(all, id) {
    const left = all.find((publication) => publication.id === id)?.next_renewal_seconds ?? null;
    return left === null ? "–" : seconds(left);
  },
  confirmed(all, ids) {
    const [id, node] = ids.split(" ");
    const age = all.find((publication) => publication.id === id)?.holders.find((holder) => holder.node_id === node)?.confirmed_seconds_ago ?? null;
    return age === null ? "never" : `${seconds(age)} ago`;
  },
};

/** Shows the view; returns what ends it. */
export function mount(root, parameters, context) {
  const list = el("div", {});
  const one = el("section", { class: "card", "aria-label": "Publication", hidden: true });
  const message = el("p", { class: "message", role: "status" });
  fill(root, message, el("div", { class: "chooser" }, list, one));
  let chosen = parameters.get("id");
  let all = [];
  let seen = "";

  function choose(id) {
    chosen = id;
    context.note("publications", { id });
    show();
  }

  async function end(publication) {
    const title = titleOf(publication);
    try {
      if (!hasToken()) {
        await context.askForToken(`Ending ${title} changes what the network holds.`);
      }
      await send("DELETE", `v1/publications/${encodeURIComponent(publication.id)}`);
      message.textContent = `${title} is ended; other nodes' copies expire within the hour.`;
      await load();
    } catch (problem) {
      message.textContent = problem.message;
    }
  }

  function show() {
    fill(list, all.length === 0
      ? el("p", {}, "This node publishes nothing. a2al publish, or POST /v1/publications, makes one.")
      : table(`Publications (${all.length})`, ["publication", "replicas", "next renewal in", "record", "version", "kept over restarts"],
        all.map((publication) => [
          el("button", { class: "link", "aria-pressed": publication.id === chosen, "data-id": publication.id, onclick: () => choose(publication.id) }, titleOf(publication)),
          el("span", { class: publication.replicas < publication.wanted ? "bad" : "good" }, `${publication.replicas} of ${publication.wanted}`),
          ticking("renewal", publication.id),
          recordType(publication.record_type),
          String(publication.seq_text ?? publication.seq),
          publication.kept ? "yes" : "no",
        ])));
    const publication = all.find((candidate) => candidate.id === chosen);
    one.hidden = all.length === 0;
    fill(one, publication ? details(publication) : el("p", {}, "Choose a publication to see its replicas."));
  }

  /** Returns a text that changes every second, so that what is around it can stay. */
  function ticking(name, id) {
    return el("span", { [`data-${name}`]: id }, TEXTS[name](all, id));
  }

  function tick() {
    for (const name of Object.keys(TEXTS)) {
      root.querySelectorAll(`[data-${name}]`).forEach((shown) => say(shown, TEXTS[name](all, shown.dataset[name])));
    }
  }

  /** Returns what the record says. */
  function content(publication) {
    if (publication.endpoints) {
      return ["endpoints", publication.endpoints.join(", ")];
    }
    return publication.topic === undefined ? ["name", publication.name ?? "–"] : ["topic", publication.topic];
  }

  function details(publication) {
    const holders = [...publication.holders].sort((a, b) => rank(REPLICA, a.condition) - rank(REPLICA, b.condition));
    const points = holders.map((holder) => ({
      id: holder.node_id, class: `replica-${holder.condition}`, size: 6, holder,
      label: `${holder.endpoint}, ${REPLICA[holder.condition] ?? holder.condition}`,
    }));
    const title = titleOf(publication);
    return el("div", {}, el("h2", {}, title),
      el("div", { class: "two" },
        el("div", { class: "picture" },
          ringPicture({ label: `Replicas of ${title} on the ring`, points, marks: [{ id: publication.key, text: "key" }] })),
        el("div", {},
          facts([
            content(publication),
            ["key", short(publication.key, 24)],
            ["replicas", `${publication.replicas} of ${publication.wanted}`],
            ["valid for", seconds(publication.ttl_seconds)],
            ["next renewal in", ticking("renewal", publication.id)],
          ]),
          publication.warnings.length === 0 ? null : el("ul", { class: "warnings" }, publication.warnings.map((warning) => el("li", {}, warning))),
          el("p", {}, el("button", { onclick: () => end(publication) }, "End this publication")),
          table("Replicas", ["node", "NodeID", "condition", "confirmed"],
            holders.map((holder) => [holder.endpoint, short(holder.node_id), REPLICA[holder.condition] ?? holder.condition,
              ticking("confirmed", `${publication.id} ${holder.node_id}`)])))));
  }

  async function load() {
    all = (await get("v1/publications")).publications;
    show();
  }

  return context.live("publications", (type, data) => {
    if (type === "publications") {
      all = data.publications;
      // A button or point that has the focus keeps it as long as the publications and their holders are the same.
      const now = JSON.stringify(all, (name, value) => (TICKING.has(name) ? undefined : value));
      if (now === seen) {
        tick();
      } else {
        seen = now;
        const focused = document.activeElement?.dataset.id;
        show();
        [...list.querySelectorAll("button")].find((button) => button.dataset.id === focused)?.focus();
      }
    }
  });
}
