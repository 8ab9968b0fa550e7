package io.a2al.dht;

import io.a2al.protocol.id.NodeId;

/**
 * A key that an application listens at until this or the node is closed. Its consumer is called for one record at a
 * time, in the order in which they came, on a thread that is not the node's. While it is busy, at most {@value #QUEUE}
 * records wait; further ones are dropped and counted. A consumer that throws is called again for the next record.
 * Thread-safe.
 */
public interface Subscription extends AutoCloseable {

    /** Most records that wait for a busy consumer. */
    int QUEUE = 1024;

    /**
     * The counters of a subscription.
     *
     * @param delivered records that the consumer was called for
     * @param failed calls among them that threw
     * @param waiting records that wait for the consumer
     * @param dropped records that found the queue full; they are still in the network
     */
    record State(long delivered, long failed, int waiting, long dropped) {}

    /** Returns the DHT key that is listened at. */
    NodeId key();

    /** Returns the counters. */
    State state();

    /** Returns false once closed. */
    boolean isOpen();

    /**
     * Stops listening. Returns at once: a call of the consumer that has begun goes on; records that wait are not
     * delivered. Can be called twice.
     */
    @Override
    void close();
}
