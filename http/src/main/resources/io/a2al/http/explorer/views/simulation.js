// A simulated network over time: live from a2al sim --serve, or from the file that a2al sim --film wrote.

import { follow } from "../api.js";
import { el, facts, fill, number, say, table } from "../dom.js";
import { Film, readFilm } from "../film.js";
import { Stage } from "../stage.js";

const SPEEDS = [1, 10, 60, 300, 1200];
const USUAL_SPEED = 60;

function clock(seconds) {
  const whole = Math.floor(seconds);
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return parts.map((part) => String(part).padStart(2, "0")).join(":");
}

/** Shows the view; returns what ends it. */
export function mount(root, parameters, context) {
  const canvas = el("canvas", { role: "img", "aria-label": "Participants on the identifier space" });
  const slider = el("input", { type: "range", min: 0, max: 0, value: 0, step: 1, "aria-label": "Virtual time" });
  const play = el("button", { class: "primary" }, "Pause");
  const speed = el("select", { "aria-label": "Speed" }, SPEEDS.map((factor) => el("option", { value: factor }, `${factor} × as fast`)));
  const time = el("output", { class: "number" }, "00:00:00");
  const rate = el("output", { class: "number rate" }, "");
  const numbers = el("div", { class: "card", "aria-label": "Numbers", role: "region" });
  const marks = el("ol", { class: "phases", "aria-label": "Phases and faults" });
  const failed = el("section", { class: "card", "aria-live": "polite", "aria-label": "Checks" });
  const file = el("input", { type: "file", accept: ".json,.jsonl,.film", id: "film-file" });
  const about = el("p", { class: "message", role: "status" }, "Waiting for a simulation …");
  fill(root,
    about,
    el("div", { class: "two" },
      el("div", {}, el("div", { class: "stage" }, canvas),
        el("div", { class: "controls" }, play, slider, time, speed, rate), marks, legend()),
      el("div", {}, numbers, failed, el("p", {}, el("label", { for: "film-file" }, "Open a film (a2al sim --film FILE)"), file))));
  speed.value = USUAL_SPEED;
  const stage = new Stage(canvas);
  let film = null;
  let playing = true;
  let position = 0;
  let index = -1;
  let before = performance.now();
  let drawn = 0;
  let since = before;
  let animation = 0;
  let told = "";

  function begin(made) {
    film = made;
    position = Number(parameters.get("at") ?? 0);
    // A moment that is linked is shown, not played on from.
    setPlaying(!parameters.has("at"));
    index = -1;
    told = "";
    say(about, film.header.command);
    fill(marks, film.header.phases.map((phase) => jump(phase.name, phase.begin)));
    showChecks();
  }

  function jump(text, seconds) {
    return el("li", {}, el("button", { class: "link", onclick: () => goTo(seconds) }, `${clock(seconds)} ${text}`));
  }

  function goTo(seconds) {
    position = seconds;
    setPlaying(false);
    context.note("simulation", { at: Math.round(seconds) });
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
      slider.max = last;
      slider.value = index;
      slider.setAttribute("aria-valuetext", clock(film.timeOf(index)));
      say(time, `${clock(film.timeOf(index))} of ${clock(film.header.seconds)}`);
      tell();
    }
    stage.draw(film);
    drawn += 1;
    if (now - since >= 1000) {
      say(rate, `${Math.round((drawn * 1000) / (now - since))} pictures a second`);
      drawn = 0;
      since = now;
    }
  }

  function tell() {
    const counts = film.counts();
    const frame = film.frames[index];
    const rows = [
      ["phase", film.phaseAt(index)], ["up", number(counts.up)], ["joining", number(counts.joining)],
      ["in the other half of a split network", number(counts.second)], ["asleep", number(counts.asleep)],
      ["attackers", number(counts.hostile)], ["off", number(counts.off)],
      ["lookups in this frame, right", `${number(frame.right)} of ${number(frame.right + frame.wrong)}`],
      ["datagrams in this frame", `${number(frame.datagrams)}, ${number(frame.lost)} lost`],
    ];
    const text = JSON.stringify(rows);
    if (text !== told) {
      told = text;
      fill(numbers, el("h2", {}, "Now"), facts(rows));
      canvas.setAttribute("aria-label", `Participants on the identifier space: ${counts.up + counts.joining} up, ${counts.off} off, ${counts.hostile} attackers`);
    }
  }

  function showChecks() {
    const violation = film?.end?.violation;
    if (!film?.end) {
      fill(failed, el("h2", {}, "Checks"), el("p", {}, "The run goes on; no check has failed so far."));
    } else if (!violation) {
      fill(failed, el("h2", {}, "Checks"), el("p", { class: "good" }, "All checks held."));
    } else {
      fill(failed, el("h2", { class: "bad" }, `Check ${violation.check} failed`), el("p", {}, violation.message),
        el("p", {}, el("button", { onclick: () => showViolation(violation) }, "Show when and where")),
        table("Participants", ["participant"], violation.nodes.map((node) => [node])),
        el("h3", {}, "What led to it"), el("pre", { tabindex: 0, class: "events" }, violation.events.join("\n")));
    }
  }

  function showViolation(violation) {
    goTo(violation.at_seconds);
    stage.choose(violation.participants);
  }

  play.addEventListener("click", () => setPlaying(!playing));
  slider.addEventListener("input", () => goTo(film ? film.timeOf(Number(slider.value)) : 0));
  file.addEventListener("change", async () => {
    try {
      begin(readFilm(await file.files[0].text()));
    } catch (problem) {
      say(about, problem.message);
    }
  });
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  const recolour = () => stage.recolour();
  scheme.addEventListener("change", recolour);
  const end = follow("sim/film", (type, data) => {
    if (type === "header") {
      begin(new Film(data));
    } else if (type === "frame" && film) {
      film.add(data);
      data.faults.forEach((fault) => marks.append(jump(fault, data.at)));
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
    cancelAnimationFrame(animation);
    scheme.removeEventListener("change", recolour);
  };
}

function legend() {
  return el("ul", { class: "legend" },
    [["up", "up"], ["joining", "joining"], ["second", "in the other half of a split network"], ["asleep", "asleep"], ["hostile", "attacker"],
      ["right", "lookup, right"], ["wrong", "lookup, wrong"]].map(([name, text]) => el("li", {}, el("span", { class: `key stage-${name}` }), text)));
}
