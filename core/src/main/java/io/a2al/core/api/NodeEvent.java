package io.a2al.core.api;

import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.record.VerifiedRecord;
import java.time.Duration;
import java.util.Optional;

/**
 * Something that happened to a node and that an application may want to watch. Later versions may add kinds, so a
 * {@code switch} over events needs a default. Immutable; thread-safe.
 */
public sealed interface NodeEvent {

    /**
     * A record came that was new here: another node stored it with us, or a listener of ours was told of it.
     *
     * @param key the DHT key that it is held at
     * @param from the node that sent it; empty if a listener found it
     */
    record RecordHeard(NodeId key, VerifiedRecord record, Optional<NodeId> from) implements NodeEvent {}

    /**
     * A note came for an agent for whom this node listens. It is sealed, and it stays where it is: only its reader can
     * open it, and an event takes it from no other reader.
     *
     * @param recipient the NodeID of the agent's address
     */
    record MailReceived(NodeId recipient, VerifiedRecord note) implements NodeEvent {}

    /**
     * The node knows another one that answers, after it knew none.
     *
     * @param contact the first that it knows
     */
    record Joined(Contact contact) implements NodeEvent {}

    /** A node answered for the first time, and entered the routing table. */
    record ContactAdded(Contact contact) implements NodeEvent {}

    /**
     * A contact left the routing table, as it does not answer.
     *
     * @param knownFor the time between its first and its latest answer; empty if it never answered
     */
    record ContactLost(Contact contact, Optional<Duration> knownFor) implements NodeEvent {}

    /**
     * A node does not hold a record of ours any longer, or does not answer. Another one takes its place if it is
     * needed.
     *
     * @param key the DHT key of the record
     */
    record ReplicaLost(NodeId key, VerifiedRecord record, Contact holder) implements NodeEvent {}

    /**
     * A lookup of this node found the nodes nearest to a key improbably dense, as if an attacker surrounded the key to
     * hide its records; so more nodes around it were asked, or stored at. Raised once an hour for a key.
     *
     * @param vicinity how many more nodes
     */
    record KeySurrounded(NodeId key, int vicinity) implements NodeEvent {}

    /** No peer answers, or the clock jumped, or the network changed: this node's own network may be down. */
    record ConnectivitySuspected() implements NodeEvent {}

    /** A peer answers again. */
    record ConnectivityRestored() implements NodeEvent {}
}
