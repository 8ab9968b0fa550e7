package io.a2al.sim.report;

/** Text that is safe inside a page. */
final class Html {

    private Html() {}

    /** Text as content of an element or of a quoted attribute. */
    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /**
     * JSON as content of a script element, which nothing but its end tag or a comment could end. Both begin with a sign
     * that JSON has in strings only, where it can be written as a number.
     */
    static String json(String json) {
        return json.replace("<", "\\u003c");
    }
}
