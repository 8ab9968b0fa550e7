package io.a2al.core.rpc;

import io.a2al.core.bounds.BoundedMap;
import io.a2al.core.bounds.Occupancy;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Message;
import java.util.Optional;

/**
 * Which peers have shown that they belong to the newer generation, and what may therefore be sent to a peer (wire.md
 * section 17). Bounded; who is forgotten gets the basic form. Not thread-safe.
 */
public final class PeerVersions {

    private final BoundedMap<NodeId, Boolean> newer;

    /** Remembers at most {@code capacity} peers. */
    public PeerVersions(int capacity) {
        newer = new BoundedMap<>(capacity);
    }

    /** Takes note of a verified message. */
    public void observe(NodeId sender, Message message) {
        if (isExtended(message)) {
            newer.put(sender, true);
        }
    }

    /** True if the peer has shown that it belongs to the newer generation. */
    public boolean isNewer(NodeId peer) {
        return newer.containsKey(peer);
    }

    /** The peer left a message unanswered that only the newer generation understands. */
    public void forget(NodeId peer) {
        newer.remove(peer);
    }

    /** True if only the newer generation understands the message. */
    public static boolean isExtended(Message message) {
        return !message.basicForm().equals(Optional.of(message));
    }

    /** The form of {@code message} that {@code peer} understands; nothing if there is none. */
    public Optional<Message> formFor(Optional<NodeId> peer, Message message) {
        return peer.isPresent() && isNewer(peer.get()) ? Optional.of(message) : message.basicForm();
    }

    /** Peers remembered. */
    public Occupancy occupancy() {
        return newer.occupancy();
    }
}
