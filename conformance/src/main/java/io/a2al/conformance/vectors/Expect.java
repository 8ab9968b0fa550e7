package io.a2al.conformance.vectors;

import java.util.Optional;

/** Compares actual values with expected ones. */
final class Expect {

    private Expect() {}

    static void equal(String what, Object expected, Object actual) throws MismatchException {
        if (!expected.equals(actual)) {
            throw new MismatchException(what, show(expected), show(actual));
        }
    }

    static void holds(String what, boolean condition) throws MismatchException {
        equal(what, true, condition);
    }

    private static String show(Object value) {
        return value instanceof Optional<?> optional
                ? optional.map(Expect::show).orElse("nothing")
                : value.toString();
    }
}
