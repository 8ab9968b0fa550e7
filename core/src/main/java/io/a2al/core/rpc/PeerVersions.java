package io.a2al.core.rpc;

import io.a2al.core.bounds.BoundedMap;
import io.a2al.core.bounds.Occupancy;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Message;
import java.util.Optional;

/**
 * Which peers have shown that they understand the newer protocol version, and what may therefore be sent to a peer
 * (wire.md section 17). Bounded; a peer that is evicted gets the basic form. Not thread-safe.
 */
public final class PeerVersions {

    private final BoundedMap<NodeId, Boolean> newer;

    /** Remembers at most {@code capacity} peers. */
    public PeerVersions(int capacity) {
        newer = new BoundedMap<>(capacity);
    }

    /** Takes note of a message whose signature holds. */
    public void observe(NodeId sender, Message message) {
        if (isExtended(message)) {
            newer.put(sender, true);
        }
    }

    /** Returns true if the peer has shown that it understands the newer protocol version. */
    public boolean isNewer(NodeId peer) {
        return newer.containsKey(peer);
    }

    /** Forgets what the peer has shown, as it did not answer a message that only the newer version understands. */
    public void forget(NodeId peer) {
        newer.remove(peer);
    }

    /** Returns true if only the newer protocol version understands the message. */
    public static boolean isExtended(Message message) {
        return !message.basicForm().equals(Optional.of(message));
    }

    /** Returns the form of {@code message} that {@code peer} understands; empty if there is none. */
    public Optional<Message> formFor(Optional<NodeId> peer, Message message) {
        return peer.isPresent() && isNewer(peer.get()) ? Optional.of(message) : message.basicForm();
    }

    /** Returns the peers remembered beside their limit. */
    public Occupancy occupancy() {
        return newer.occupancy();
    }
}
