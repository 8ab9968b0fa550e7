package io.a2al.app.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what was probably meant by a word that was mistyped. Stateless. */
public final class Nearest {

    private Nearest() {}

    /**
     * Returns the word that takes the fewest insertions, removals, replacements and exchanges of neighbours; empty if
     * even that takes more than one for every three characters.
     */
    public static Optional<String> to(String mistyped, Collection<String> words) {
        return words.stream()
                .filter(word -> distance(mistyped, word) <= most(mistyped, word))
                .min(Comparator.comparingInt((String word) -> distance(mistyped, word))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** Returns the end of a message about a mistyped word; empty if nothing is near. */
    public static String hint(String mistyped, Collection<String> words) {
        return to(mistyped, words).map(word -> "; did you mean " + word + "?").orElse("");
    }

    private static int most(String a, String b) {
        return Math.max(1, Math.max(a.length(), b.length()) / 3);
    }

    /** The distance of Damerau and Levenshtein in its simple form, which edits no part twice. */
    private static int distance(String a, String b) {
        int[][] edits = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                edits[i][j] = i == 0 || j == 0 ? i + j : least(edits, a, b, i, j);
            }
        }
        return edits[a.length()][b.length()];
    }

    private static int least(int[][] edits, String a, String b, int i, int j) {
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        int least = Math.min(Math.min(edits[i - 1][j], edits[i][j - 1]) + 1, edits[i - 1][j - 1] + (same ? 0 : 1));
        boolean exchanged = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return exchanged ? Math.min(least, edits[i - 2][j - 2] + 1) : least;
    }
}
