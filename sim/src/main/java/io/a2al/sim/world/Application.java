package io.a2al.sim.world;

import io.a2al.protocol.record.VerifiedRecord;

/** What nodes tell those who use them, beside outcomes. */
public interface Application {

    /** A publication of this node's needs a newer record. */
    void onRenewalDue(SimNode node, long publication);

    /** A listener's key has a record that is new to it. */
    void onHeard(SimNode node, long listener, VerifiedRecord record);

    /** A node was switched on and has begun to join. */
    void onStarted(SimNode node);

    /** An application that wants nothing. */
    Application NONE = new Application() {
        @Override
        public void onRenewalDue(SimNode node, long publication) {}

        @Override
        public void onHeard(SimNode node, long listener, VerifiedRecord record) {}

        @Override
        public void onStarted(SimNode node) {}
    };
}
