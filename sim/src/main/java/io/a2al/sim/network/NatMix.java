package io.a2al.sim.network;

import io.a2al.sim.engine.Stream;
import java.time.Duration;

/**
 * The shares of hosts behind each kind of NAT. All other hosts are public. Each share is 0 to 1, and their sum is at
 * most
 * 1. Immutable; thread-safe.
 *
 * @param timeout time without outgoing datagrams after which a mapping expires
 */
public record NatMix(double fullCone, double restricted, double portRestricted, double symmetric, Duration timeout) {

    /** All hosts are public. */
    public static final NatMix NONE = new NatMix(0, 0, 0, 0, Duration.ofMinutes(2));

    /**
     * Validates the ranges.
     *
     * @throws IllegalArgumentException if a share is negative or the sum is more than 1
     */
    public NatMix {
        double sum = fullCone + restricted + portRestricted + symmetric;
        boolean good = fullCone >= 0 && restricted >= 0 && portRestricted >= 0 && symmetric >= 0 && sum <= 1.000_001;
        if (!good) {
            throw new IllegalArgumentException("shares of NAT kinds: " + fullCone + ", " + restricted + ", "
                    + portRestricted + ", " + symmetric + "; none may be negative, and their sum must be at most 1");
        }
    }

    /**
     * Returns a mix with the same proportions and the given total share. If this mix has no NATs, all of them are port
     * restricted.
     */
    public NatMix scaledTo(double share) {
        double sum = share();
        if (sum == 0) {
            return new NatMix(0, 0, share, 0, timeout);
        }
        double factor = share / sum;
        return new NatMix(fullCone * factor, restricted * factor, portRestricted * factor, symmetric * factor, timeout);
    }

    /** Returns the total share of hosts behind a NAT. */
    public double share() {
        return fullCone + restricted + portRestricted + symmetric;
    }

    /** Draws the kind of one host. */
    NatKind draw(Stream stream) {
        double at = stream.nextUnit();
        if (at < fullCone) {
            return NatKind.FULL_CONE;
        }
        if (at < fullCone + restricted) {
            return NatKind.RESTRICTED;
        }
        if (at < fullCone + restricted + portRestricted) {
            return NatKind.PORT_RESTRICTED;
        }
        return at < share() ? NatKind.SYMMETRIC : NatKind.PUBLIC;
    }
}
