// A simulated run as its film tells it: the condition of each participant in each frame, and how to get to any frame.

const KEY_EVERY = 60;

export const OFF = 0;
export const UP = 1;
export const SECOND_HALF = 2;
export const ASLEEP = 3;
export const HOSTILE = 4;

/** A participant is shown as joining for this long after it was switched on, in virtual seconds. */
const JOINING_SECONDS = 30;

/** The frames that have come so far, and the state of all participants at one of them. */
export class Film {
  constructor(header) {
    this.header = header;
    this.frames = [];
    this.end = null;
    this.shown = -1;
    this.turns = new Float32Array(header.participants);
    this.conditions = new Uint8Array(header.participants);
    this.since = new Float32Array(header.participants).fill(-JOINING_SECONDS);
    this.keys = [];
  }

  add(frame) {
    this.frames.push(frame);
  }

  /** The virtual time of a frame, in seconds. */
  timeOf(index) {
    return index < 0 ? 0 : this.frames[Math.min(index, this.frames.length - 1)].at;
  }

  /** The first frame that is not before a time. */
  frameAt(seconds) {
    let low = 0;
    let high = this.frames.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.frames[middle].at < seconds) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Brings the state of all participants to a frame. */
  seek(index) {
    if (index < this.shown) {
      const key = Math.min(Math.floor(index / KEY_EVERY), this.keys.length - 1);
      this.#restore(key);
    }
    while (this.shown < index) {
      this.shown += 1;
      this.#apply(this.frames[this.shown]);
      if (this.shown % KEY_EVERY === 0 && this.keys.length === this.shown / KEY_EVERY) {
        this.keys.push({ turns: this.turns.slice(), conditions: this.conditions.slice(), since: this.since.slice() });
      }
    }
  }

  #restore(key) {
    if (key < 0) {
      this.shown = -1;
      this.conditions.fill(OFF);
      return;
    }
    this.shown = key * KEY_EVERY;
    this.turns.set(this.keys[key].turns);
    this.conditions.set(this.keys[key].conditions);
    this.since.set(this.keys[key].since);
  }

  #apply(frame) {
    const { changes } = frame;
    for (let i = 0; i < changes.length; i += 3) {
      const participant = changes[i];
      this.turns[participant] = changes[i + 1] / 2 ** 32;
      if (this.conditions[participant] === OFF && changes[i + 2] !== OFF) {
        this.since[participant] = frame.at;
      }
      this.conditions[participant] = changes[i + 2];
    }
  }

  /** Whether a participant was switched on a short time ago. */
  isJoining(participant) {
    return this.conditions[participant] === UP && this.timeOf(this.shown) - this.since[participant] < JOINING_SECONDS;
  }

  /** How many participants are in each condition, joining ones apart. */
  counts() {
    const counts = [0, 0, 0, 0, 0];
    let joining = 0;
    for (let i = 0; i < this.conditions.length; i += 1) {
      counts[this.conditions[i]] += 1;
      joining += this.isJoining(i) ? 1 : 0;
    }
    return { off: counts[OFF], up: counts[UP] - joining, joining, second: counts[SECOND_HALF], asleep: counts[ASLEEP], hostile: counts[HOSTILE] };
  }

  /** Phases and faults in the order of their times; a phase is before the faults of the same moment. */
  marks() {
    const marks = this.header.phases.map((phase) => ({ at: phase.begin, text: phase.name, isFault: false }));
    for (const frame of this.frames) {
      marks.push(...(frame.faults ?? []).map((fault) => ({ at: frame.at, text: fault, isFault: true })));
    }
    return marks.sort((a, b) => a.at - b.at || a.isFault - b.isFault);
  }

  /** The phase of the run at a frame. */
  phaseAt(index) {
    const now = this.timeOf(index);
    return this.header.phases.filter((phase) => phase.begin <= now).at(-1)?.name ?? "";
  }
}

/** Reads the text of a film file: an object on each line. */
export function readFilm(text) {
  const lines = text.split("\n").filter((line) => line.length > 0).map((line) => JSON.parse(line));
  if (lines[0]?.film !== 1) {
    throw new Error("this file is no film of a simulation; make one with a2al sim --film FILE");
  }
  const film = new Film(lines[0]);
  for (const line of lines.slice(1)) {
    if (line.end) {
      film.end = line.end;
    } else {
      film.add(line);
    }
  }
  return film;
}
