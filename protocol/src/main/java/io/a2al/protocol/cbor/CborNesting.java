package io.a2al.protocol.cbor;

import java.util.Arrays;

/**
 * The maps and lists that a reader is in, from the outermost to the innermost: how many pairs each map has left, which
 * key came last, and how the structure ends. At most {@link CborReader#MAX_DEPTH} levels. Offsets count from the start
 * of the reader's array. Not thread-safe.
 */
final class CborNesting {

    /**
     * Levels with room at first. Regular messages and payloads are nested no deeper; since each payload gets a reader
     * of its own, the array begins small.
     */
    private static final int USUAL_DEPTH = 4;

    private static final int NO_KEY = -1;

    // Each level has these four places in one array, as one is made for every payload.
    private static final int PAIRS_LEFT = 0;
    private static final int LAST_KEY_FROM = 1;
    private static final int LAST_KEY_TO = 2;
    private static final int BREAK_BYTES = 3;
    private static final int PLACES = 4;

    /** The first level is outside all structures. */
    private int[] levels = new int[(USUAL_DEPTH + 1) * PLACES];

    private int depth;

    /** Leaves all structures. */
    void clear() {
        depth = 0;
    }

    int depth() {
        return depth;
    }

    /**
     * Enters a map or a list.
     *
     * @param start the offset of its head
     * @param pairs the number of its pairs; a list's number of items is not looked at
     * @param endsWithBreak true if it is of indefinite length
     * @throws CborException if it is nested too deep
     */
    void enter(int start, int pairs, boolean endsWithBreak) throws CborException {
        if (depth == CborReader.MAX_DEPTH) {
            throw new CborException("nested deeper than " + CborReader.MAX_DEPTH + " levels", start);
        }
        depth++;
        int level = depth * PLACES;
        if (level == levels.length) {
            levels = Arrays.copyOf(levels, (CborReader.MAX_DEPTH + 1) * PLACES);
        }
        levels[level + PAIRS_LEFT] = pairs;
        levels[level + LAST_KEY_FROM] = NO_KEY;
        levels[level + BREAK_BYTES] = endsWithBreak ? 1 : 0;
    }

    /** Leaves the innermost structure and returns the number of bytes that end it, 1 for a break and otherwise 0. */
    int leave() {
        int end = levels[depth * PLACES + BREAK_BYTES];
        depth--;
        return end;
    }

    /** Begins the next pair of the innermost map; returns false if there is none left. */
    boolean beginPair() {
        int pairsLeft = depth * PLACES + PAIRS_LEFT;
        if (levels[pairsLeft] == 0) {
            return false;
        }
        levels[pairsLeft]--;
        return true;
    }

    /**
     * Checks that a key of the innermost map comes after the one before it in canonical order, the shorter one first.
     *
     * @throws CborException if it does not
     */
    void checkKeyOrder(byte[] input, int start, int end) throws CborException {
        int level = depth * PLACES;
        int from = levels[level + LAST_KEY_FROM];
        if (from != NO_KEY) {
            int to = levels[level + LAST_KEY_TO];
            int order = to - from != end - start
                    ? Integer.compare(to - from, end - start)
                    : Arrays.compareUnsigned(input, from, to, input, start, end);
            if (order >= 0) {
                throw new CborException(order == 0 ? "duplicate map key" : "map keys not in canonical order", start);
            }
        }
        levels[level + LAST_KEY_FROM] = start;
        levels[level + LAST_KEY_TO] = end;
    }
}
