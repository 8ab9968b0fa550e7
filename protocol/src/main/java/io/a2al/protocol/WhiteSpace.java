package io.a2al.protocol;

/**
 * White space as Unicode's White_Space property defines it, which the reference trims by. Java has three notions of its
 * own, and none is that one. Stateless and thread-safe.
 */
public final class WhiteSpace {

    private WhiteSpace() {}

    /** The text without white space at its ends. */
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
