package io.a2al.dht;

import io.a2al.core.Moment;

/** Where a node gets the time from. Must be thread-safe. */
@FunctionalInterface
public interface TimeSource {

    /** The system's clocks. */
    TimeSource SYSTEM = () -> new Moment(System.nanoTime(), System.currentTimeMillis() / 1000);

    /** The present moment. */
    Moment now();
}
