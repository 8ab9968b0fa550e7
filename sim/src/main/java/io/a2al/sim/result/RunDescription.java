package io.a2al.sim.result;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * The description of a run. Immutable; thread-safe.
 *
 * @param command the command that repeats the run
 * @param options all options with their values, in the order of the help
 */
public record RunDescription(String command, SequencedMap<String, String> options) {

    /** Copies the map. */
    public RunDescription {
        options = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(options));
    }
}
