// What the interface calls by a short name or a number, in words that are the same in every view.

/** How contacts answer, from best to worst. */
export const HEALTH = { good: "answering", unknown: "not asked lately", bad: "not answering" };

/** The conditions of a replica, from best to worst. */
export const REPLICA = {
  confirmed: "confirmed", suspect: "suspect", storing: "being stored", bad: "not answering", refused: "refused", hiding: "hides the record",
};

const RECORD_TYPES = { 1: "endpoint", 2: "profile", 16: "topic entry", 128: "note" };

/** The types of CBOR values. */
export const VALUES = {
  unsigned: "number", negative: "negative number", bytes: "byte string", text: "text", array: "list", map: "map", tag: "tag", simple: "simple value",
};

/** Returns the name of a record type. */
export function recordType(type) {
  return RECORD_TYPES[type] ?? `type ${type}`;
}

/** Returns what a person would call a publication. */
export function titleOf(publication) {
  return publication.topic === undefined ? publication.id : `topic ${publication.topic}`;
}

/** Returns the place of a name in one of these lists, for sorting; unknown names come last. */
export function rank(words, name) {
  const place = Object.keys(words).indexOf(name);
  return place < 0 ? Infinity : place;
}

/** Returns a name of the interface as words. */
export function plain(name) {
  return name.replaceAll("-", " ").replaceAll("_", " ");
}
