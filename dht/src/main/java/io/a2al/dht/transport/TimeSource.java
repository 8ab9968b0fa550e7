package io.a2al.dht.transport;

import io.a2al.core.time.ShellTime;
import java.time.Instant;

/** The source of a node's time. Must be thread-safe. */
@FunctionalInterface
public interface TimeSource {

    /** Reads the system's clocks. */
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

    /** Returns the present time. */
    ShellTime now();

    /** Returns the wall-clock time in Unix nanoseconds, which number notes; by default in whole seconds. */
    default long unixNanos() {
        return now().unixSeconds() * 1_000_000_000L;
    }
}
