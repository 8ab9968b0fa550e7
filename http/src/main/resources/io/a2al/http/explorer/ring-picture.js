// The identifier space as a circle: the first 32 bits of a NodeID are its angle, zero at the top, growing clockwise.

import { el } from "./dom.js";

const SIZE = 400;
const CENTRE = SIZE / 2;
const RADIUS = 165;
const DEEPEST_SHOWN = 12;

/** Distance between a line and its text. */
const MARGIN = 12;

/** Returns the part of the circle that an identifier is at, from 0 to 1. */
export function turnOf(hex) {
  return Number.parseInt(hex.slice(0, 8), 16) / 2 ** 32;
}

/** Returns the place of a part of the circle, at a distance from its centre. */
function at(turn, radius) {
  const angle = 2 * Math.PI * turn - Math.PI / 2;
  return [CENTRE + radius * Math.cos(angle), CENTRE + radius * Math.sin(angle)];
}

function arc(begin, end, inner, outer) {
  const large = end - begin > 0.5 ? 1 : 0;
  const points = [at(begin, outer), at(end, outer), at(end, inner), at(begin, inner)].map((point) => point.map((x) => x.toFixed(2)).join(" "));
  return `M${points[0]}A${outer} ${outer} 0 ${large} 1 ${points[1]}L${points[2]}A${inner} ${inner} 0 ${large} 0 ${points[3]}Z`;
}

/** Returns where the identifiers of a bucket lie: those that share exactly this many leading bits with a node. */
function bucketRange(self, bucket) {
  const width = 2 ** -(bucket + 1);
  const index = Math.floor(turnOf(self) / width);
  const sibling = index % 2 === 0 ? index + 1 : index - 1;
  return [sibling * width, (sibling + 1) * width];
}

/**
 * Returns a picture of points on the circle.
 *
 * options.label: what a screen reader says of it; options.self: a NodeID, whose buckets are shown as arcs;
 * options.points: {id, class, size, label, href} each; options.onPick: called with a point that is chosen.
 */
export function ringPicture({ label, self, points, marks = [], onPick = () => {} }) {
  const picture = el("svg", { viewBox: `0 0 ${SIZE} ${SIZE}`, class: "ring-picture", role: "group", "aria-label": label });
  if (self) {
    for (let bucket = 0; bucket < DEEPEST_SHOWN; bucket += 1) {
      const [begin, end] = bucketRange(self, bucket);
      picture.append(el("path", { d: arc(begin, end, RADIUS - 26, RADIUS - 14), class: `bucket bucket-${bucket % 2}` },
        el("title", {}, `bucket ${bucket}`)));
    }
  }
  picture.append(el("circle", { cx: CENTRE, cy: CENTRE, r: RADIUS, class: "circle" }));
  for (const mark of marks) {
    const turn = turnOf(mark.id);
    const [x, y] = at(turn, RADIUS);
    const [middleX, middleY] = at(turn, RADIUS / 2);
    // The text is on that side of the line from which it does not run into it.
    const side = y < CENTRE ? 1 : -1;
    const [acrossX, acrossY] = [(-side * (y - CENTRE)) / RADIUS, (side * (x - CENTRE)) / RADIUS];
    picture.append(el("line", { x1: CENTRE, y1: CENTRE, x2: x, y2: y, class: `mark ${mark.class ?? ""}` }),
      el("text", { x: middleX + MARGIN * acrossX, y: middleY + MARGIN * acrossY, class: "mark-text", "dominant-baseline": "middle" }, mark.text));
  }
  const dots = points.map((point, index) => {
    const [x, y] = at(turnOf(point.id), RADIUS);
    return el("circle", {
      cx: x, cy: y, r: point.size ?? 5, class: `point ${point.class ?? ""}`, role: "button",
      tabindex: index === 0 ? 0 : -1, "aria-label": point.label,
      onclick: () => onPick(point), onfocus: () => onPick(point), onmouseenter: () => onPick(point),
    });
  });
  // The arrow keys walk around the circle; one stop of the tab key is enough for all points.
  picture.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const here = dots.indexOf(document.activeElement);
    if (step === undefined || here < 0) {
      return;
    }
    event.preventDefault();
    const next = dots[(here + step + dots.length) % dots.length];
    dots[here].setAttribute("tabindex", -1);
    next.setAttribute("tabindex", 0);
    next.focus();
  });
  picture.append(...dots);
  return picture;
}

/** Returns how large a point is whose round trips take this long: the nearer, the larger. */
export function sizeOfRoundTrip(ms) {
  if (ms === null || ms === undefined) {
    return 4;
  }
  return Math.max(3, 9 - 2.2 * Math.log10(Math.max(1, ms)));
}
