// Requests to the node that served this page. Streams are read with fetch, as an EventSource cannot carry the token.

const TOKEN = "a2al-token";
const RETRY_MS = 1000;
const LONGEST_RETRY_MS = 15000;

/** A failure that the node told, or that it was not reached. */
export class ApiError extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

/** Remembers the token until the tab is closed. */
export function rememberToken(token) {
  if (token) {
    sessionStorage.setItem(TOKEN, token);
  } else {
    sessionStorage.removeItem(TOKEN);
  }
}

/** Returns true if a token was given in this tab. */
export function hasToken() {
  return sessionStorage.getItem(TOKEN) !== null;
}

function headers(more) {
  const token = sessionStorage.getItem(TOKEN);
  return token ? { ...more, Authorization: `Bearer ${token}` } : more;
}

async function failure(response) {
  const text = await response.text();
  try {
    return new ApiError(JSON.parse(text).error ?? text, response.status);
  } catch {
    return new ApiError(text || `status ${response.status}`, response.status);
  }
}

async function ask(path, options) {
  let response;
  try {
    response = await fetch(path, { cache: "no-store", ...options });
  } catch (problem) {
    if (problem.name === "AbortError") {
      throw problem;
    }
    throw new ApiError("the node does not answer; is it running?", 0);
  }
  if (response.status === 401) {
    // A wrong token must not keep the page from asking for the right one.
    rememberToken("");
  }
  if (!response.ok) {
    throw await failure(response);
  }
  return response;
}

/** Returns the JSON at a path. */
export async function get(path, signal) {
  return (await ask(path, { headers: headers({ Accept: "application/json" }), signal })).json();
}

/** Sends JSON and returns the JSON of the answer. */
export async function send(method, path, body) {
  const options = { method, headers: headers({ Accept: "application/json" }) };
  if (body !== undefined) {
    options.headers["Content-Type"] = "application/json";
    options.body = JSON.stringify(body);
  }
  return (await ask(path, options)).json();
}

/** Reads the events of one answer until it ends; returns the id of the last one. */
async function readEvents(response, onEvent) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  let last = null;
  for (;;) {
    const { value, done } = await reader.read();
    if (done) {
      return last;
    }
    const blocks = (rest + value).split("\n\n");
    rest = blocks.pop();
    for (const block of blocks) {
      const event = { type: "message", data: "" };
      for (const line of block.split("\n")) {
        const colon = line.indexOf(":");
        const text = line.slice(colon + 1).replace(/^ /, "");
        if (line.startsWith("event:")) {
          event.type = text;
        } else if (line.startsWith("data:")) {
          event.data += text;
        } else if (line.startsWith("id:")) {
          last = text;
        }
      }
      if (event.data) {
        onEvent(event.type, JSON.parse(event.data));
      }
    }
  }
}

/** Sends JSON and passes on the events of the answer, until it ends. */
export async function sendForEvents(path, body, onEvent, signal) {
  const response = await ask(path, {
    method: "POST",
    headers: headers({ Accept: "text/event-stream", "Content-Type": "application/json" }),
    body: JSON.stringify(body),
    signal,
  });
  await readEvents(response, onEvent);
}

/**
 * Passes on the events of a path, and connects again when the stream ends. Returns what ends it.
 * onState is told "live", "connecting", or the failure that another try cannot mend.
 */
export function follow(path, onEvent, onState) {
  const ended = new AbortController();
  const run = async () => {
    let wait = RETRY_MS;
    let last = null;
    while (!ended.signal.aborted) {
      try {
        const more = last === null ? {} : { "Last-Event-ID": last };
        const response = await ask(path, { headers: headers({ Accept: "text/event-stream", ...more }), signal: ended.signal });
        onState("live");
        wait = RETRY_MS;
        last = (await readEvents(response, onEvent)) ?? last;
      } catch (problem) {
        if (ended.signal.aborted) {
          return;
        }
        if (problem.status >= 400 && problem.status < 500) {
          onState(problem);
          return;
        }
      }
      onState("connecting");
      await new Promise((resolve) => { setTimeout(resolve, wait); });
      wait = Math.min(2 * wait, LONGEST_RETRY_MS);
    }
  };
  run();
  return () => ended.abort();
}
