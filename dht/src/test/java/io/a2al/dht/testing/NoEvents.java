package io.a2al.dht.testing;

import io.a2al.dht.shell.CoreEvents;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.record.VerifiedRecord;

/** Ignores what the core raises; a test overrides what it wants to hear of. */
public class NoEvents implements CoreEvents {

    @Override
    public void onRenewalDue(long publication) {}

    @Override
    public void onHeard(long listener, VerifiedRecord record) {}

    @Override
    public void onObserved(NodeId reporter, Endpoint observed) {}

    @Override
    public void onOwnIdentity(Endpoint from) {}

    @Override
    public void onSaveDue() {}

    @Override
    public void onSeedsWanted() {}
}
