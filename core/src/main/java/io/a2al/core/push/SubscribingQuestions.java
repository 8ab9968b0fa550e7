package io.a2al.core.push;

import io.a2al.core.api.Failure;
import io.a2al.core.bounds.BoundedMap;
import io.a2al.core.bounds.Occupancy;
import io.a2al.core.rpc.PeerVersions;
import io.a2al.core.rpc.ReplyHandler;
import io.a2al.core.rpc.Requests;
import io.a2al.core.time.NodeTime;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Message;
import java.time.Duration;

/**
 * Sends requests with a subscription, which only nodes of the newer protocol version understand; older nodes drop them
 * unread (known-defects D-46). A node not known to be newer is sent one such request now and then, in addition to the
 * plain ones, and its timeout does not count against it; if it answers, it is newer. Bounded: the node asked longest
 * ago is dropped, and may be asked again. Not thread-safe.
 */
public final class SubscribingQuestions {

    private final PeerVersions versions;
    private final Requests requests;
    private final long pause;
    private final BoundedMap<NodeId, Long> triedAt;

    /**
     * No node was asked yet.
     *
     * @param pause how long a node that did not react is not asked again
     * @param capacity nodes remembered
     */
    public SubscribingQuestions(PeerVersions versions, Requests requests, Duration pause, int capacity) {
        this.versions = versions;
        this.requests = requests;
        this.pause = pause.toNanos();
        this.triedAt = new BoundedMap<>(capacity);
    }

    /** Asks a node. Returns false if nothing was sent, for now at least; the handler is not called then. */
    boolean ask(NodeTime now, Contact node, Message.FindValue question, ReplyHandler handler) {
        if (versions.isNewer(node.nodeId())) {
            return requests.ask(now, node, question, handler);
        }
        Long tried = triedAt.get(node.nodeId());
        if (tried != null && now.nanos() - tried < pause) {
            return false;
        }
        ReplyHandler noting = new ReplyHandler() {
            @Override
            public void onReply(NodeTime later, Reply reply) {
                // Its protocol version may be dropped later; then there is no reason to wait.
                triedAt.remove(node.nodeId());
                handler.onReply(later, reply);
            }

            @Override
            public void onFailure(NodeTime later, Failure failure) {
                handler.onFailure(later, failure);
            }
        };
        boolean sent = requests.tryOnce(now, node, question, noting);
        if (sent) {
            triedAt.put(node.nodeId(), now.nanos());
        }
        return sent;
    }

    /** Returns how many nodes are not asked for a while. */
    Occupancy occupancy() {
        return triedAt.occupancy();
    }

    /** Returns whether a node that answered understood the subscription. */
    boolean isUnderstoodBy(NodeId node) {
        return versions.isNewer(node);
    }
}
