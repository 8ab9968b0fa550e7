package io.a2al.sim.network;

import io.a2al.sim.engine.Mixer;
import io.a2al.sim.engine.Purpose;
import io.a2al.sim.engine.Streams;

/**
 * Decides the loss, duplication and delay of datagrams. All of them are computed from a hash of the seed, the two
 * hosts, the time and the bytes. So a link does not depend on other links, and no state is kept per link. Immutable;
 * thread-safe.
 */
final class LinkModel {

    private static final double NANOS_PER_MILLI = 1e6;
    private static final long BITS = 8;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** Bytes of the IPv4, UDP and Ethernet headers of a datagram. */
    private static final int FRAMING = 46;

    private static final int LOSS = 1;
    private static final int DUPLICATION = 2;
    private static final int JITTER = 3;
    private static final int CUT = 5;

    private final LinkSettings settings;
    private final Streams streams;

    LinkModel(LinkSettings settings, Streams streams) {
        this.settings = settings;
        this.streams = streams;
    }

    LinkSettings settings() {
        return settings;
    }

    /** Returns the hash from which loss, duplication and jitter of one datagram are computed. */
    long fate(Host from, Host to, long now, Datagram datagram) {
        long link = streams.hash(Purpose.LINK, linkNumber(from, to));
        return Mixer.add(Mixer.add(link, now), datagram.digest());
    }

    /** Returns true if the link never carries datagrams in this direction. */
    boolean isCut(Host from, Host to) {
        double cut = settings.faults().cut();
        return cut > 0 && unit(streams.hash(Purpose.LINK, linkNumber(from, to)), CUT) < cut;
    }

    boolean isLost(long fate) {
        return unit(fate, LOSS) < settings.faults().loss();
    }

    boolean isDuplicated(long fate) {
        return unit(fate, DUPLICATION) < settings.faults().duplication();
    }

    /**
     * Returns the delay from one host to the other, in nanoseconds.
     *
     * @param copy 0 for the datagram, 1 for its duplicate, which gets its own jitter
     */
    long delay(Host from, Host to, long fate, int copy) {
        double base = from.place().roundTripTo(to.place()) / 2;
        double extra = -settings.jitter() * StrictMath.log(1 - unit(fate, JITTER + copy));
        return to.lag() + (long) (base * (1 + extra) * NANOS_PER_MILLI);
    }

    /** Returns for how many nanoseconds a datagram occupies an uplink or downlink; 0 if bandwidth is unlimited. */
    long transmission(Datagram datagram) {
        long rate = settings.bandwidth().bitsPerSecond();
        return rate == 0 ? 0 : (datagram.length() + FRAMING) * BITS * NANOS_PER_SECOND / rate;
    }

    private static long linkNumber(Host from, Host to) {
        return (long) from.index() << Integer.SIZE | to.index();
    }

    private static double unit(long fate, int draw) {
        return Mixer.unit(Mixer.add(fate, draw));
    }
}
