package io.a2al.sim.life;

import java.time.Duration;

/**
 * Checks values of settings. Apart from the settings, so that none of them is initialised while another one is that
 * contains it. Stateless.
 */
final class Ranges {

    private Ranges() {}

    static void checkShare(String what, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException(what + ": " + share + "; must be 0 to 1");
        }
    }

    static void checkNotNegative(String what, Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException(what + ": " + time.toMillis() + " ms; must not be negative");
        }
    }
}
