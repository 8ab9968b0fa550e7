package io.a2al.core.lookup;

import io.a2al.core.api.LookupStep;

/** Follows the steps of a lookup; raised by {@link LookupRunner}. Called from within the core; must not throw. */
@FunctionalInterface
public interface LookupTrace {

    /** Steps of a lookup that are told at most; later ones are not. */
    int MAX_STEPS = 1000;

    /** The lookup made a step. */
    void onStep(LookupStep step);
}
