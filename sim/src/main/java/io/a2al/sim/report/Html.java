package io.a2al.sim.report;

/** Escapes text for an HTML page. */
final class Html {

    private Html() {}

    /** Escapes text for the content of an element or of a quoted attribute. */
    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /**
     * Escapes JSON for the content of a script element. Only an end tag or a comment can end or change such an element,
     * and both begin with {@code <}. JSON contains this character only in strings, where it can be written as an
     * escape.
     */
    static String json(String json) {
        return json.replace("<", "\\u003c");
    }
}
