package io.a2al.dht;

import io.a2al.core.api.Command;
import io.a2al.core.api.Outcome;
import io.a2al.dht.result.NodeClosedException;
import io.a2al.dht.result.RefusedException;
import io.a2al.dht.shell.Operations;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** The open subscriptions of a node. Thread-safe. */
final class Subscriptions {

    private final Operations operations;
    private final Executor executor;
    private final Map<Long, Subscription> open = new ConcurrentHashMap<>();

    Subscriptions(Operations operations, Executor executor) {
        this.operations = operations;
        this.executor = executor;
    }

    /**
     * Begins to listen.
     *
     * @throws RefusedException at the limit of listeners
     */
    Subscription listen(NodeId key, int type, Consumer<VerifiedRecord> consumer) {
        Subscription subscription = new Subscription(this::forget, key, executor, consumer);
        CompletableFuture<Outcome> begun = operations.submit(new Command.Listen(key, type), operation -> {
            subscription.setId(operation);
            open.put(operation, subscription);
        });
        // The core answers this command at once.
        Outcome outcome = begun.join();
        if (!(outcome instanceof Outcome.Noted)) {
            open.remove(subscription.id());
            throw Operations.unexpected(outcome);
        }
        return subscription;
    }

    /** The core has a record for a listener. */
    void onHeard(long listener, VerifiedRecord record) {
        Subscription subscription = open.get(listener);
        if (subscription != null) {
            subscription.offer(record);
        }
    }

    private void forget(Subscription subscription) {
        if (open.remove(subscription.id()) != null) {
            try {
                var _ = operations.submit(new Command.StopListening(subscription.id()));
            } catch (NodeClosedException alreadyOver) {
                // Closing the node ends all subscriptions.
            }
        }
    }

    /** Ends all subscriptions, as the node is being closed. */
    void close() {
        open.values().forEach(Subscription::close);
    }
}
