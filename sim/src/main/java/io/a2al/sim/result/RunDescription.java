package io.a2al.sim.result;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * What a run was. Immutable; thread-safe.
 *
 * @param command the command that repeats it
 * @param options every option with its value, in the order of the help
 */
public record RunDescription(String command, SequencedMap<String, String> options) {

    /** Copies the map. */
    public RunDescription {
        options = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(options));
    }
}
