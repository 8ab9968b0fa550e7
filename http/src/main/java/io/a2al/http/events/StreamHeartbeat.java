package io.a2al.http.events;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Notes that an agent lives as long as its client takes what is written to its stream. Not thread-safe.
 */
final class StreamHeartbeat implements Runnable {

    /** Far below the hour that a heartbeat counts for; each is written to the disk within a minute. */
    static final Duration PERIOD = Duration.ofMinutes(5);

    private final Runnable heartbeat;
    private final LongSupplier nanos;
    private long next;

    /**
     * Begins with a heartbeat, as asking for the stream is one.
     *
     * @param nanos a monotonic clock
     */
    StreamHeartbeat(Runnable heartbeat, LongSupplier nanos) {
        this.heartbeat = heartbeat;
        this.nanos = nanos;
        next = nanos.getAsLong();
        run();
    }

    /** Something was written. */
    @Override
    public void run() {
        long now = nanos.getAsLong();
        if (now - next >= 0) {
            next = now + PERIOD.toNanos();
            heartbeat.run();
        }
    }
}
