package io.a2al.conformance.vectors;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The decisions about cases of one vector file, from {@code choices/<file>.txt}: the verdict of this implementation
 * where the vectors leave it open, and deliberate deviations. There is one line for each case, sorted by name:
 *
 * <pre>
 * name accept
 * name reject
 * name differs answer reason
 * </pre>
 *
 * Immutable and thread-safe.
 */
final class Choices {

    /** A deliberate deviation: the answer of this implementation, which differs from that of the vectors. */
    private record Deviation(String answer, String reason) {}

    private final Map<String, Boolean> verdicts = new TreeMap<>();
    private final Map<String, Deviation> deviations = new TreeMap<>();

    private Choices() {}

    /** Loads the decisions for a vector file, named without its suffix. Without such a resource there are none. */
    static Choices load(String stem) {
        try {
            return parse(new String(VectorSuite.resource("choices/" + stem + ".txt"), StandardCharsets.UTF_8));
        } catch (FileNotFoundException none) {
            return new Choices();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Parses a file of decisions.
     *
     * @throws IllegalArgumentException if a line is malformed, or the lines are not sorted by name
     */
    static Choices parse(String text) {
        Choices choices = new Choices();
        String previous = "";
        for (String line : text.lines().toList()) {
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            String[] words = line.split(" ", 4);
            if (words[0].compareTo(previous) <= 0) {
                throw new IllegalArgumentException("not sorted, or duplicate: " + line);
            }
            previous = words[0];
            choices.add(line, words);
        }
        return choices;
    }

    private void add(String line, String[] words) {
        String verb = words.length > 1 ? words[1] : "";
        if (words.length == 2 && (verb.equals("accept") || verb.equals("reject"))) {
            verdicts.put(words[0], verb.equals("accept"));
        } else if (words.length == 4 && verb.equals("differs")) {
            deviations.put(words[0], new Deviation(words[2], words[3]));
        } else {
            throw new IllegalArgumentException(
                    "neither \"NAME accept\", \"NAME reject\" nor \"NAME differs ANSWER REASON\": " + line);
        }
    }

    /** Returns the names of all cases about which there is a decision. */
    Set<String> names() {
        Map<String, Object> all = new TreeMap<>(verdicts);
        all.putAll(deviations);
        return all.keySet();
    }

    /** Returns the answer of this implementation, if it deliberately differs from that of the vectors in this case. */
    Optional<String> deviation(Fields vector) {
        return Optional.ofNullable(deviations.get(vector.caseName())).map(Deviation::answer);
    }

    /**
     * Returns the outcome of a case in which everything but the verdict has been checked.
     *
     * @param open true if the vectors leave the verdict open; then {@code expected} is ignored
     * @param expected true if the vectors accept the input
     * @param accepted true if this implementation accepts the input
     * @throws MismatchException if the verdict is neither the expected nor the decided one
     */
    Outcome verdict(Fields vector, boolean open, boolean expected, boolean accepted) throws MismatchException {
        if (!open) {
            Expect.equal("accepted", expected, accepted);
            return new Outcome.Passed();
        }
        Boolean chosen = verdicts.get(vector.caseName());
        if (chosen != null) {
            Expect.equal("accepted (decided)", chosen, accepted);
        }
        return new Outcome.Open(accepted);
    }

    /**
     * Returns the outcome of a case in which everything but one answer has been checked.
     *
     * @param what name of the answer, for messages
     * @throws MismatchException if the answer is neither the expected nor the decided one, or if a decided deviation is
     *     none
     */
    Outcome answer(Fields vector, String what, String expected, String actual) throws MismatchException {
        Deviation deviation = deviations.get(vector.caseName());
        if (deviation == null) {
            Expect.equal(what, expected, actual);
            return new Outcome.Passed();
        }
        Expect.equal(what + " (decided)", deviation.answer(), actual);
        Expect.holds(what + " still differs from " + expected, !expected.equals(actual));
        return new Outcome.Differs(deviation.reason());
    }
}
