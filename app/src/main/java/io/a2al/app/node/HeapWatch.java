package io.a2al.app.node;

import java.util.function.LongSupplier;

/**
 * Collects all garbage before there is much more of it than live data. The serial collector looks at the old generation
 * only when the heap cannot grow any further, so that a node that lives long would take all the memory it may have. The
 * launcher asks for this with the system property {@value #PROPERTY}, beside that collector; others collect by
 * themselves. A collection stops the node for one to two milliseconds for each megabyte of live data. Not thread-safe.
 */
final class HeapWatch {

    /** Set to {@code true} if garbage is to be collected here. */
    static final String PROPERTY = "a2al.heap.watch";

    /** Garbage in bytes that is tolerated whatever the live data: 300,000 records, each in place of another. */
    static final long TOLERATED = 256L << 20;

    private final LongSupplier used;
    private final Runnable collection;
    private final boolean active;

    /** Bytes in use after the last collection, as far as it was one of ours. */
    private long live;

    private HeapWatch(LongSupplier used, Runnable collection, boolean active) {
        this.used = used;
        this.collection = collection;
        this.active = active;
    }

    /** Watches the heap of this process, if the launcher asks for it. */
    static HeapWatch ofProcess() {
        Runtime runtime = Runtime.getRuntime();
        return new HeapWatch(
                () -> runtime.totalMemory() - runtime.freeMemory(), runtime::gc, Boolean.getBoolean(PROPERTY));
    }

    /** Watches this number of bytes in use, which {@code collection} makes smaller. */
    static HeapWatch of(LongSupplier used, Runnable collection) {
        return new HeapWatch(used, collection, true);
    }

    /** Collects if there is too much garbage. To be called every second or so. */
    void look() {
        if (active && used.getAsLong() > live + Math.max(TOLERATED, live)) {
            collection.run();
            live = used.getAsLong();
        }
    }
}
