package io.a2al.core.guard;

import io.a2al.core.bounds.BoundedMap;
import io.a2al.core.bounds.NetworkLevel;
import io.a2al.core.bounds.Occupancy;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.Sha256;
import io.a2al.protocol.message.Endpoint;
import java.util.function.Predicate;

/**
 * Decides which echo probes are returned to their sources (wire.md 2.3), if any are. A probe is not signed, and its
 * echo is a probe again, so that one forged datagram could keep two nodes busy for ever (known-defects D-06). Hence an
 * echo never goes to the address of a node, never twice with the same bytes to the same address, and is rare.
 * Times in nanoseconds. Not thread-safe.
 */
final class EchoProbes {

    private static final Bytes IPV6 = Bytes.fromHex("06");

    private final GuardSettings.Echoes settings;
    private final TokenBucket total;
    private final RateSketch perSource;
    private final BoundedMap<Bytes, Boolean> echoed;
    private long sent;
    private long refused;

    EchoProbes(GuardSettings.Echoes settings, long seed, long now) {
        this.settings = settings;
        this.total = new TokenBucket(settings.total(), now);
        this.perSource = new RateSketch(settings.perSource(), settings.buckets(), seed, now);
        this.echoed = new BoundedMap<>(settings.maxRemembered());
    }

    /**
     * Returns true if this probe is to be returned to its source.
     *
     * @param isPeer whether another node may be at an address; slow
     */
    boolean mayEcho(Endpoint from, Bytes probe, Predicate<Endpoint> isPeer, long now) {
        boolean may = settings.enabled() && from.isDialable() && isWithinLimits(from, probe, isPeer, now);
        sent += may ? 1 : 0;
        refused += may ? 0 : 1;
        return may;
    }

    private boolean isWithinLimits(Endpoint from, Bytes probe, Predicate<Endpoint> isPeer, long now) {
        if (probe.length() > settings.maxLength() || !total.mayTake(now)) {
            return false;
        }
        // Charged before anything that takes time, whether or not the probe is returned.
        total.take(now);
        return perSource.tryTake(NetworkLevel.sourceOf(from), now)
                && !isPeer.test(from)
                && echoed.put(digest(from, probe), Boolean.TRUE) == null;
    }

    /** Returns a digest of the address without its port, and the bytes. */
    private static Bytes digest(Endpoint from, Bytes probe) {
        Bytes family = from.isIpv4() ? Bytes.EMPTY : IPV6;
        return Bytes.copyOf(Sha256.hash(family.toArray(), from.ip(), probe.toArray()));
    }

    Occupancy remembered() {
        return echoed.occupancy();
    }

    long sent() {
        return sent;
    }

    long refused() {
        return refused;
    }
}
