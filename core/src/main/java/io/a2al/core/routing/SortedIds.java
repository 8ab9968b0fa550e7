package io.a2al.core.routing;

import io.a2al.protocol.id.NodeId;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Numbers of contacts in the order of their NodeIDs, of which it holds the first 64 bits. Finding one, and each of the
 * nearest to a key, takes a few binary searches, whatever NodeIDs an attacker chooses: those that share 64 bits with
 * each other cannot be found. Adding and removing moves a part of two arrays. Not thread-safe.
 */
final class SortedIds {

    private static final int FIRST_CAPACITY = 16;

    static final int NONE = -1;

    private final int limit;
    private long[] prefixes = new long[FIRST_CAPACITY];
    private int[] numbers = new int[FIRST_CAPACITY];
    private int size;

    /** Holds nothing yet, and at most {@code limit} numbers. */
    SortedIds(int limit) {
        this.limit = limit;
    }

    int size() {
        return size;
    }

    /** Returns the number among those with this prefix that {@code wanted} accepts, or {@link #NONE}. */
    int find(long prefix, IntPredicate wanted) {
        int index = indexOf(prefix, wanted);
        return index == NONE ? NONE : numbers[index];
    }

    private int indexOf(long prefix, IntPredicate wanted) {
        for (int i = firstAtLeast(prefix, 0, size); i < size && prefixes[i] == prefix; i++) {
            if (wanted.test(numbers[i])) {
                return i;
            }
        }
        return NONE;
    }

    void add(long prefix, int number) {
        if (size == prefixes.length) {
            int capacity = Math.min(size + size / 2, limit);
            prefixes = Arrays.copyOf(prefixes, capacity);
            numbers = Arrays.copyOf(numbers, capacity);
        }
        int at = firstAtLeast(prefix, 0, size);
        System.arraycopy(prefixes, at, prefixes, at + 1, size - at);
        System.arraycopy(numbers, at, numbers, at + 1, size - at);
        prefixes[at] = prefix;
        numbers[at] = number;
        size++;
    }

    void remove(long prefix, int number) {
        int at = indexOf(prefix, other -> other == number);
        size--;
        System.arraycopy(prefixes, at + 1, prefixes, at, size - at);
        System.arraycopy(numbers, at + 1, numbers, at, size - at);
    }

    /** Gives a contact with this prefix another number. */
    void renumber(long prefix, int from, int to) {
        numbers[indexOf(prefix, other -> other == from)] = to;
    }

    /**
     * Visits the numbers by the XOR distance of their contacts to {@code target}, nearest first, until {@code visitor}
     * returns false. It must not change them.
     */
    void visitNearest(NodeId target, IntFunction<NodeId> nodeIds, IntPredicate visitor) {
        if (size > 0) {
            visit(0, size, target, nodeIds, visitor);
        }
    }

    /**
     * All of a range share the bits above the first one in which its ends differ, so that those that have this bit as
     * the target has it are nearer than the others.
     */
    private boolean visit(int from, int to, NodeId target, IntFunction<NodeId> nodeIds, IntPredicate visitor) {
        if (to - from == 1) {
            return visitor.test(numbers[from]);
        }
        long difference = prefixes[from] ^ prefixes[to - 1];
        if (difference == 0) {
            return visitTied(from, to, target, nodeIds, visitor);
        }
        long bit = Long.highestOneBit(difference);
        int middle = firstAtLeast(prefixes[to - 1] & -bit, from, to);
        return (target.prefix() & bit) == 0
                ? visit(from, middle, target, nodeIds, visitor) && visit(middle, to, target, nodeIds, visitor)
                : visit(middle, to, target, nodeIds, visitor) && visit(from, middle, target, nodeIds, visitor);
    }

    private boolean visitTied(int from, int to, NodeId target, IntFunction<NodeId> nodeIds, IntPredicate visitor) {
        return IntStream.range(from, to)
                .mapToObj(i -> numbers[i])
                .sorted(Comparator.comparing(nodeIds::apply, target.byDistance()))
                .allMatch(visitor::test);
    }

    /** Returns the first index from {@code from} to {@code to} whose prefix is not below this one, as unsigned. */
    private int firstAtLeast(long prefix, int from, int to) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(prefixes[middle], prefix) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    long bytes() {
        return (long) prefixes.length * (Long.BYTES + Integer.BYTES);
    }
}
