package io.a2al.conformance.node;

/**
 * What was seen, and how it is judged. Immutable.
 *
 * @param text in a few words
 */
record Seen(Verdict verdict, String text) {

    /** As expected. */
    static Seen good(String text) {
        return new Seen(Verdict.PASS, text);
    }

    /** Not as expected, but known of older generations. */
    static Seen known(String text, String defect) {
        return new Seen(Verdict.DIFFERS, text + " (" + defect + ")");
    }

    /** Neither. */
    static Seen bad(String text) {
        return new Seen(Verdict.FAIL, text);
    }

    /** As expected or not. */
    static Seen of(boolean good, String text) {
        return good ? good(text) : bad(text);
    }

    /** As expected with one text, or not with another. */
    static Seen of(boolean good, String goodText, String badText) {
        return of(good, good ? goodText : badText);
    }
}
