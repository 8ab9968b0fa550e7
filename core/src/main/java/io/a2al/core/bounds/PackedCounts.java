package io.a2al.core.bounds;

/**
 * How many members each network has, by the number of the network, in six bytes a cell: for collections with so many
 * members that the objects of {@link NetworkCounts} would take more memory than the members. Networks are told apart by
 * 32 bits of a hash of their numbers: one of a million seems to have the members of another one, too. Counts end at
 * 65,535. Not thread-safe.
 */
public final class PackedCounts {

    private static final int FIRST_CELLS = 16;

    private final long seed;

    /** Hashes of networks, beginning at the cell that the hash names; 0 in a free cell. */
    private int[] hashes = new int[FIRST_CELLS];

    private char[] counts = new char[FIRST_CELLS];
    private int used;

    /**
     * Has counted nothing yet.
     *
     * @param seed determines which networks have the same hash; unpredictable in production
     */
    public PackedCounts(long seed) {
        this.seed = seed;
    }

    /** Counts a member of the network with this number. */
    public void add(long network) {
        int hash = hash(network);
        int cell = cellOf(hash);
        if (hashes[cell] == 0) {
            hashes[cell] = hash;
            used++;
        }
        counts[cell] = (char) Math.min(counts[cell] + 1, Character.MAX_VALUE);
        if (used * 4 > hashes.length * 3) {
            grow();
        }
    }

    /** Takes back {@link #add}. */
    public void remove(long network) {
        int cell = cellOf(hash(network));
        if (counts[cell] > 1) {
            counts[cell]--;
        } else if (counts[cell] == 1) {
            free(cell);
        }
    }

    /** Returns the number of members of the network with this number. */
    public int of(long network) {
        return counts[cellOf(hash(network))];
    }

    /** Returns the memory that the cells take, in bytes. */
    public long bytes() {
        return (long) hashes.length * (Integer.BYTES + Character.BYTES);
    }

    private int hash(long network) {
        int hash = (int) (KeyedHash.of(network, seed) >>> Integer.SIZE);
        return hash == 0 ? 1 : hash;
    }

    /** Returns the cell with this hash, or the free one where it belongs; a quarter of all cells is free. */
    private int cellOf(int hash) {
        int mask = hashes.length - 1;
        int cell = hash & mask;
        while (hashes[cell] != 0 && hashes[cell] != hash) {
            cell = cell + 1 & mask;
        }
        return cell;
    }

    /** Frees a cell, and moves those behind it up that would not be found otherwise. */
    private void free(int cell) {
        int mask = hashes.length - 1;
        int hole = cell;
        for (int next = hole + 1 & mask; hashes[next] != 0; next = next + 1 & mask) {
            int wanted = hashes[next] & mask;
            if ((next - wanted & mask) >= (next - hole & mask)) {
                hashes[hole] = hashes[next];
                counts[hole] = counts[next];
                hole = next;
            }
        }
        hashes[hole] = 0;
        counts[hole] = 0;
        used--;
    }

    private void grow() {
        int[] oldHashes = hashes;
        char[] oldCounts = counts;
        hashes = new int[2 * oldHashes.length];
        counts = new char[2 * oldCounts.length];
        for (int i = 0; i < oldHashes.length; i++) {
            if (oldHashes[i] != 0) {
                int cell = cellOf(oldHashes[i]);
                hashes[cell] = oldHashes[i];
                counts[cell] = oldCounts[i];
            }
        }
    }
}
