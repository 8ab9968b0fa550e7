package io.a2al.core.store;

import java.util.ArrayList;
import java.util.List;

/**
 * Which records go and which come as the records of a key change. So what is counted or written for each record costs
 * time for those that change, and not for all those beside them, of which a topic has hundreds.
 *
 * @param gone records that are not held any longer, in their order
 * @param come records that were not held before, in their order
 */
record ShelfChange(List<Held> gone, List<Held> come) {

    /** Compares by the numbers of the records. */
    static ShelfChange between(List<Held> before, List<Held> after) {
        return new ShelfChange(missing(before, after), missing(after, before));
    }

    /** Returns those of {@code records} that {@code others} lack. */
    private static List<Held> missing(List<Held> records, List<Held> others) {
        List<Held> missing = new ArrayList<>(1);
        int next = 0;
        for (Held held : records) {
            int found = indexOf(others, held.number(), next);
            if (found < 0) {
                missing.add(held);
            } else {
                next = found + 1;
            }
        }
        return missing;
    }

    /** Returns where the record of a number is, or -1; looks from {@code from} on first, as most keep their order. */
    static int indexOf(List<Held> records, long number, int from) {
        int size = records.size();
        for (int i = 0; i < size; i++) {
            int at = (from + i) % size;
            if (records.get(at).number() == number) {
                return at;
            }
        }
        return -1;
    }
}
