// Shows the view that the address names, such as #/lookup?address=…, so that each can be linked and reloaded.

import { ApiError, follow, rememberToken } from "./api.js";
import { el, fill, say } from "./dom.js";

const ALL = {
  node: { title: "Node", load: () => import("./views/node.js") },
  ring: { title: "Ring", load: () => import("./views/ring.js") },
  lookup: { title: "Lookup", load: () => import("./views/lookup.js") },
  topics: { title: "Topics", load: () => import("./views/topics.js") },
  publications: { title: "Publications", load: () => import("./views/publications.js") },
  inspector: { title: "Inspector", load: () => import("./views/inspector.js") },
  simulation: { title: "Simulation", load: () => import("./views/simulation.js") },
};

// The server of a simulation has no node to show.
const only = document.documentElement.dataset.only;
const VIEWS = only ? { [only]: ALL[only] } : ALL;
const FIRST = Object.keys(VIEWS)[0];

const content = document.getElementById("content");
const state = document.getElementById("connection");
const dialog = document.getElementById("token-dialog");
let leave = () => {};
let shown = 0;

/** Reads the address of the page: the name of the view, and its parameters. */
function place() {
  const [name, query = ""] = location.hash.replace(/^#\/?/, "").split("?");
  return { name: name in VIEWS ? name : FIRST, parameters: new URLSearchParams(query) };
}

/** Changes the address of the page without another entry in the history. */
function note(name, parameters) {
  const query = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value)).toString();
  history.replaceState(null, "", `#/${name}${query ? `?${query}` : ""}`);
}

const context = {
  note,
  connection,
  /** Follows live data of the node while the view is shown. */
  live(views, onEvent) {
    return follow(`v1/live?views=${views}`, onEvent, connection);
  },
  askForToken,
};

function connection(what) {
  if (what instanceof ApiError) {
    say(state, what.status === 401 ? "token needed" : what.message);
    state.dataset.state = "bad";
    if (what.status === 401) {
      askForToken(what.message).then(show, () => {});
    }
  } else {
    say(state, what);
    state.dataset.state = what === "live" ? "good" : "waiting";
  }
}

/** Asks for the token once; the promise is kept when it is given, and broken if it is not. */
function askForToken(reason) {
  return new Promise((resolve, reject) => {
    const input = el("input", { type: "password", autocomplete: "off", required: true, id: "token" });
    const form = el("form", { method: "dialog" },
      el("h2", { id: "token-title" }, "Token"),
      el("p", {}, reason),
      el("p", {}, "It is in the file api.token of the node's data directory. It is forgotten when the tab is closed."),
      el("label", { for: "token" }, "Token"), input,
      el("p", { class: "buttons" },
        el("button", { value: "cancel", formnovalidate: true }, "Cancel"),
        el("button", { value: "use", class: "primary" }, "Use token")));
    fill(dialog, form);
    dialog.onclose = () => {
      if (dialog.returnValue === "use" && input.value) {
        rememberToken(input.value.trim());
        resolve();
      } else {
        reject(new ApiError("no token was given", 401));
      }
    };
    dialog.showModal();
  });
}

async function show() {
  const { name, parameters } = place();
  shown += 1;
  const turn = shown;
  leave();
  leave = () => {};
  say(state, "");
  delete state.dataset.state;
  for (const link of document.querySelectorAll("#views a")) {
    link.toggleAttribute("aria-current", link.dataset.view === name);
  }
  document.title = `${VIEWS[name].title} – A2AL explorer`;
  const view = await VIEWS[name].load();
  if (turn !== shown) {
    return;
  }
  const root = el("div", { class: `view ${name}` });
  fill(content, el("h1", {}, VIEWS[name].title), root);
  leave = view.mount(root, parameters, context) ?? (() => {});
}

fill(document.getElementById("views"), el("ul", {},
  Object.entries(VIEWS).map(([name, view]) => el("li", {}, el("a", { href: `#/${name}`, "data-view": name }, view.title)))));
addEventListener("hashchange", () => show().then(() => content.focus({ preventScroll: true })));
show();
