// A simulated network over time: live from a2al sim --serve, or from the file that a2al sim --film wrote.

import { follow } from "../api.js";
import { el, facts, fileButton, fill, number, onWidth, say } from "../dom.js";
import { Film, readFilm } from "../film.js";
import { Stage } from "../stage.js";

const SPEEDS = [1, 10, 60, 300, 1200];
const USUAL_SPEED = 60;

/** Numbers that change more often could not be read. */
const TELL_EVERY_MS = 200;

/** A line about an event: the time in seconds, the participant, and what happened. */
const EVENT = /^\s*(\d+(?:\.\d+)?)\s+(\S+)\s+(.*)$/;

/** What is told of a moment: its name, and its value in a frame. */
const NUMBERS = [
  ["phase", (film, counts, frame, index) => film.phaseAt(index)],
  ["up", (film, counts) => number(counts.up)],
  ["joining", (film, counts) => number(counts.joining)],
  ["in the other half of a split network", (film, counts) => number(counts.second)],
  ["asleep", (film, counts) => number(counts.asleep)],
  ["attackers", (film, counts) => number(counts.hostile)],
  ["off", (film, counts) => number(counts.off)],
  ["lookups, right", (film, counts, frame) => `${number(frame.right)} of ${number(frame.right + frame.wrong)}`],
  ["datagrams, lost", (film, counts, frame) => `${number(frame.lost)} of ${number(frame.datagrams)}`],
];

function clock(seconds) {
  const whole = Math.floor(seconds);
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return parts.map((part) => String(part).padStart(2, "0")).join(":");
}

