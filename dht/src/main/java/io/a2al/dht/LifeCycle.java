package io.a2al.dht;

import io.a2al.dht.result.NodeClosedException;
import java.util.Optional;

/**
 * Starts a node at most once and closes it at most once. A node is new, then running, then closed; a new one may be
 * closed without having run, and a closed one stays closed. Thread-safe: starting and closing exclude each other.
 */
final class LifeCycle {

    private enum Phase {
        NEW,
        RUNNING,
        CLOSED
    }

    private final Runnable starting;
    private final Runnable closing;
    private Phase phase = Phase.NEW;

    /**
     * A new node.
     *
     * @param starting starts it
     * @param closing closes it, also if {@code starting} threw half-way
     */
    LifeCycle(Runnable starting, Runnable closing) {
        this.starting = starting;
        this.closing = closing;
    }

    /**
     * Starts a new node; does nothing if it is running. A node that cannot be started is closed.
     *
     * @throws NodeClosedException if it is closed
     */
    synchronized void start() {
        if (phase == Phase.CLOSED) {
            throw new NodeClosedException();
        }
        if (phase == Phase.RUNNING) {
            return;
        }
        phase = Phase.RUNNING;
        boolean started = false;
        try {
            starting.run();
            started = true;
        } finally {
            if (!started) {
                close();
            }
        }
    }

    /** Closes the node; does nothing if it is closed. */
    synchronized void close() {
        if (phase != Phase.CLOSED) {
            phase = Phase.CLOSED;
            closing.run();
        }
    }

    /** Takes every step, even if an earlier one throws; then throws what the first one threw. */
    static void takeAll(Runnable... steps) {
        Optional<RuntimeException> failure = Optional.empty();
        for (Runnable step : steps) {
            try {
                step.run();
            } catch (RuntimeException thrown) {
                failure.ifPresent(first -> first.addSuppressed(thrown));
                failure = failure.or(() -> Optional.of(thrown));
            }
        }
        failure.ifPresent(thrown -> {
            throw thrown;
        });
    }
}
