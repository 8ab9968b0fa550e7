package io.a2al.core.rpc;

import io.a2al.core.bounds.BoundedMap;
import io.a2al.core.bounds.NetworkAssumptions;
import io.a2al.core.time.NodeTime;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Message;

/**
 * Decides which requests are padded, so that a node where our address is unverified may answer them in full: it sends
 * at most three times the bytes that came from an unverified address (known-defects D-04).
 *
 * <p>Nodes of the original kind have no such limit, and padding would be wasted on them. Nothing in a message tells
 * them apart, so that a few requests are left unpadded: a node that answers one of those beyond the limit has none.
 * Such trials become rarer with each that finds a limit. Bounded; a peer that is evicted is sent padded requests again.
 * Not thread-safe.
 */
public final class RequestPadding {

    /**
     * Length of a padded FIND_NODE: a third of the longest answer, 134 bytes around a body of 1050 bytes, and of the
     * question of 170 bytes that may follow it, rounded up.
     */
    static final int FIND_NODE_LENGTH = 452;

    /** Length of a padded FIND_VALUE: the same for an answer with a single large record, 1200 bytes. */
    static final int FIND_VALUE_LENGTH = 457;

    private final RequestSettings.Padding settings;
    private final int maxNodesUnverified;
    private final OwnAddressProofs proofs;
    private final BoundedMap<NodeId, Boolean> unlimited;

    /** One of this many requests to nodes without proof of our address is left unpadded. */
    private int interval;

    private int untilTrial;

    /**
     * Has seen no answer yet.
     *
     * @param proofs which nodes have verified our address
     * @param capacity nodes without a limit that are remembered
     */
    public RequestPadding(
            RequestSettings.Padding settings, NetworkAssumptions assumptions, OwnAddressProofs proofs, int capacity) {
        this.settings = settings;
        this.maxNodesUnverified = assumptions.maxNodesUnverified();
        this.interval = settings.firstInterval();
        this.untilTrial = settings.firstInterval();
        this.proofs = proofs;
        this.unlimited = new BoundedMap<>(capacity);
    }

    /**
     * Returns the length to which a request to this node is padded, in bytes; 0 if it is not padded.
     *
     * @param first true if the node never answered us; it has no credit left from longer requests then, so that its
     *     answer shows whether it has a limit
     */
    int lengthFor(NodeTime now, NodeId node, Message request, boolean first) {
        int length = switch (request) {
            case Message.FindNode ignored -> FIND_NODE_LENGTH;
            case Message.FindValue ignored -> FIND_VALUE_LENGTH;
            default -> 0;
        };
        if (length == 0 || unlimited.containsKey(node) || isVerifiedAt(node, now.nanos())) {
            return 0;
        }
        untilTrial -= first ? 1 : 0;
        if (first && untilTrial <= 0) {
            untilTrial = interval;
            return 0;
        }
        return length;
    }

    /** Returns true if the node had verified our address when it was asked, so that it answers in full. */
    boolean isVerifiedAt(NodeId node, long askedAt) {
        return proofs.wereMadeTo(node, askedAt - settings.settling().toNanos());
    }

    /**
     * Notes the answer to a request that was sent once and without padding.
     *
     * @param first true if it is the node's first answer to us
     */
    void onAnswer(NodeId node, long askedAt, Message answer, boolean first) {
        int nodes = switch (answer) {
            case Message.FindNodeResponse response -> response.nodes().size();
            case Message.FindValueResponse response -> response.nodes().size();
            default -> -1;
        };
        if (nodes < 0 || proofs.wereEverMadeTo(node, askedAt)) {
            return;
        }
        if (!first) {
            if (nodes <= maxNodesUnverified) {
                unlimited.remove(node);
            }
        } else if (nodes > maxNodesUnverified) {
            unlimited.put(node, true);
            interval = Math.max(1, interval / 2);
            untilTrial = Math.min(untilTrial, interval);
        } else {
            interval = Math.min(settings.longestInterval(), interval * 2);
        }
    }
}
