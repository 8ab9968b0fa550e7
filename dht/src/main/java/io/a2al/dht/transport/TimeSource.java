package io.a2al.dht.transport;

import io.a2al.core.time.ShellTime;
import java.time.Instant;

/** Where a node gets the time from. Must be thread-safe. */
@FunctionalInterface
public interface TimeSource {

    /** The system's clocks. */
    TimeSource SYSTEM = new TimeSource() {
        @Override
        public ShellTime now() {
            return new ShellTime(System.nanoTime(), System.currentTimeMillis() / 1000);
        }

        @Override
        public long unixNanos() {
            Instant now = Instant.now();
            return now.getEpochSecond() * 1_000_000_000L + now.getNano();
        }
    };

    /** The present moment. */
    ShellTime now();

    /** Wall-clock time in nanoseconds, from which notes are numbered; full seconds unless a source knows better. */
    default long unixNanos() {
        return now().unixSeconds() * 1_000_000_000L;
    }
}
