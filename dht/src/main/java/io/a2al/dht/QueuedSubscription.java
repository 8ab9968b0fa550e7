package io.a2al.dht;

import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** A subscription whose records wait in a queue for its consumer. Thread-safe. */
final class QueuedSubscription implements Subscription {

    private final Consumer<QueuedSubscription> onClose;
    private final NodeId key;
    private final CallbackQueue<VerifiedRecord> queue;
    private volatile long id;

    QueuedSubscription(
            Consumer<QueuedSubscription> onClose,
            NodeId key,
            Executor executor,
            CallbackQueue.Delivery<VerifiedRecord> delivery) {
        this.onClose = onClose;
        this.key = key;
        this.queue = new CallbackQueue<>(executor, delivery);
    }

    @Override
    public NodeId key() {
        return key;
    }

    @Override
    public State state() {
        return queue.state();
    }

    @Override
    public boolean isOpen() {
        return queue.isOpen();
    }

    @Override
    public void close() {
        if (queue.close()) {
            onClose.accept(this);
        }
    }

    /** Takes a record for the consumer; returns at once. */
    void offer(VerifiedRecord record) {
        queue.offer(record);
    }

    /** Returns the number of the operation in the core. */
    long id() {
        return id;
    }

    void setId(long operation) {
        id = operation;
    }
}
