package io.a2al.core.rpc;

import java.util.function.BooleanSupplier;

/**
 * Runs the steps of a state machine until it has to wait, and never inside itself: what a step reports back to the
 * machine is taken up by the loop that runs already. After an exception the next call runs the steps again. Not
 * thread-safe.
 */
public final class StepLoop {

    private boolean running;

    /** A loop that is not running. */
    public StepLoop() {}

    /**
     * Performs steps until there is nothing to do at present. Returns at once if called from inside a step.
     *
     * @param step performs the next step; returns false if there was none
     * @param onException called before an exception of a step leaves this method, to see to it that the loop is run
     *     again
     */
    public void run(BooleanSupplier step, Runnable onException) {
        if (running) {
            return;
        }
        running = true;
        boolean finished = false;
        try {
            while (step.getAsBoolean()) {
                // The step did something, which may have made more to do.
            }
            finished = true;
        } finally {
            running = false;
            if (!finished) {
                onException.run();
            }
        }
    }
}
