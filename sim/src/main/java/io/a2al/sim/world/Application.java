package io.a2al.sim.world;

import io.a2al.protocol.record.VerifiedRecord;

/** Receives what nodes report to the application besides outcomes of operations. */
public interface Application {

    /** Called when a publication of the node needs a newer record. */
    void onRenewalDue(SimNode node, long publication);

    /** Called when a listener gets a record that is new to it. */
    void onHeard(SimNode node, long listener, VerifiedRecord record);

    /** Called when a node was switched on and has begun to join. */
    void onStarted(SimNode node);

    /** An application that ignores all calls. */
    Application NONE = new Application() {
        @Override
        public void onRenewalDue(SimNode node, long publication) {}

        @Override
        public void onHeard(SimNode node, long listener, VerifiedRecord record) {}

        @Override
        public void onStarted(SimNode node) {}
    };
}
