package io.a2al.core.nat;

import io.a2al.core.bounds.BoundedMap;
import io.a2al.protocol.message.Endpoint;
import java.time.Duration;
import java.util.Optional;

/**
 * Peers that seem to be behind the same NAT as we are: their address has our public IP (node.md 10.6). Many NATs do not
 * turn packets around, but some do, so that each peer is tried, and skipped for a while only after a request to it
 * timed out (known-defects D-43). Our own public endpoint belongs to no other node and is never tried. Bounded: the
 * least recently used entry is dropped, and that peer tried again. Times in nanoseconds. Not thread-safe.
 */
public final class Hairpins {

    private final long memory;
    private final BoundedMap<Endpoint, Long> failedAt;
    private Optional<Endpoint> self = Optional.empty();

    /** No peer tried yet; at most {@code capacity} failures are remembered, each for {@code memory}. */
    public Hairpins(Duration memory, int capacity) {
        this.memory = memory.toNanos();
        this.failedAt = new BoundedMap<>(capacity);
    }

    /** Sets our endpoint as peers see it; its port is 0 if only the IP is known. */
    public void setSelf(Optional<Endpoint> endpoint) {
        self = endpoint.map(Endpoint::unmapped);
    }

    /** Returns our endpoint as peers see it. */
    public Optional<Endpoint> self() {
        return self;
    }

    /** Returns whether a request to {@code to} is known to get no answer. */
    public boolean isHopeless(Endpoint to, long now) {
        if (self.isEmpty() || !self.get().hasSameIp(to)) {
            return false;
        }
        Endpoint plain = to.unmapped();
        if (plain.equals(self.get())) {
            return true;
        }
        Long since = failedAt.get(plain);
        return since != null && now - since < memory;
    }

    /** Notes an answer from there. */
    public void answered(Endpoint from) {
        failedAt.remove(from.unmapped());
    }

    /** Notes that a request to there timed out. */
    public void silent(Endpoint to, long now) {
        if (self.isPresent() && self.get().hasSameIp(to)) {
            failedAt.put(to.unmapped(), now);
        }
    }

    /** Drops all failures, after a change of network. */
    public void forget() {
        failedAt.clear();
    }

    /** Returns how many failures are remembered. */
    public int size() {
        return failedAt.size();
    }
}
