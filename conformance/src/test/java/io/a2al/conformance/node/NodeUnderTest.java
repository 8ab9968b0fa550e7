package io.a2al.conformance.node;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.message.Endpoint;

/** A node that is reached over a {@link VirtualProbeNetwork}. */
interface NodeUnderTest {

    /** Takes a datagram. */
    void receive(Endpoint from, Bytes datagram);

    /** Returns when {@link #tick} is due, in nanoseconds; {@link Long#MAX_VALUE} if never. */
    default long nextDeadline() {
        return Long.MAX_VALUE;
    }

    /** Does what is due. */
    default void tick() {}
}
