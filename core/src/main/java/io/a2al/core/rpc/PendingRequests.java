package io.a2al.core.rpc;

import io.a2al.core.bounds.Occupancy;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.MessageType;
import io.a2al.protocol.message.TransactionId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The requests under way, by transaction id, at most a fixed number. Not thread-safe.
 *
 * @param <H> what the owners do with results
 */
public final class PendingRequests<H> {

    private final int capacity;
    private final Map<TransactionId, PendingRequest<H>> byTransaction = new HashMap<>();

    /** Holds at most {@code capacity} requests. */
    public PendingRequests(int capacity) {
        this.capacity = capacity;
    }

    /** Adds a request; returns false at the limit. */
    public boolean add(PendingRequest<H> rpc) {
        if (byTransaction.size() >= capacity) {
            return false;
        }
        byTransaction.put(rpc.transactionId(), rpc);
        return true;
    }

    /** Returns the request that such a message answers, if there is one; it stays under way. */
    public Optional<PendingRequest<H>> match(TransactionId transactionId, MessageType type, Endpoint from) {
        return find(transactionId).filter(rpc -> rpc.isAnsweredBy(type, from));
    }

    /** Returns the request with this transaction id, if it is under way. */
    public Optional<PendingRequest<H>> find(TransactionId transactionId) {
        return Optional.ofNullable(byTransaction.get(transactionId));
    }

    /** Ends a request; returns false if it had ended before. */
    public boolean remove(PendingRequest<H> rpc) {
        return byTransaction.remove(rpc.transactionId(), rpc);
    }

    /** Ends the requests whose owner this is true for. */
    public void removeIf(Predicate<H> owner) {
        byTransaction.values().removeIf(rpc -> owner.test(rpc.handler()));
    }

    /** Returns the number of requests under way. */
    public int size() {
        return byTransaction.size();
    }

    /** Returns the requests under way beside their limit. */
    public Occupancy occupancy() {
        return new Occupancy(size(), capacity);
    }
}
