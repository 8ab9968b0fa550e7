package io.a2al.conformance.node;

import java.time.Duration;

final class Faulty {
    static final ProbeSettings SETTINGS =
            new ProbeSettings(Duration.ofMillis(250), Duration.ofMillis(100), 1, 0, 20, false);

    private Faulty() {}
}
