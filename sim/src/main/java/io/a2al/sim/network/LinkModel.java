package io.a2al.sim.network;

import io.a2al.sim.engine.Mixer;
import io.a2al.sim.engine.Purpose;
import io.a2al.sim.engine.Streams;

/**
 * Decides what becomes of a datagram on its way. Everything follows from a hash of the seed, the two hosts, the time
 * and the bytes, so that no link depends on what happens on another and nothing has to be remembered. Immutable;
 * thread-safe.
 */
final class LinkModel {

    private static final double NANOS_PER_MILLI = 1e6;
    private static final long BITS = 8;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** IPv4 and UDP headers, and Ethernet's. */
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

    /** What the fate of one datagram is drawn from. */
    long fate(Host from, Host to, long now, Datagram datagram) {
        long link = streams.hash(Purpose.LINK, linkNumber(from, to));
        return Mixer.add(Mixer.add(link, now), datagram.digest());
    }

    /** True if nothing ever gets through in this direction. */
    boolean isCut(Host from, Host to) {
        return settings.cut() > 0 && unit(streams.hash(Purpose.LINK, linkNumber(from, to)), CUT) < settings.cut();
    }

    boolean isLost(long fate) {
        return unit(fate, LOSS) < settings.loss();
    }

    boolean isDuplicated(long fate) {
        return unit(fate, DUPLICATION) < settings.duplication();
    }

    /**
     * Nanoseconds from here to there.
     *
     * @param copy 0, or 1 for a duplicate, which takes another time
     */
    long delay(Host from, Host to, long fate, int copy) {
        double base = from.place().roundTripTo(to.place()) / 2;
        double extra = -settings.jitter() * StrictMath.log(1 - unit(fate, JITTER + copy));
        return to.lag() + (long) (base * (1 + extra) * NANOS_PER_MILLI);
    }

    /** Nanoseconds that a datagram occupies an uplink or a downlink for; 0 for fast ones. */
    long transmission(Datagram datagram) {
        long rate = settings.bitsPerSecond();
        return rate == 0 ? 0 : (datagram.length() + FRAMING) * BITS * NANOS_PER_SECOND / rate;
    }

    private static long linkNumber(Host from, Host to) {
        return (long) from.index() << Integer.SIZE | to.index();
    }

    private static double unit(long fate, int draw) {
        return Mixer.unit(Mixer.add(fate, draw));
    }
}
