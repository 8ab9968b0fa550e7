package io.a2al.dht;

import io.a2al.core.api.Command;
import io.a2al.core.api.Outcome;
import io.a2al.dht.result.CallbackKind;
import io.a2al.dht.result.NodeClosedException;
import io.a2al.dht.result.RefusedException;
import io.a2al.dht.shell.Operations;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** The open subscriptions of a node. Thread-safe. */
final class Subscriptions {

    private final Operations operations;
    private final Executor executor;
    private final ApplicationCalls calls;
    private final Map<Long, QueuedSubscription> open = new ConcurrentHashMap<>();

    Subscriptions(Operations operations, Executor executor, ApplicationCalls calls) {
        this.operations = operations;
        this.executor = executor;
        this.calls = calls;
    }

    /**
     * Begins to listen.
     *
     * @throws RefusedException at the limit of listeners
     * @throws NodeClosedException if the node is closed
     */
    Subscription listen(NodeId key, int type, CallbackKind kind, Consumer<VerifiedRecord> consumer) {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(consumer, "consumer");
        Command listen = new Command.Listen(key, Arguments.recordType(type));
        CallbackQueue.Delivery<VerifiedRecord> delivery = new CallbackQueue.Delivery<>(kind, consumer, calls);
        QueuedSubscription subscription = new QueuedSubscription(this::forget, key, executor, delivery);
        boolean begun = false;
        try {
            Outcome outcome = Futures.immediate(operations.submit(listen, operation -> {
                subscription.setId(operation);
                open.put(operation, subscription);
            }));
            if (!(outcome instanceof Outcome.Noted)) {
                throw Operations.unexpected(outcome);
            }
            begun = true;
            return subscription;
        } finally {
            if (!begun) {
                open.remove(subscription.id());
            }
        }
    }

    /** Hands a record to the subscription that it is for. */
    void onHeard(long listener, VerifiedRecord record) {
        QueuedSubscription subscription = open.get(listener);
        if (subscription != null) {
            subscription.offer(record);
        }
    }

    /** Ends listening; on a closed node it has ended already. */
    private void forget(QueuedSubscription subscription) {
        if (open.remove(subscription.id()) != null) {
            var _ = operations.submit(new Command.StopListening(subscription.id()));
        }
    }

    /** Ends all subscriptions, as the node is being closed. */
    void close() {
        open.values().forEach(QueuedSubscription::close);
    }
}
