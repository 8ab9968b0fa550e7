package io.a2al.conformance.node;

import java.io.IOException;

/** A group of related checks. */
interface CheckGroup {

    /** Returns the name of the group, one or two words, for reports. */
    String name();

    /**
     * Runs all checks of the group and adds their results to {@code findings}.
     *
     * @throws IOException if no datagram can be sent, or the thread is interrupted
     */
    void run(Prober prober, Findings findings) throws IOException;
}
