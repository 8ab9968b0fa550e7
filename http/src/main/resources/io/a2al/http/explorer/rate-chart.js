// Requests and datagrams per second over the last hour, as lines that are drawn anew with each point.

import { el, fill, table } from "./dom.js";

const WIDTH = 600;
const HEIGHT = 160;
const LEFT = 44;
const BOTTOM = 22;

/** Colours belong to message types, not to their order. */
const SERIES = ["ping", "find-node", "find-value", "store", "other", "datagrams-in", "datagrams-out"];

function niceMost(most) {
  const power = 10 ** Math.floor(Math.log10(Math.max(most, 0.1)));
  return [1, 2, 5, 10].map((factor) => factor * power).find((limit) => limit >= most) ?? 10 * power;
}

function clock(at) {
  return new Date(at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
}

/** Shows a chart in an element; begin takes the history, add each further point. */
export function rateChart(root) {
  const picture = el("div", { class: "chart" });
  const legend = el("ul", { class: "legend" });
  const numbers = el("div", {});
  const details = el("details", {}, el("summary", {}, "The same as a table"), numbers);
  fill(root, el("h2", {}, "Traffic of the last hour"), picture, legend, details);
  let points = [];
  let most = 360;
  let step = 10;

  function names() {
    return SERIES.filter((name) => points.some((point) => (point.rates[name] ?? 0) > 0));
  }

  function draw() {
    const shown = names();
    const highest = niceMost(Math.max(0, ...points.flatMap((point) => shown.map((name) => point.rates[name] ?? 0))));
    const x = (index) => LEFT + (WIDTH - LEFT - 6) * ((most - points.length + index) / Math.max(1, most - 1));
    const y = (value) => HEIGHT - BOTTOM - (HEIGHT - BOTTOM - 10) * (value / highest);
    const last = points.at(-1);
    const svg = el("svg", {
      viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img",
      "aria-label": last ? `Per second now: ${shown.map((name) => `${(last.rates[name] ?? 0).toFixed(1)} ${name.replaceAll("-", " ")}`).join(", ")}` : "No data yet",
    });
    for (const share of [0, 0.5, 1]) {
      svg.append(el("line", { x1: LEFT, x2: WIDTH - 6, y1: y(share * highest), y2: y(share * highest), class: "grid" }),
        el("text", { x: LEFT - 6, y: y(share * highest) + 4, class: "axis", "text-anchor": "end" }, String(share * highest)));
    }
    if (last) {
      svg.append(el("text", { x: WIDTH - 6, y: HEIGHT - 6, class: "axis", "text-anchor": "end" }, clock(last.at)),
        el("text", { x: LEFT, y: HEIGHT - 6, class: "axis" }, clock(last.at - (most - 1) * step * 1000)));
    }
    for (const name of shown) {
      svg.append(el("polyline", {
        class: `series series-${name}`,
        points: points.map((point, index) => `${x(index).toFixed(1)},${y(point.rates[name] ?? 0).toFixed(1)}`).join(" "),
      }));
    }
    fill(picture, svg);
    fill(legend, shown.map((name) => el("li", {}, el("span", { class: `key series-${name}` }), name.replaceAll("-", " "),
      el("span", { class: "number" }, ` ${(last?.rates[name] ?? 0).toFixed(1)} a second`))));
    if (details.open) {
      fill(numbers, table("Per second, newest first", ["time", ...shown.map((name) => name.replaceAll("-", " "))],
        points.slice(-30).reverse().map((point) => [new Date(point.at).toLocaleTimeString(), ...shown.map((name) => (point.rates[name] ?? 0).toFixed(1))])));
    }
  }

  details.addEventListener("toggle", draw);
  return {
    begin(history) {
      ({ points, most, step_seconds: step } = history);
      draw();
    },
    add(point) {
      points = [...points, point].slice(-most);
      draw();
    },
    end() {
      details.removeEventListener("toggle", draw);
    },
  };
}
