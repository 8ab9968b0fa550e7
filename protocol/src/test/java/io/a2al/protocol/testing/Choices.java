package io.a2al.protocol.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Our own verdicts on cases where the vectors leave the choice open, from {@code vectors-choices/<name>.txt}. Each is
 * written down once; {@link #checkComplete()} finds those that no case asks for any more.
 */
public final class Choices {

    private final String name;
    private final Map<String, Boolean> written;
    private final Map<String, Boolean> made = new TreeMap<>();

    private Choices(String name, Map<String, Boolean> written) {
        this.name = name;
        this.written = written;
    }

    /** Reads the choices for a vector file, given without its suffix. */
    public static Choices load(String name) {
        Map<String, Boolean> written = new TreeMap<>();
        String previous = "";
        for (String line :
                Vectors.text("vectors-choices/" + name + ".txt").lines().toList()) {
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            String[] words = line.split(" ", -1);
            if (words.length != 2 || !List.of("accept", "reject").contains(words[1])) {
                throw new IllegalArgumentException("not a choice: " + line);
            }
            if (words[0].compareTo(previous) <= 0) {
                throw new IllegalArgumentException("not sorted, or chosen twice: " + line);
            }
            previous = words[0];
            written.put(words[0], words[1].equals("accept"));
        }
        return new Choices(name, written);
    }

    /** Notes that we accepted a case or not, and answers what is written down. */
    public boolean expected(JsonNode vector, boolean accepted) {
        String vectorName = Vectors.name(vector);
        made.put(vectorName, accepted);
        return Optional.ofNullable(written.get(vectorName))
                .orElseThrow(() -> new AssertionError("no choice is written down"));
    }

    /** Fails unless the choices made are exactly the choices written down. */
    public void checkComplete() {
        if (!made.equals(written)) {
            throw new AssertionError(name + ": made " + made + ", but written down are " + written);
        }
    }
}
