// What this node keeps published, with the replicas of each.

import { get, hasToken, send } from "../api.js";
import { el, facts, fill, number, seconds, short, table } from "../dom.js";
import { ringPicture } from "../ring-picture.js";

/** Shows the view; returns what ends it. */
export function mount(root, parameters, context) {
  const list = el("div", {});
  const one = el("div", { class: "card", "aria-live": "polite" });
  const message = el("p", { class: "message", role: "status" });
  fill(root, message, list, one);
  let chosen = parameters.get("id");
  let all = [];

  function choose(id) {
    chosen = id;
    context.note("publications", { id });
    show();
  }

  async function end(id) {
    try {
      if (!hasToken()) {
        await context.askForToken(`Ending ${id} changes what the network holds.`);
      }
      await send("DELETE", `v1/publications/${encodeURIComponent(id)}`);
      message.textContent = `${id} is ended; other nodes' copies expire within the hour.`;
      await load();
    } catch (problem) {
      message.textContent = problem.message;
    }
  }

  function show() {
    fill(list, all.length === 0
      ? el("p", {}, "This node publishes nothing. a2al publish, or POST /v1/publications, makes one.")
      : table(`Publications (${all.length})`, ["publication", "replicas", "record", "kept over restarts"],
        all.map((publication) => [
          el("button", { class: "link", "aria-pressed": publication.id === chosen, onclick: () => choose(publication.id) }, publication.id),
          el("span", { class: publication.replicas < publication.wanted ? "bad" : "good" }, `${publication.replicas} of ${publication.wanted}`),
          `type ${publication.record_type}, version ${publication.seq_text ?? publication.seq}`,
          publication.kept ? "yes" : "no",
        ])));
    const publication = all.find((candidate) => candidate.id === chosen);
    fill(one, publication ? details(publication) : el("p", {}, "Choose a publication to see its replicas."));
  }

  function details(publication) {
    const points = publication.holders.map((holder) => ({
      id: holder.node_id, class: `replica-${holder.condition}`, size: 6, holder,
      label: `${holder.endpoint}, ${holder.condition}, confirmed ${seconds(holder.confirmed_seconds_ago)} ago`,
    }));
    return el("div", {}, el("h2", {}, publication.id),
      el("div", { class: "two" },
        ringPicture({ label: `Replicas of ${publication.id} on the ring`, points, marks: [{ id: publication.key, text: "key" }] }),
        el("div", {},
          facts([
            ["key", short(publication.key, 24)],
            ["replicas", `${publication.replicas} of ${publication.wanted}`],
            ["valid for", seconds(publication.ttl_seconds)],
            ["next renewal", publication.next_renewal_seconds === undefined ? "–" : `in ${seconds(publication.next_renewal_seconds)}`],
          ]),
          publication.warnings.length === 0 ? null : el("ul", { class: "warnings" }, publication.warnings.map((warning) => el("li", {}, warning))),
          el("button", { onclick: () => end(publication.id) }, "End this publication"))),
      table("Replicas", ["node", "NodeID", "condition", "confirmed"],
        publication.holders.map((holder) => [holder.endpoint, short(holder.node_id), holder.condition,
          holder.confirmed_seconds_ago === null ? "never" : `${number(holder.confirmed_seconds_ago)} s ago`])));
  }

  async function load() {
    all = (await get("v1/publications")).publications;
    show();
  }

  return context.live("publications", (type, data) => {
    if (type === "publications") {
      all = data.publications;
      // A button that has the focus keeps it as long as the list is the same.
      const now = JSON.stringify(all);
      if (now !== root.dataset.seen) {
        root.dataset.seen = now;
        const focused = document.activeElement?.textContent;
        show();
        [...list.querySelectorAll("button")].find((button) => button.textContent === focused)?.focus();
      }
    }
  });
}
