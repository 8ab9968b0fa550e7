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
 * What we decided about cases of one file, from {@code choices/<file>.txt}: our verdicts where the vectors leave it
 * open, and where we differ on purpose. One line for each case, sorted by name:
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

    /** A case in which we answer something else than the vectors. */
    private record Deviation(String answer, String reason) {}

    private final Map<String, Boolean> verdicts = new TreeMap<>();
    private final Map<String, Deviation> deviations = new TreeMap<>();

    private Choices() {}

    /** The choices for a vector file, given without its suffix; none if there is no such resource. */
    static Choices load(String stem) {
        try {
            return parse(new String(VectorSuite.resource("choices/" + stem + ".txt"), StandardCharsets.UTF_8));
        } catch (FileNotFoundException none) {
            return new Choices();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Choices parse(String text) {
        Choices choices = new Choices();
        String previous = "";
        for (String line : text.lines().toList()) {
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            String[] words = line.split(" ", 4);
            if (words[0].compareTo(previous) <= 0) {
                throw new IllegalArgumentException("not sorted, or decided twice: " + line);
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
            throw new IllegalArgumentException("not a choice: " + line);
        }
    }

    /** The names of all cases that something was decided about. */
    Set<String> names() {
        Map<String, Object> all = new TreeMap<>(verdicts);
        all.putAll(deviations);
        return all.keySet();
    }

    /** What we answer in a case, if that is not what the vectors say. */
    Optional<String> deviation(Fields vector) {
        return Optional.ofNullable(deviations.get(vector.caseName())).map(Deviation::answer);
    }

    /**
     * The outcome of a case in which all but the verdict was found right.
     *
     * @param open whether the vectors leave the verdict open; then {@code expected} does not count
     */
    Outcome verdict(Fields vector, boolean open, boolean expected, boolean accepted) throws MismatchException {
        if (!open) {
            Expect.equal("accepted", expected, accepted);
            return new Outcome.Passed();
        }
        Boolean chosen = verdicts.get(vector.caseName());
        if (chosen != null) {
            Expect.equal("accepted, as we decided", chosen, accepted);
        }
        return new Outcome.Open(accepted);
    }

    /** The outcome of a case in which all but one answer was found right. */
    Outcome answer(Fields vector, String what, String expected, String actual) throws MismatchException {
        Deviation deviation = deviations.get(vector.caseName());
        if (deviation == null) {
            Expect.equal(what, expected, actual);
            return new Outcome.Passed();
        }
        Expect.equal(what + ", as we decided", deviation.answer(), actual);
        Expect.holds(what + " still differs from " + expected, !expected.equals(actual));
        return new Outcome.Differs(deviation.reason());
    }
}
