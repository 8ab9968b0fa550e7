package io.a2al.http.registry;

import io.a2al.dht.Agent;
import io.a2al.dht.DhtNode;
import io.a2al.dht.Publication;
import io.a2al.dht.result.RefusedException;
import io.a2al.protocol.record.RecordPayload;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * What is published for one agent, each by a name. The node renews it. A newer one of a name takes the place of the
 * former one once it is stored. Nothing here waits. Thread-safe.
 */
final class AgentPublications {

    private final DhtNode node;
    private final Map<String, Open> open = new LinkedHashMap<>();
    private boolean closed;

    AgentPublications(DhtNode node) {
        this.node = node;
    }

    private record Open(Agent agent, RecordPayload payload, CompletableFuture<Publication> made) {

        boolean hasEnded() {
            return made.isDone()
                    && (made.isCompletedExceptionally() || !made.join().isOpen());
        }

        Optional<Publication> publication() {
            return made.isDone() && !hasEnded() ? Optional.of(made.join()) : Optional.empty();
        }

        void end() {
            made.cancel(false);
            var _ = made.thenAccept(Publication::close);
        }
    }

    /** Publishes a newer record, in any case. */
    synchronized CompletableFuture<Publication> publish(String name, Agent agent, RecordPayload payload) {
        if (closed) {
            return CompletableFuture.failedFuture(new RefusedException(agent.address() + " was removed"));
        }
        Open next = new Open(agent, payload, node.publishAsync(agent, payload));
        Optional<Open> former = Optional.ofNullable(open.put(name, next));
        var _ = next.made().whenComplete((made, failure) -> {
            if (failure == null) {
                former.ifPresent(Open::end);
            } else {
                restore(name, next, former);
            }
        });
        return next.made();
    }

    /** What could not be replaced goes on. */
    private synchronized void restore(String name, Open failed, Optional<Open> former) {
        if (open.remove(name, failed)) {
            former.ifPresent(still -> open.put(name, still));
        }
    }

    /** Publishes unless the same is published already. */
    synchronized void ensure(String name, Agent agent, RecordPayload payload) {
        Open present = open.get(name);
        if (present == null
                || present.hasEnded()
                || !present.agent().equals(agent)
                || !present.payload().equals(payload)) {
            var _ = publish(name, agent, payload);
        }
    }

    /** Ends one; the copies of other nodes expire. */
    synchronized void end(String name) {
        Optional.ofNullable(open.remove(name)).ifPresent(Open::end);
    }

    /** Ends all with other names than these. */
    synchronized void endAllBut(Set<String> names) {
        List.copyOf(open.keySet()).stream()
                .filter(name -> !names.contains(name))
                .forEach(this::end);
    }

    /** Ends all. */
    synchronized void endAll() {
        endAllBut(Set.of());
    }

    /** Ends all for good. */
    synchronized void close() {
        closed = true;
        endAll();
    }

    /** Returns one that is stored. */
    synchronized Optional<Publication> find(String name) {
        return Optional.ofNullable(open.get(name)).flatMap(Open::publication);
    }

    /** Returns how many there are, also those that are not stored yet. */
    synchronized int count() {
        return open.size();
    }
}
