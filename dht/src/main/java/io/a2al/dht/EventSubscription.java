package io.a2al.dht;

/**
 * An application that watches the events of a node, until this or the node is closed. Its consumer is called for one
 * event at a time, in the order in which they happened, on a thread that is not the node's. While it is busy, at most
 * {@value Subscription#QUEUE} events wait; further ones are dropped and counted. A consumer that throws is called again
 * for the next event. Thread-safe.
 */
public interface EventSubscription extends AutoCloseable {

    /** Returns the counters, of events in place of records. */
    Subscription.State state();

    /** Returns false once closed. */
    boolean isOpen();

    /**
     * Stops watching. Returns at once: a call of the consumer that has begun goes on; events that wait are not
     * delivered. Can be called twice.
     */
    @Override
    void close();
}
