package io.a2al.core.nat;

import io.a2al.core.bounds.BoundedMap;
import io.a2al.protocol.message.Endpoint;
import java.time.Duration;
import java.util.Optional;

/**
 * Peers that seem to be behind the same NAT as we are: their address has our public IP (node.md 10.6). Many NATs do not
 * turn packets around, but some do, so that each is tried, and only if it stays silent is it left alone for a while
 * (known-defects D-43). Our own public endpoint is nobody else's and is never tried. Bounded: what was not thought of
 * for longest is forgotten, and tried again. Times in nanoseconds. Not thread-safe.
 */
public final class Hairpins {

    private final long memory;
    private final BoundedMap<Endpoint, Long> silentSince;
    private Optional<Endpoint> self = Optional.empty();

    /** Nothing tried yet; what fails is remembered for {@code memory}, and at most {@code capacity} of it. */
    public Hairpins(Duration memory, int capacity) {
        this.memory = memory.toNanos();
        this.silentSince = new BoundedMap<>(capacity);
    }

    /** Our endpoint as others see it; its port is 0 if only the IP is known. */
    public void setSelf(Optional<Endpoint> endpoint) {
        self = endpoint.map(Endpoint::unmapped);
    }

    /** Our endpoint as others see it. */
    public Optional<Endpoint> self() {
        return self;
    }

    /** True if nothing sent to {@code to} is going to be answered, as far as we know. */
    public boolean isHopeless(Endpoint to, long now) {
        if (self.isEmpty() || !self.get().hasSameIp(to)) {
            return false;
        }
        Endpoint plain = to.unmapped();
        if (plain.equals(self.get())) {
            return true;
        }
        Long since = silentSince.get(plain);
        return since != null && now - since < memory;
    }

    /** Somebody answered there. */
    public void answered(Endpoint from) {
        silentSince.remove(from.unmapped());
    }

    /** Nobody answered there. */
    public void silent(Endpoint to, long now) {
        if (self.isPresent() && self.get().hasSameIp(to)) {
            silentSince.put(to.unmapped(), now);
        }
    }

    /** We are in another network now. */
    public void forget() {
        silentSince.clear();
    }

    /** Addresses remembered as silent. */
    public int size() {
        return silentSince.size();
    }
}
