package io.a2al.app.cli;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** Notices a clock that cannot be right, as on a machine without a battery, which starts in 1970. Stateless. */
public final class ClockCheck {

    private ClockCheck() {}

    /** Returns what to say of this machine's clock; empty if nothing is known to be wrong with it. */
    public static Optional<String> warning() {
        try {
            return ProjectVersion.built().flatMap(built -> warning(Instant.now(), built));
        } catch (IOException notBuilt) {
            return Optional.empty();
        }
    }

    /** Returns what to say of a clock that shows {@code now}, if the program was built at {@code built}. */
    static Optional<String> warning(Instant now, Instant built) {
        return now.isBefore(built)
                ? Optional.of("warning: the clock says " + now + ", before this program was built (" + built
                        + "); set the clock, as records are dated by it")
                : Optional.empty();
    }
}
