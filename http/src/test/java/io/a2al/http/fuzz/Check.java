package io.a2al.http.fuzz;

import java.util.Objects;

/** The checks of targets. They cost nothing if they hold, unlike those of AssertJ. Stateless. */
final class Check {

    private Check() {}

    static void that(boolean holds, String rule) {
        if (!holds) {
            throw new AssertionError("broken: " + rule);
        }
    }

    static void equal(Object actual, Object expected) {
        if (!Objects.equals(actual, expected)) {
            throw new AssertionError("after a round trip " + actual + ", before " + expected);
        }
    }
}
