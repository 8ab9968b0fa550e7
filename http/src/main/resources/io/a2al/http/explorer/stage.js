// Thousands of participants as dots around a circle. Dots are written into a buffer of pixels, as that is far quicker than
// drawing each.

import { ASLEEP, HOSTILE, OFF, SECOND_HALF } from "./film.js";

const LOOKUP_MS = 700;
const STRIPES = 24;

/** Returns a colour of the style sheet as the number that a buffer of pixels takes. */
function pixelOf(root, name) {
  const probe = document.createElement("span");
  probe.className = name;
  root.append(probe);
  const [red, green, blue] = getComputedStyle(probe).color.match(/[\d.]+/g).map(Number);
  probe.remove();
  return { pixel: (255 << 24 | blue << 16 | green << 8 | red) >>> 0, css: `rgb(${red} ${green} ${blue})` };
}

/** Draws a film on a canvas. */
export class Stage {
  #canvas;
  #context;
  #image = null;
  #pixels = null;
  #colours;
  #lookups = [];
  #wide = new Set();

  constructor(canvas) {
    this.#canvas = canvas;
    this.#context = canvas.getContext("2d", { alpha: true, desynchronized: true });
    this.recolour();
  }

  /** Reads the colours again, which change with the colour scheme. */
  recolour() {
    const root = this.#canvas.parentElement;
    this.#colours = Object.fromEntries(["up", "joining", "second", "asleep", "hostile", "right", "wrong", "chosen"]
      .map((name) => [name, pixelOf(root, `stage-${name}`)]));
  }

  /** Shows these lookups for a moment. */
  show(frame) {
    const now = performance.now();
    for (let i = 0; i < frame.lookups.length; i += 4) {
      this.#lookups.push({ asker: frame.lookups[i], key: frame.lookups[i + 1] / 2 ** 32, right: frame.lookups[i + 2] === 1, until: now + LOOKUP_MS });
    }
    this.#lookups = this.#lookups.slice(-400);
  }

  /** Makes these participants stand out. */
  choose(participants) {
    this.#wide = new Set(participants);
  }

  #fit() {
    const size = Math.round(this.#canvas.clientWidth * Math.min(2, devicePixelRatio));
    if (size > 0 && this.#canvas.width !== size) {
      this.#canvas.width = size;
      this.#canvas.height = size;
      this.#image = this.#context.createImageData(size, size);
      this.#pixels = new Uint32Array(this.#image.data.buffer);
    }
    return size;
  }

  /** Where a participant is. Neighbours are on different stripes, so that thousands do not cover each other. */
  #place(turn, participant, size) {
    const angle = 2 * Math.PI * turn - Math.PI / 2;
    const radius = size * (0.34 + 0.13 * ((participant * 7) % STRIPES) / STRIPES);
    return [size / 2 + radius * Math.cos(angle), size / 2 + radius * Math.sin(angle)];
  }

  #colourOf(film, participant) {
    switch (film.conditions[participant]) {
      case SECOND_HALF: return this.#colours.second.pixel;
      case ASLEEP: return this.#colours.asleep.pixel;
      case HOSTILE: return this.#colours.hostile.pixel;
      default: return film.isJoining(participant) ? this.#colours.joining.pixel : this.#colours.up.pixel;
    }
  }

  #dot(x, y, half, colour, size) {
    const left = Math.max(0, Math.round(x) - half);
    const right = Math.min(size - 1, Math.round(x) + half);
    const bottom = Math.min(size - 1, Math.round(y) + half);
    for (let row = Math.max(0, Math.round(y) - half); row <= bottom; row += 1) {
      this.#pixels.fill(colour, row * size + left, row * size + right + 1);
    }
  }

  /** Draws the film's present state. */
  draw(film) {
    const size = this.#fit();
    if (size === 0) {
      return;
    }
    this.#pixels.fill(0);
    const half = film.conditions.length > 3000 ? 1 : film.conditions.length > 500 ? 2 : 4;
    for (let i = 0; i < film.conditions.length; i += 1) {
      if (film.conditions[i] !== OFF) {
        const [x, y] = this.#place(film.turns[i], i, size);
        this.#dot(x, y, this.#wide.has(i) ? half + 5 : half, this.#wide.has(i) ? this.#colours.chosen.pixel : this.#colourOf(film, i), size);
      }
    }
    this.#context.putImageData(this.#image, 0, 0);
    this.#drawLookups(film, size);
  }

  #drawLookups(film, size) {
    const now = performance.now();
    this.#lookups = this.#lookups.filter((lookup) => lookup.until > now);
    this.#context.lineWidth = Math.max(1, size / 700);
    for (const lookup of this.#lookups) {
      const [x, y] = this.#place(film.turns[lookup.asker], lookup.asker, size);
      const angle = 2 * Math.PI * lookup.key - Math.PI / 2;
      this.#context.globalAlpha = (lookup.until - now) / LOOKUP_MS;
      this.#context.strokeStyle = lookup.right ? this.#colours.right.css : this.#colours.wrong.css;
      this.#context.beginPath();
      this.#context.moveTo(x, y);
      this.#context.quadraticCurveTo(size / 2, size / 2, size / 2 + size * 0.33 * Math.cos(angle), size / 2 + size * 0.33 * Math.sin(angle));
      this.#context.stroke();
    }
    this.#context.globalAlpha = 1;
  }
}