/** Shows the view; returns what ends it. */
export function mount(root, parameters, context) {
  const dots = el("canvas", { role: "img", "aria-label": "Participants on the identifier space" });
  const lines = el("canvas", { "aria-hidden": true });
  const scene = el("div", { class: "stage" }, dots, lines);
  const slider = el("input", { type: "range", min: 0, max: 0, value: 0, step: 1, "aria-label": "Virtual time" });
  const play = el("button", { class: "primary" }, "Pause");
  const speed = el("select", { "aria-label": "Speed" }, SPEEDS.map((factor) => el("option", { value: factor }, `${factor} × as fast`)));
  const time = el("output", { class: "number time" });
  const rate = el("output", { class: "number rate" });
  const span = el("p", { class: "note" });
  const numbers = facts(NUMBERS.map(([name]) => [name, "–"]));
  const values = [...numbers.querySelectorAll("dd")];
  const marks = el("ol", { class: "marks" });
  const checks = el("section", { class: "card", "aria-live": "polite", "aria-label": "Checks" });
  const about = el("p", { class: "message", role: "status" }, "Waiting for a simulation …");
  const theatre = el("div", { class: "theatre", hidden: true },
    el("div", {}, scene, el("div", { class: "controls" }, play, slider, time, speed, rate), legend()),
    el("div", { class: "stack" },
      el("section", { class: "card", "aria-label": "Numbers" }, el("h2", {}, "Now"), numbers, span),
      el("section", { class: "card", "aria-label": "Phases and faults" }, el("h2", {}, "Phases and faults"),
        el("div", { class: "scroll marks-box", tabindex: 0, role: "region", "aria-label": "Phases and faults in order" }, marks)),
      checks));
  fill(root, el("div", { class: "bar" }, about, fileButton("Open a film …", ".json,.jsonl,.film", openFile)), theatre);
  speed.value = USUAL_SPEED;
  const stage = new Stage(dots, lines);
  let film = null;
  let playing = true;
  let position = 0;
  let index = -1;
  let before = performance.now();
  let drawn = 0;
  let since = before;
  let animation = 0;
  let toldAt = 0;
  let toldIndex = -1;

  function begin(made) {
    film = made;
    position = Number(parameters.get("at") ?? 0);
    // A moment that is linked is shown, not played on from.
    setPlaying(!parameters.has("at"));
    index = -1;
    toldIndex = -1;
    stage.clear();
    say(about, film.header.command);
    theatre.hidden = false;
    showMarks();
    showChecks();
  }

  function showMarks() {
    fill(marks, film.marks().map((mark) => el("li", { class: mark.isFault ? "fault" : "phase" },
      jump(`${clock(mark.at)} ${mark.text}`, mark.at))));
  }

  function jump(text, seconds) {
    return el("button", { class: "link", onclick: () => goTo(seconds) }, text);
  }

  function goTo(seconds, more = {}) {
    position = seconds;
    setPlaying(false);
    context.note("simulation", { at: Math.round(seconds), ...more });
  }

  function setPlaying(value) {
    playing = value;
    say(play, playing ? "Pause" : "Play");
  }

  function tick(now) {
    animation = requestAnimationFrame(tick);
    const passed = Math.min(250, now - before);
    before = now;
    if (!film || film.frames.length === 0) {
      return;
    }
    const last = film.frames.length - 1;
    if (playing) {
      position = Math.min(film.timeOf(last), position + (passed / 1000) * Number(speed.value));
    }
    const target = film.frameAt(position);
    if (target !== index) {
      for (let i = Math.max(index + 1, target - 3); i <= target; i += 1) {
        stage.show(film.frames[i]);
      }
      film.seek(target);
      index = target;
    }
    stage.draw(film);
    drawn += playing ? 1 : 0;
    if (index !== toldIndex && now - toldAt >= TELL_EVERY_MS) {
      toldAt = now;
      toldIndex = index;
      tell(last);
    }
    if (now - since >= 1000) {
      say(rate, drawn === 0 ? "" : `${Math.round((drawn * 1000) / (now - since))} pictures a second`);
      drawn = 0;
      since = now;
    }
  }

  function tell(last) {
    const counts = film.counts();
    const frame = film.frames[index];
    NUMBERS.forEach(([, value], row) => say(values[row], value(film, counts, frame, index)));
    say(span, `Lookups and datagrams are those of the ${number(Math.round((frame.at - (index === 0 ? 0 : film.timeOf(index - 1))) * 10) / 10)} s before.`);
    slider.max = last;
    slider.value = index;
    slider.setAttribute("aria-valuetext", clock(film.timeOf(index)));
    say(time, `${clock(film.timeOf(index))} of ${clock(film.header.seconds)}`);
    dots.setAttribute("aria-label", `Participants on the identifier space: ${counts.up + counts.joining} up, ${counts.off} off, ${counts.hostile} attackers`);
  }

  function showChecks() {
    const violation = film?.end?.violation;
    if (!film?.end) {
      fill(checks, el("h2", {}, "Checks"), el("p", {}, "The run goes on; no check has failed so far."));
    } else if (!violation) {
      fill(checks, el("h2", {}, "Checks"), el("p", { class: "good" }, "All checks held."));
    } else {
      fill(checks, el("h2", {}, "Checks"), failure(violation));
    }
  }

  /** A failed check, which opens to the events that led to it, and shows where they happened. */
  function failure(violation) {
    const made = el("details", { class: "failure" },
      el("summary", { class: "bad" }, `${violation.check} failed at ${clock(violation.at_seconds)}`),
      el("p", {}, violation.message),
      el("ul", { class: "participants", "aria-label": "Participants" }, violation.nodes.map((node) => el("li", {}, node))),
      el("h3", {}, `What led to it: the last ${number(violation.events.length)} events of these participants`),
      el("div", { class: "scroll events", tabindex: 0, role: "region", "aria-label": "Events" },
        el("ol", {}, violation.events.map((line) => el("li", {}, eventOf(line))))));
    made.addEventListener("toggle", () => {
      if (made.open) {
        stage.choose(violation.participants);
        goTo(violation.at_seconds, { check: violation.check });
        // The last event is the one before the failure.
        made.lastChild.scrollTop = made.lastChild.scrollHeight;
      } else {
        stage.choose([]);
      }
    });
    made.open = parameters.get("check") === violation.check;
    return made;
  }

  function eventOf(line) {
    const [, seconds, who, what] = EVENT.exec(line) ?? [];
    return what === undefined ? line : [jump(clock(Number(seconds)), Number(seconds)), ` ${who} ${what}`];
  }

  function openFile(text) {
    try {
      begin(readFilm(text));
    } catch (problem) {
      say(about, problem.message);
    }
  }

  play.addEventListener("click", () => setPlaying(!playing));
  slider.addEventListener("input", () => goTo(film ? film.timeOf(Number(slider.value)) : 0));
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  const recolour = () => stage.recolour();
  scheme.addEventListener("change", recolour);
  const endWidth = onWidth(scene, (width) => stage.resize(width));
  const end = follow("sim/film", (type, data) => {
    if (type === "header") {
      begin(new Film(data));
    } else if (type === "frame" && film) {
      film.add(data);
      if (data.faults.length > 0) {
        showMarks();
      }
    } else if (type === "end" && film) {
      film.end = data.end;
      showChecks();
    }
  }, (state) => {
    if (state.status === 404) {
      say(about, "No simulation runs here. Run a2al sim --serve, or open a film that a2al sim --film FILE wrote.");
    } else {
      context.connection(state);
    }
  });
  animation = requestAnimationFrame(tick);
  return () => {
    end();
    endWidth();
    cancelAnimationFrame(animation);
    scheme.removeEventListener("change", recolour);
  };
}

function legend() {
  return el("ul", { class: "legend" },
    [["up", "up"], ["joining", "joining"], ["second", "in the other half of a split network"], ["asleep", "asleep"], ["hostile", "attacker"],
      ["right", "lookup, right"], ["wrong", "lookup, wrong"], ["chosen", "participant of a failed check"]].map(([name, text]) => el("li", {}, el("span", { class: `key stage-${name}` }), text)));
}
