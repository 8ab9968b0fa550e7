package io.a2al.core.lookup;

import io.a2al.protocol.message.Contact;

/** What a lookup may expect of nodes before they are asked. Not thread-safe. */
public interface Prospects {

    /** Expects nothing, so that nodes are asked by their distance alone. */
    Prospects NONE = new Prospects() {
        @Override
        public boolean isNear(Contact node) {
            return false;
        }

        @Override
        public double chance(Contact node) {
            return 1;
        }

        @Override
        public long waitNanos(Contact node) {
            return 0;
        }
    };

    /**
     * Returns true if the node is so near to the target that it probably has what is looked for. Among such nodes, the
     * one with the shortest expected wait is asked first.
     */
    boolean isNear(Contact node);

    /**
     * Returns how likely the node answers, 0 to 1. So much of a place a request to it takes among those under way:
     * where some are probably gone, more are asked.
     */
    double chance(Contact node);

    /**
     * Returns how long the lookup has to wait for this node as a rule: its round trip, and the time lost if it is gone,
     * as far as that is likely. In nanoseconds.
     */
    long waitNanos(Contact node);
}
