package io.a2al.conformance.node;

import java.io.IOException;

/** Checks that belong together. */
interface CheckGroup {

    /** One word or two. */
    String name();

    /** Runs all of them. */
    void run(Prober prober, Findings findings) throws IOException;
}
