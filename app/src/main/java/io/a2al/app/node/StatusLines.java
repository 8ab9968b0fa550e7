package io.a2al.app.node;

import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What {@code a2al node} shows of itself: at a terminal a line that is renewed every second, and otherwise a line when
 * the node has peers and one a minute. The rate in a line is over the time since the line before. Not thread-safe.
 */
final class StatusLines {

    private static final int TICKS_BETWEEN_LINES = 60;

    private final Supplier<NodeCounts> node;
    private final Meter live;
    private final Meter lines;
    private int ticks;
    private boolean connected;

    /**
     * Begins to measure.
     *
     * @param nanos monotonic time in nanoseconds
     */
    StatusLines(Supplier<NodeCounts> node, LongSupplier nanos) {
        this.node = node;
        this.live = new Meter(nanos);
        this.lines = new Meter(nanos);
    }

    /** Returns the state for the line at a terminal. */
    NodeStatus live() {
        NodeCounts counts = node.get();
        return counts.at(live.read(counts.requests()));
    }

    /** Returns the state for the next line if one is due; to be called once a second. */
    Optional<NodeStatus> next() {
        NodeCounts counts = node.get();
        ticks++;
        boolean due = ticks % TICKS_BETWEEN_LINES == 0 || (!connected && counts.peers() > 0);
        connected = counts.peers() > 0;
        return due ? Optional.of(counts.at(lines.read(counts.requests()))) : Optional.empty();
    }

    /** The rate of requests between two readings. */
    private static final class Meter {

        private final LongSupplier nanos;
        private long lastRequests;
        private long lastNanos;

        Meter(LongSupplier nanos) {
            this.nanos = nanos;
            this.lastNanos = nanos.getAsLong();
        }

        /** Returns requests per second since the reading before. */
        double read(long requests) {
            long now = nanos.getAsLong();
            double rate = (requests - lastRequests) * 1e9 / Math.max(now - lastNanos, 1);
            lastNanos = now;
            lastRequests = requests;
            return rate;
        }
    }
}
