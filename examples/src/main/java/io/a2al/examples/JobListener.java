package io.a2al.examples;

import io.a2al.dht.DhtNode;
import io.a2al.dht.Subscription;
import io.a2al.dht.result.TopicEntry;
import io.a2al.protocol.record.TopicFilter;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * A listener that is slower than the network, with back-pressure: entries wait in a short queue of its own, then in
 * that of the subscription, which drops what finds it full. What was dropped is still in the network, and is read from
 * there.
 */
public final class JobListener implements AutoCloseable {

    private final DhtNode node;
    private final String topic;
    private final BlockingQueue<TopicEntry> ready;
    private final Subscription subscription;
    private long droppedBefore;

    /** Listens to a topic; at most {@code room} entries wait in memory of ours. */
    public JobListener(DhtNode node, String topic, int room) {
        this.node = node;
        this.topic = topic;
        this.ready = new ArrayBlockingQueue<>(room);
        this.subscription = node.listenTopic(topic, TopicFilter.ALL, this::put);
    }

    /** Called by the node, for one entry at a time; blocking here is what slows the subscription down. */
    private void put(TopicEntry entry) {
        try {
            ready.put(entry);
        } catch (InterruptedException e) {
            // The node is being closed.
            Thread.currentThread().interrupt();
        }
    }

    /** Returns the next entry, and waits for it. */
    public TopicEntry take() throws InterruptedException {
        return ready.take();
    }

    /** Returns all entries of the topic, if some were dropped since the last call; else none. */
    public List<TopicEntry> missed() throws InterruptedException {
        long dropped = subscription.state().dropped();
        if (dropped == droppedBefore) {
            return List.of();
        }
        droppedBefore = dropped;
        return node.discover(topic, TopicFilter.ALL).entries();
    }

    @Override
    public void close() {
        subscription.close();
    }
}
