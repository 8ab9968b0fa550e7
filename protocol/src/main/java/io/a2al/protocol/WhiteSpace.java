package io.a2al.protocol;

/**
 * White space as Unicode's White_Space property defines it. The reference implementation trims by this property; none
 * of Java's three definitions of white space is equal to it. Stateless and thread-safe.
 */
public final class WhiteSpace {

    private WhiteSpace() {}

    /** Returns {@code text} without leading and trailing white space. */
    public static String trim(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isWhiteSpace(text.charAt(from))) {
            from++;
        }
        while (to > from && isWhiteSpace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean isWhiteSpace(char c) {
        return (c >= '\t' && c <= '\r') || c == '\u0085' || Character.isSpaceChar(c);
    }
}
