package io.a2al.sim.world;

import io.a2al.core.api.Outcome;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** The operations of one participant that have no outcome yet. Numbers are never used again. Not thread-safe. */
final class PendingOperations {

    private final Map<Long, Consumer<Outcome>> operations = new HashMap<>(4);
    private long next = 1;

    /** Adds an operation and returns its number. */
    long add(Consumer<Outcome> whenDone) {
        long operation = next++;
        operations.put(operation, whenDone);
        return operation;
    }

    /** Ends an operation; does nothing if it was dropped. */
    void complete(long operation, Outcome outcome) {
        Consumer<Outcome> whenDone = operations.remove(operation);
        if (whenDone != null) {
            whenDone.accept(outcome);
        }
    }

    /** Drops all operations, which never end then. */
    void clear() {
        operations.clear();
    }
}
