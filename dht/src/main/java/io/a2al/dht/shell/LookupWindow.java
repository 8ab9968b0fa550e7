package io.a2al.dht.shell;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets lookups of the application begin only as fast as the node handles the answers to them; others wait, in the order
 * in which they came. If they all began at once, their answers would fill the socket's buffer. Answers are too late
 * then, so that lookups ask further nodes, and requests of other nodes are lost in the full buffer as well.
 *
 * <p>How many may be under way follows from the receiving threads, as in the congestion control of TCP: more while
 * these keep up, fewer when they fall behind. Thread-safe.
 */
final class LookupWindow {

    /** Further ones are refused; as many as the core lets be under way. */
    static final int MOST_WAITING = 4096;

    /** Enough for a node that is not asked for much, and answers to them fit the smallest buffers of a socket. */
    private static final int FIRST = 32;

    /** So that lookups go on if others keep the receiving threads busy. */
    private static final int LEAST = 4;

    /** Per processor; each takes about a millisecond of one. */
    private static final int MOST_PER_PROCESSOR = 128;

    /** In nanoseconds; a request of another node waits about as long as the receiving threads are behind. */
    private static final long BEHIND = Duration.ofMillis(5).toNanos();

    /** What remains of the window when the receiving threads are behind. */
    private static final double CUT = 0.7;

    /** In nanoseconds; until a cut shows, further ones would be for the same cause. */
    private static final long BETWEEN_CUTS = Duration.ofMillis(100).toNanos();

    private final Reception reception;
    private final LongSupplier nanoTime;
    private final int most;
    private final Queue<BooleanSupplier> waiting = new ArrayDeque<>();
    private int underWay;

    /** One begins at a time, and its thread goes on with the next: many that end at once must not nest. */
    private boolean isBeginning;

    private double window = FIRST;

    /** Until the receiving threads were behind for the first time, the window doubles with each round of lookups. */
    private boolean isOpening = true;

    private long lastCut;

    /** No lookup is under way. */
    LookupWindow(Reception reception, LongSupplier nanoTime, int processors) {
        this.reception = reception;
        this.nanoTime = nanoTime;
        this.most = processors * MOST_PER_PROCESSOR;
        this.lastCut = nanoTime.getAsLong() - BETWEEN_CUTS;
    }

    /**
     * Begins a lookup, now on the calling thread, or later on one that tells of the end of another.
     *
     * @param lookup begins it, and returns false if it is not wanted any longer
     * @return false if too many wait already, so that it will not begin
     */
    boolean begin(BooleanSupplier lookup) {
        synchronized (this) {
            if (waiting.size() >= MOST_WAITING) {
                return false;
            }
            waiting.add(lookup);
        }
        beginWaiting();
        return true;
    }

    /** A lookup that began has ended. */
    void onEnded() {
        synchronized (this) {
            adapt();
            underWay--;
        }
        beginWaiting();
    }

    private void beginWaiting() {
        for (BooleanSupplier next = takePlace(); next != null; next = takePlace()) {
            boolean begun = false;
            try {
                begun = next.getAsBoolean();
            } finally {
                onBegun(begun);
            }
        }
    }

    private synchronized @Nullable BooleanSupplier takePlace() {
        if (isBeginning || underWay >= (int) window || waiting.isEmpty()) {
            return null;
        }
        isBeginning = true;
        underWay++;
        return waiting.remove();
    }

    private synchronized void onBegun(boolean begun) {
        isBeginning = false;
        underWay -= begun ? 0 : 1;
    }

    private void adapt() {
        if (reception.nanosBehind() > BEHIND) {
            long now = nanoTime.getAsLong();
            if (now - lastCut >= BETWEEN_CUTS) {
                window = Math.max(LEAST, window * CUT);
                lastCut = now;
                isOpening = false;
            }
        } else if (underWay >= (int) window) {
            window = Math.min(most, window + (isOpening ? 1 : 1 / window));
        }
    }

    /** Returns how many lookups may be under way at present. */
    synchronized int size() {
        return (int) window;
    }

    /** Returns how many lookups wait. */
    synchronized int waiting() {
        return waiting.size();
    }
}
