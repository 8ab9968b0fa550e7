package io.a2al.http.events;

import io.a2al.dht.DhtNode;
import io.a2al.dht.Subscription;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.RecordType;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The agents for whose mail the node listens because a stream wants to know of it. What comes is not opened and not
 * consumed: a watch hears of sealed notes only, and the node raises the events. Thread-safe.
 */
public final class MailWatches {

    private final DhtNode node;
    private final Map<NodeId, Watch> open = new TreeMap<>();

    private static final class Watch {
        private final Address agent;
        private final Subscription subscription;
        private int readers;

        Watch(Address agent, Subscription subscription) {
            this.agent = agent;
            this.subscription = subscription;
        }
    }

    /** No watches yet. */
    public MailWatches(DhtNode node) {
        this.node = node;
    }

    /**
     * Begins to listen, unless the node does already for another reader; to be followed by {@link #release}. Refused at
     * the node's limit of listeners.
     */
    synchronized void acquire(Address agent) {
        Watch watch = open.computeIfAbsent(
                NodeId.ofAddress(agent),
                key -> new Watch(agent, node.listen(key, RecordType.ANY, _ -> {
                    // The node tells the hub.
                })));
        watch.readers++;
    }

    /** Ceases to listen if no other reader wants it. */
    synchronized void release(Address agent) {
        Watch watch = open.get(NodeId.ofAddress(agent));
        if (watch != null && --watch.readers == 0) {
            open.remove(NodeId.ofAddress(agent));
            watch.subscription.close();
        }
    }

    /** Returns the agent with this NodeID, if its mail is watched. */
    public synchronized Optional<Address> agentOf(NodeId key) {
        return Optional.ofNullable(open.get(key)).map(watch -> watch.agent);
    }
}
