package io.a2al.http.node;

import io.a2al.dht.DhtNode;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Whether a node knows enough of the network for its answers to be complete: it has three peers, and has run for 30 s
 * (daemon-api.md 3, {@code network_ready}). Thread-safe.
 */
public final class NetworkReady implements BooleanSupplier {

    private static final int PEERS = 3;
    private static final Duration AGE = Duration.ofSeconds(30);

    private final DhtNode node;
    private final LongSupplier nanos;
    private final long begin;

    /**
     * Counts from now on.
     *
     * @param nanos a monotonic clock, in nanoseconds
     */
    public NetworkReady(DhtNode node, LongSupplier nanos) {
        this.node = node;
        this.nanos = nanos;
        this.begin = nanos.getAsLong();
    }

    @Override
    public boolean getAsBoolean() {
        return nanos.getAsLong() - begin >= AGE.toNanos()
                && node.statistics().table().alive() >= PEERS;
    }
}
