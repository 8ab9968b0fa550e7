// Thousands of participants as dots around a circle, on two layers: the dots, which are drawn when a participant changes, and
// the lookups over them, which fade. Dots are written into a buffer of pixels, as that is far quicker than drawing each.

import { ASLEEP, HOSTILE, OFF, SECOND_HALF, UP } from "./film.js";

const LOOKUP_MS = 700;
const MOST_LOOKUPS = 400;
const STRIPES = 24;

/** Lookups fade in so many steps, so that those of a step are one path. */
const FADES = 5;

/** Returns a colour of the style sheet as the number that a buffer of pixels takes. */
function pixelOf(root, name) {
  const probe = document.createElement("span");
  probe.className = name;
  root.append(probe);
  const [red, green, blue] = getComputedStyle(probe).color.match(/[\d.]+/g).map(Number);
  probe.remove();
  return { pixel: (255 << 24 | blue << 16 | green << 8 | red) >>> 0, css: `rgb(${red} ${green} ${blue})` };
}

/** Draws a film on two canvases of the same size, of which the second is over the first. */
export class Stage {
  #layers;
  #dots;
  #lines;
  #size = 0;
  #image = null;
  #pixels = null;
  #colours = {};
  #turns = new Float32Array(0);
  #xs = new Float32Array(0);
  #ys = new Float32Array(0);
  #lookups = [];
  #hasLines = false;
  #chosen = [];
  #drawn = -2;

  constructor(dots, lines) {
    this.#layers = [dots, lines];
    this.#dots = dots.getContext("2d");
    this.#lines = lines.getContext("2d");
    this.recolour();
  }

  /** Reads the colours again, which change with the colour scheme. */
  recolour() {
    const root = this.#layers[0].parentElement;
    this.#colours = Object.fromEntries(["up", "joining", "second", "asleep", "hostile", "right", "wrong", "chosen"]
      .map((name) => [name, pixelOf(root, `stage-${name}`)]));
    this.#drawn = -2;
  }

  /** Makes the layers as wide and high as this, in pixels of the page. */
  resize(width) {
    this.#size = Math.round(width * Math.min(2, devicePixelRatio));
    for (const layer of this.#layers) {
      layer.width = this.#size;
      layer.height = this.#size;
    }
    this.#image = this.#dots.createImageData(this.#size, this.#size);
    this.#pixels = new Uint32Array(this.#image.data.buffer);
    this.#turns = new Float32Array(0);
    this.#drawn = -2;
  }

  /** Forgets what was shown, for another film. */
  clear() {
    this.#lookups = [];
    this.#chosen = [];
    this.#drawn = -2;
  }

  /** Shows the lookups of a frame for a moment. */
  show(frame) {
    const until = performance.now() + LOOKUP_MS;
    for (let i = 0; i < frame.lookups.length; i += 4) {
      this.#lookups.push({ asker: frame.lookups[i], key: frame.lookups[i + 1] / 2 ** 32, right: frame.lookups[i + 2] === 1, until });
    }
    if (this.#lookups.length > MOST_LOOKUPS) {
      this.#lookups = this.#lookups.slice(-MOST_LOOKUPS);
    }
  }

  /** Makes these participants stand out. */
  choose(participants) {
    this.#chosen = participants;
    this.#drawn = -2;
  }

  /** Draws what differs from what is shown. */
  draw(film) {
    if (this.#size > 0 && film.shown !== this.#drawn) {
      this.#drawDots(film);
      this.#drawn = film.shown;
    }
    if (this.#size > 0 && (this.#lookups.length > 0 || this.#hasLines)) {
      this.#drawLookups();
    }
  }

  /** Finds where participants are. Neighbours are on different stripes, so that thousands do not cover each other. */
  #place(film) {
    const count = film.turns.length;
    if (this.#turns.length !== count) {
      this.#turns = new Float32Array(count).fill(-1);
      this.#xs = new Float32Array(count);
      this.#ys = new Float32Array(count);
    }
    const middle = this.#size / 2;
    for (let i = 0; i < count; i += 1) {
      if (this.#turns[i] !== film.turns[i]) {
        this.#turns[i] = film.turns[i];
        const angle = 2 * Math.PI * film.turns[i] - Math.PI / 2;
        const radius = this.#size * (0.34 + 0.13 * ((i * 7) % STRIPES) / STRIPES);
        this.#xs[i] = middle + radius * Math.cos(angle);
        this.#ys[i] = middle + radius * Math.sin(angle);
      }
    }
  }

  #drawDots(film) {
    this.#place(film);
    this.#pixels.fill(0);
    const { conditions } = film;
    const half = Math.max(1, Math.round((this.#size / 700) * (conditions.length > 3000 ? 1 : conditions.length > 500 ? 2 : 4)));
    const colours = new Uint32Array(HOSTILE + 1);
    colours[UP] = this.#colours.up.pixel;
    colours[SECOND_HALF] = this.#colours.second.pixel;
    colours[ASLEEP] = this.#colours.asleep.pixel;
    colours[HOSTILE] = this.#colours.hostile.pixel;
    for (let i = 0; i < conditions.length; i += 1) {
      if (conditions[i] !== OFF) {
        this.#dot(i, half, film.isJoining(i) ? this.#colours.joining.pixel : colours[conditions[i]]);
      }
    }
    for (const participant of this.#chosen) {
      if (participant < conditions.length) {
        this.#dot(participant, half + 5, this.#colours.chosen.pixel);
      }
    }
    this.#dots.putImageData(this.#image, 0, 0);
  }

  #dot(participant, half, colour) {
    const size = this.#size;
    const x = Math.round(this.#xs[participant]);
    const y = Math.round(this.#ys[participant]);
    const left = Math.max(0, x - half);
    const right = Math.min(size - 1, x + half);
    const bottom = Math.min(size - 1, y + half);
    for (let row = Math.max(0, y - half); row <= bottom; row += 1) {
      for (let at = row * size + left; at <= row * size + right; at += 1) {
        this.#pixels[at] = colour;
      }
    }
  }

  #drawLookups() {
    const size = this.#size;
    const now = performance.now();
    this.#lookups = this.#lookups.filter((lookup) => lookup.until > now);
    const paths = new Map();
    for (const lookup of this.#lookups) {
      const fade = Math.ceil(((lookup.until - now) / LOOKUP_MS) * FADES);
      const name = `${lookup.right ? "right" : "wrong"} ${fade}`;
      if (!paths.has(name)) {
        paths.set(name, { colour: this.#colours[lookup.right ? "right" : "wrong"].css, alpha: fade / FADES, path: new Path2D() });
      }
      const { path } = paths.get(name);
      const angle = 2 * Math.PI * lookup.key - Math.PI / 2;
      path.moveTo(this.#xs[lookup.asker], this.#ys[lookup.asker]);
      path.quadraticCurveTo(size / 2, size / 2, size / 2 + size * 0.33 * Math.cos(angle), size / 2 + size * 0.33 * Math.sin(angle));
    }
    this.#lines.clearRect(0, 0, size, size);
    this.#lines.lineWidth = Math.max(1, size / 700);
    for (const { colour, alpha, path } of paths.values()) {
      this.#lines.globalAlpha = alpha;
      this.#lines.strokeStyle = colour;
      this.#lines.stroke(path);
    }
    this.#hasLines = this.#lookups.length > 0;
  }
}
