package io.a2al.core.lookup;

import io.a2al.core.liveness.PeerHealth;
import io.a2al.core.routing.ContactLearning;
import io.a2al.core.routing.ContactMemory;
import io.a2al.core.routing.Peers;
import io.a2al.core.routing.RoutingTable;
import io.a2al.core.rpc.OwnAddressProofs;
import io.a2al.core.rpc.ReplyHandler;
import io.a2al.core.time.NodeTime;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.ResponseBudget;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.List;

/**
 * What a lookup takes from the answer of a peer, which may be hostile or out of date: the contacts that are worth
 * asking, the records that are acceptable, and how much is missing. Not thread-safe.
 */
final class AnswerChecks {

    private final LookupRunner.Rules rules;
    private final RoutingTable table;
    private final ContactMemory memory;
    private final PeerHealth health;
    private final OwnAddressProofs proofs;

    AnswerChecks(LookupRunner.Rules rules, Peers peers) {
        this.rules = rules;
        this.table = peers.table();
        this.memory = peers.memory();
        this.health = peers.health();
        this.proofs = peers.proofs();
    }

    /**
     * Returns the contacts worth asking. A node that left our requests unanswered lately is not asked again because
     * other nodes still name it. Where our routing table has the contact, its endpoint there counts (D-02).
     */
    List<Contact> usable(NodeTime now, ReplyHandler.Reply reply) {
        return nodesIn(reply.message()).stream()
                .filter(contact ->
                        ContactLearning.isUsable(contact, reply.node().endpoint()))
                .filter(contact -> !health.failedRecently(contact.nodeId(), now.nanos())
                        && !memory.isSilent(contact.nodeId(), now.nanos()))
                .map(contact -> table.find(contact.nodeId())
                        .orElseGet(() -> contact.at(contact.endpoint().unmapped())))
                .toList();
    }

    /** Returns the records that are of {@code type} (0 for all), valid, and permitted at {@code key}. */
    List<VerifiedRecord> acceptable(NodeTime now, NodeId key, int type, ReplyHandler.Reply reply) {
        return reply.records().stream()
                .filter(verified -> type == RecordType.ANY || verified.record().type() == type)
                .filter(verified -> verified.isValidAt(now.unixSeconds()))
                .filter(verified -> rules.policy().allows(key, verified, now.unixSeconds()))
                .toList();
    }

    /**
     * Returns what may be missing from an answer. A node where our address is unverified keeps to the amplification
     * limit, three times the bytes that it got (known-defects D-04): unless our request was padded, it sends records
     * one by one, few nodes, or nothing at all if what it has is too large.
     */
    Completeness completenessOf(ReplyHandler.Reply reply, long askedAt) {
        NodeId node = reply.node().nodeId();
        // In a small network all nodes know few contacts, and a node that verified us once still has us in its table.
        boolean proven = reply.full() || (table.size() < RoutingTable.K && proofs.wereEverMadeTo(node, askedAt));
        List<Contact> nodes = nodesIn(reply.message());
        if (reply.message() instanceof Message.FindValueResponse response
                && !response.records().isEmpty()) {
            if (!proven) {
                return Completeness.RECORDS_RATIONED;
            }
            return ResponseBudget.isProbablyCut(response.records())
                    ? Completeness.RECORDS_LEFT_OUT
                    : Completeness.WHOLE;
        }
        if (proven
                || reply.message() instanceof Message.Pong
                || nodes.size() > rules.assumptions().maxNodesUnverified()) {
            return Completeness.WHOLE;
        }
        if (nodes.isEmpty() && reply.message() instanceof Message.FindValueResponse) {
            return Completeness.EMPTY;
        }
        // If we never answered a PING, another request would not verify our address either.
        return proofs.isEmpty() ? Completeness.WHOLE : Completeness.NODES_LEFT_OUT;
    }

    private static List<Contact> nodesIn(Message answer) {
        return switch (answer) {
            case Message.FindNodeResponse response -> response.nodes();
            case Message.FindValueResponse response -> response.nodes();
            default -> List.of();
        };
    }
}
