package io.a2al.conformance.node;

/**
 * The observed behaviour in a check, and the verdict on it. Immutable.
 *
 * @param text the observed behaviour, a few words
 */
record Observation(Verdict verdict, String text) {

    /** Returns an observation of the expected behaviour. */
    static Observation pass(String text) {
        return new Observation(Verdict.PASS, text);
    }

    /** Returns an observation of a known defect; {@code defect} is its number. */
    static Observation knownDefect(String text, String defect) {
        return new Observation(Verdict.DIFFERS, text + " (" + defect + ")");
    }

    /** Returns an observation of other unexpected behaviour. */
    static Observation fail(String text) {
        return new Observation(Verdict.FAIL, text);
    }

    /** Returns that the check did not run, and why. */
    static Observation skipped(String reason) {
        return new Observation(Verdict.SKIPPED, reason);
    }

    /** Returns that the check did not run, because nodes have no limits for loopback addresses. */
    static Observation skippedOnLoopback() {
        return skipped("not applicable on loopback: run it against a public address");
    }

    /** Returns an observation that passes or fails. */
    static Observation of(boolean good, String text) {
        return good ? pass(text) : fail(text);
    }

    /** Returns an observation that passes with one text or fails with another. */
    static Observation of(boolean good, String goodText, String badText) {
        return of(good, good ? goodText : badText);
    }
}
