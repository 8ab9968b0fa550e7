package io.a2al.sim.network;

import io.a2al.sim.engine.Stream;
import java.time.Duration;

/**
 * How many hosts are behind which kind of NAT; the rest is public. Shares of 0 to 1, together at most 1. Immutable;
 * thread-safe.
 *
 * @param timeout after which an unused mapping is forgotten
 */
public record NatMix(double fullCone, double restricted, double portRestricted, double symmetric, Duration timeout) {

    /** Everybody is public. */
    public static final NatMix NONE = new NatMix(0, 0, 0, 0, Duration.ofMinutes(2));

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a share is negative or all together are more than 1
     */
    public NatMix {
        double sum = fullCone + restricted + portRestricted + symmetric;
        boolean good = fullCone >= 0 && restricted >= 0 && portRestricted >= 0 && symmetric >= 0 && sum <= 1.000_001;
        if (!good) {
            throw new IllegalArgumentException("the shares of NAT kinds are " + fullCone + ", " + restricted + ", "
                    + portRestricted + " and " + symmetric + "; none may be negative, and together at most 1");
        }
    }

    /** These proportions, for this share of all hosts; port restricted ones if there are none here. */
    public NatMix scaledTo(double share) {
        double sum = share();
        if (sum == 0) {
            return new NatMix(0, 0, share, 0, timeout);
        }
        double factor = share / sum;
        return new NatMix(fullCone * factor, restricted * factor, portRestricted * factor, symmetric * factor, timeout);
    }

    /** The share of hosts that are behind any NAT. */
    public double share() {
        return fullCone + restricted + portRestricted + symmetric;
    }

    /** The kind of one host. */
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
