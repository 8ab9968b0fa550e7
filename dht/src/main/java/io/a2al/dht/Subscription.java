package io.a2al.dht;

import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A key that an application listens at, until this is closed. Its consumer is called for one record at a time, in the
 * order they came, on a thread of its own; while it is busy, at most {@value #QUEUE} records wait, and what comes then
 * is dropped and counted. A consumer that throws is called again for the next record. Thread-safe.
 */
public final class Subscription implements AutoCloseable {

    /** Records that wait for a busy consumer. */
    public static final int QUEUE = 1024;

    private static final Logger LOG = LoggerFactory.getLogger(Subscription.class);

    /**
     * How it goes.
     *
     * @param delivered records that the consumer was called for
     * @param failed those of them that it threw at
     * @param waiting records that wait for it
     * @param dropped records that found no place to wait; they are still in the network
     */
    public record State(long delivered, long failed, int waiting, long dropped) {}

    private final Consumer<Subscription> onClose;
    private final NodeId key;
    private final Executor executor;
    private final Consumer<VerifiedRecord> consumer;

    /** Guards all below. */
    private final Object lock = new Object();

    private final Deque<VerifiedRecord> queue = new ArrayDeque<>();
    private boolean draining;
    private boolean closed;
    private long id;
    private long delivered;
    private long failed;
    private long dropped;

    Subscription(Consumer<Subscription> onClose, NodeId key, Executor executor, Consumer<VerifiedRecord> consumer) {
        this.onClose = onClose;
        this.key = key;
        this.executor = executor;
        this.consumer = consumer;
    }

    /** The DHT key that is listened at. */
    public NodeId key() {
        return key;
    }

    /** How it goes. */
    public State state() {
        synchronized (lock) {
            return new State(delivered, failed, queue.size(), dropped);
        }
    }

    /** False once closed. */
    public boolean isOpen() {
        synchronized (lock) {
            return !closed;
        }
    }

    /**
     * Stops listening. Returns at once: a call of the consumer that is under way goes on, what waits is not delivered
     * any more. Can be called twice.
     */
    @Override
    public void close() {
        boolean first;
        synchronized (lock) {
            first = !closed;
            closed = true;
            queue.clear();
        }
        if (first) {
            onClose.accept(this);
        }
    }

    /** A record for the consumer; returns at once. */
    void offer(VerifiedRecord record) {
        synchronized (lock) {
            if (closed) {
                return;
            }
            if (queue.size() >= QUEUE) {
                dropped++;
                return;
            }
            queue.add(record);
            if (draining) {
                return;
            }
            draining = true;
            // Within the lock, so that nothing is begun after closing.
            executor.execute(this::drain);
        }
    }

    private void drain() {
        while (true) {
            VerifiedRecord next;
            synchronized (lock) {
                next = queue.poll();
                if (next == null) {
                    draining = false;
                    return;
                }
                delivered++;
            }
            deliver(next);
        }
    }

    private void deliver(VerifiedRecord record) {
        try {
            consumer.accept(record);
        } catch (RuntimeException e) {
            boolean first;
            synchronized (lock) {
                first = failed == 0;
                failed++;
            }
            if (first) {
                LOG.warn("a consumer of records at key {} failed; further failures are only counted", key, e);
            }
        }
    }

    long id() {
        synchronized (lock) {
            return id;
        }
    }

    void setId(long operation) {
        synchronized (lock) {
            id = operation;
        }
    }
}
