package io.a2al.core.rpc;

import io.a2al.core.time.NodeTime;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Message;

/**
 * Learns from our requests which addresses are within reach; raised by {@link Requests}. Called from within the core;
 * must not throw.
 */
public interface AddressListener {

    /** Learns nothing and holds every address for reachable. */
    AddressListener NONE = new AddressListener() {
        @Override
        public void onAnswer(NodeTime now, Contact node, Message answer) {
            // Nothing is remembered.
        }

        @Override
        public void onTimeout(NodeTime now, Endpoint address) {
            // Likewise.
        }

        @Override
        public boolean isHopeless(NodeTime now, Endpoint address) {
            return false;
        }
    };

    /** The node gave this answer, from the endpoint that was asked. */
    void onAnswer(NodeTime now, Contact node, Message answer);

    /** A request to this address timed out. */
    void onTimeout(NodeTime now, Endpoint address);

    /** True if it is known that no request to this address can be answered. */
    boolean isHopeless(NodeTime now, Endpoint address);
}
