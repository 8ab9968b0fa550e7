package io.a2al.dht.transport;

import java.time.Duration;

/**
 * How often a socket may be opened for an address that is asked: a stranger chooses the address where a whole prefix is
 * routed to the machine. Not thread-safe.
 */
final class OpeningRate {

    /** Sockets that may be opened at once: twice as many as stay open, so that a start with many addresses suffices. */
    static final int BURST = 2 * AddressSockets.MOST_FOUND;

    /** Time in which one more may be opened; a socket stays open for a minute and more under a flood. */
    static final Duration PER_SOCKET = Duration.ofSeconds(1);

    /** Nanoseconds of the rate that are used up; at most {@link #BURST} times {@link #PER_SOCKET}. */
    private long used;

    private long latest;

    /** A rate of which nothing is used, at this time in nanoseconds. */
    OpeningRate(long now) {
        this.latest = now;
    }

    /** Returns true and uses up one socket of the rate if there is one left. */
    boolean tryTake(long now) {
        used = Math.max(0, used - Math.max(0, now - latest));
        latest = now;
        if (used > (BURST - 1) * PER_SOCKET.toNanos()) {
            return false;
        }
        used += PER_SOCKET.toNanos();
        return true;
    }
}
