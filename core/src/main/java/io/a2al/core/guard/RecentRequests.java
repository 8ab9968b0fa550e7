package io.a2al.core.guard;

import io.a2al.core.bounds.BoundedMap;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.TransactionId;
import java.util.Comparator;

/**
 * The latest requests, by sender and transaction id: a signed request can be sent on by anyone who received it, from a
 * forged address too, so it is handled a few times only. Bounded: the request heard longest ago is forgotten first. Not
 * thread-safe.
 */
final class RecentRequests {

    /** How often a request is handled: one more answer would not help a node that missed so many. */
    private static final int MOST = 5;

    private record Key(NodeId sender, TransactionId transactionId) implements Comparable<Key> {

        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::sender).thenComparing(Key::transactionId);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    private static final class Request {
        private final Endpoint from;
        private int times;

        Request(Endpoint from) {
            this.from = from;
        }
    }

    private final BoundedMap<Key, Request> requests;

    /** Remembers at most {@code capacity} requests. */
    RecentRequests(int capacity) {
        this.requests = new BoundedMap<>(capacity);
    }

    /** Notes a request; returns false if it is to be dropped. */
    boolean note(Endpoint from, NodeId sender, TransactionId transactionId) {
        Request known = requests.computeIfAbsent(new Key(sender, transactionId), key -> new Request(from));
        known.times++;
        return known.times <= MOST && known.from.equals(from);
    }
}
