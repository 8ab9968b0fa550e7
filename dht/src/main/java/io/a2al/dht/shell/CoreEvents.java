package io.a2al.dht.shell;

import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.record.VerifiedRecord;

/**
 * Takes what the core has to tell beside outcomes. Called on any thread of the node, so it must hand on what takes
 * time.
 */
public interface CoreEvents {

    /** A publication needs a newer record. */
    void onRenewalDue(long publication);

    /** A listener's key has a record that is new to it. */
    void onHeard(long listener, VerifiedRecord record);

    /** A peer that answered us tells the address at which it sees us. */
    void onObserved(NodeId reporter, Endpoint observed);

    /** A datagram has this node's identity; its signature was not checked. */
    void onOwnIdentity(Endpoint from);

    /** It is time to write what is kept in files. */
    void onSaveDue();

    /** Too few peers are known, and none of those remembered answers. */
    void onSeedsWanted();
}
