package io.a2al.dht.files;

import io.a2al.protocol.id.NodeId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.LongPredicate;

/**
 * Finds the records of a DHT key in an archive, whose entries are in the order in which they were stored. Takes 16
 * bytes for each entry. Belongs to one thread.
 */
public final class ArchiveIndex {

    private static final int INITIAL_CAPACITY = 1024;

    private final LongFunction<Optional<ArchivedRecord>> archive;
    private long[] numbers = new long[INITIAL_CAPACITY];

    /** For each entry the first half of its key's prefix, and where its number is. */
    private long[] places = new long[INITIAL_CAPACITY];

    private int size;

    /**
     * An empty index.
     *
     * @param archive reads the entry of a number; empty if there is none any longer, or if it cannot be read
     */
    ArchiveIndex(LongFunction<Optional<ArchivedRecord>> archive) {
        this.archive = archive;
    }

    /**
     * Adds an entry.
     *
     * @param keyPrefix the first eight bytes of its key
     */
    void add(long keyPrefix, long number) {
        if (size == numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * size);
            places = Arrays.copyOf(places, 2 * size);
        }
        numbers[size] = number;
        places[size] = firstHalf(keyPrefix) | size;
        size++;
    }

    /** Prepares for {@link #find} what was added. */
    void sort() {
        Arrays.sort(places, 0, size);
    }

    private static long firstHalf(long keyPrefix) {
        return keyPrefix & -1L << Integer.SIZE;
    }

    /**
     * Returns the entries of a key, oldest first.
     *
     * @param wanted tells by its number whether an entry is to be read at all
     */
    public List<ArchivedRecord> find(NodeId key, LongPredicate wanted) {
        long first = firstHalf(key.prefix());
        int found = Arrays.binarySearch(places, 0, size, first);
        List<ArchivedRecord> entries = new ArrayList<>();
        for (int i = found < 0 ? -found - 1 : found; i < size && firstHalf(places[i]) == first; i++) {
            long number = numbers[(int) places[i]];
            if (wanted.test(number)) {
                archive.apply(number).filter(entry -> entry.key().equals(key)).ifPresent(entries::add);
            }
        }
        return entries;
    }
}
