// Requests and datagrams per second over the last hour, as lines that are drawn anew with each point.

import { el, fill, onWidth, say, table, timeOfDay } from "./dom.js";
import { plain } from "./words.js";

const HEIGHT = 190;
const LEFT = 44;
const RIGHT = 6;
const TOP = 10;
const BOTTOM = 24;

/** Colours belong to message types, not to their order. */
const SERIES = ["ping", "find-node", "find-value", "store", "other", "datagrams-in", "datagrams-out"];

function niceMost(most) {
  const power = 10 ** Math.floor(Math.log10(Math.max(most, 0.1)));
  return [1, 2, 5, 10].map((factor) => factor * power).find((limit) => limit >= most) ?? 10 * power;
}

/** Shows a chart in an element; begin takes the history, add each further point. */
export function rateChart(root) {
  const picture = el("div", { class: "chart" });
  const legend = el("ul", { class: "legend" });
  const numbers = el("div", {});
  const details = el("details", {}, el("summary", {}, "The same as a table"), numbers);
  fill(root, el("h2", {}, "Traffic per second, over the last hour"), picture, legend, details);
  let width = 0;
  let points = [];
  let most = 360;
  let step = 10;
  let begun = false;

  function names() {
    return SERIES.filter((name) => points.some((point) => (point.rates[name] ?? 0) > 0));
  }

  function waiting() {
    return el("svg", { viewBox: `0 0 ${width} ${HEIGHT}`, role: "img", "aria-label": "No data yet" },
      el("text", { x: width / 2, y: HEIGHT / 2, class: "axis", "text-anchor": "middle" }, `No data yet: there is a point every ${step} s.`));
  }

  function lines(shown) {
    const highest = niceMost(Math.max(0, ...points.flatMap((point) => shown.map((name) => point.rates[name] ?? 0))));
    const x = (index) => LEFT + (width - LEFT - RIGHT) * ((most - points.length + index) / Math.max(1, most - 1));
    const y = (value) => HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * (value / highest);
    const last = points.at(-1);
    return el("svg", {
      viewBox: `0 0 ${width} ${HEIGHT}`, role: "img",
      "aria-label": `Per second now: ${shown.map((name) => `${(last.rates[name] ?? 0).toFixed(1)} ${plain(name)}`).join(", ")}`,
    },
    [0, 0.5, 1].map((share) => [
      el("line", { x1: LEFT, x2: width - RIGHT, y1: y(share * highest), y2: y(share * highest), class: "grid" }),
      el("text", { x: LEFT - 6, y: y(share * highest) + 4, class: "axis", "text-anchor": "end" }, String(share * highest))]).flat(),
    el("text", { x: width - RIGHT, y: HEIGHT - 6, class: "axis", "text-anchor": "end" }, timeOfDay(last.at)),
    el("text", { x: LEFT, y: HEIGHT - 6, class: "axis" }, timeOfDay(last.at - (most - 1) * step * 1000)),
    shown.map((name) => el("polyline", {
      class: `series series-${name}`,
      points: points.map((point, index) => `${x(index).toFixed(1)},${y(point.rates[name] ?? 0).toFixed(1)}`).join(" "),
    })),
    // A single point makes no line.
    shown.map((name) => el("circle", { class: `tip series-${name}`, cx: x(points.length - 1), cy: y(last.rates[name] ?? 0), r: 2.5 })));
  }

  function draw() {
    if (width === 0 || !begun) {
      return;
    }
    const shown = names();
    const last = points.at(-1);
    fill(picture, last ? lines(shown) : waiting());
    if (legend.children.length !== shown.length) {
      fill(legend, shown.map((name) => el("li", {}, el("span", { class: `key series-${name}` }), `${plain(name)} `, el("output", { class: "number" }))));
    }
    shown.forEach((name, index) => say(legend.children[index].lastChild, (last.rates[name] ?? 0).toFixed(1)));
    if (details.open) {
      fill(numbers, table("Per second, newest first", ["time", ...shown.map(plain)],
        points.slice(-30).reverse().map((point) => [timeOfDay(point.at, { second: "2-digit" }), ...shown.map((name) => (point.rates[name] ?? 0).toFixed(1))])));
    }
  }

  details.addEventListener("toggle", draw);
  const endWidth = onWidth(picture, (now) => {
    width = now;
    draw();
  });
  return {
    begin(history) {
      ({ points, most, step_seconds: step } = history);
      begun = true;
      draw();
    },
    add(point) {
      points = [...points, point].slice(-most);
      draw();
    },
    end() {
      endWidth();
      details.removeEventListener("toggle", draw);
    },
  };
}
