package io.a2al.conformance.node;

import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.record.SignedRecord;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** STORE and FIND_VALUE requests that several groups of checks send. Stateless. */
final class RecordRequests {

    /** Answers that together show all the 50 notes or so of a full mailbox, whatever the order. */
    private static final int MAX_READS = 60;

    private RecordRequests() {}

    /** Sends STORE without a key, that is, for the NodeID of the record's address. Returns the answer, if one came. */
    static Optional<Boolean> store(Prober prober, ProbePeer peer, SignedRecord record) throws IOException {
        return store(prober, peer, record, Optional.empty());
    }

    /** Sends STORE for a key and returns the answer, if one came. */
    static Optional<Boolean> store(Prober prober, ProbePeer peer, SignedRecord record, Optional<NodeId> key)
            throws IOException {
        return prober.ask(peer, new Message.Store(record, key), Message.StoreResponse.class)
                .map(Message.StoreResponse::stored);
    }

    /** Sends FIND_VALUE and returns the records of the answer; empty if no answer came. */
    static Optional<List<SignedRecord>> find(Prober prober, ProbePeer peer, NodeId key, int type) throws IOException {
        return prober.ask(peer, new Message.FindValue(key, type, false), Message.FindValueResponse.class)
                .map(Message.FindValueResponse::records);
    }

    /** Returns true if {@code record} is the only record of its type that the node holds at {@code key}. */
    static boolean holdsOnly(Prober prober, ProbePeer peer, NodeId key, SignedRecord record) throws IOException {
        return find(prober, peer, key, record.type()).equals(Optional.of(List.of(record)));
    }

    /**
     * Stores a record that the node must reject, and judges the result.
     *
     * @param key the key to store it at; empty for the NodeID of its address
     * @param defect number of the known defect by which a node accepts the record, if there is one
     */
    static Observation expectRejected(
            Prober prober, ProbePeer peer, SignedRecord record, Optional<NodeId> key, Optional<String> defect)
            throws IOException {
        Optional<Boolean> stored = store(prober, peer, record, key);
        if (stored.isEmpty()) {
            return Observation.fail("no answer");
        }
        NodeId where = key.orElse(NodeId.ofAddress(record.address()));
        boolean held = find(prober, peer, where, 0).orElse(List.of()).contains(record);
        if (!stored.get() && !held) {
            return Observation.pass("false, not held");
        }
        String text = stored.get() + (held ? ", held" : ", not held");
        return defect.isPresent() && stored.get() && held
                ? Observation.knownDefect(text, defect.get())
                : Observation.fail(text);
    }

    /** Stores a record that the node must accept and hold as the only one of its type, and judges the result. */
    static Observation expectStored(Prober prober, ProbePeer peer, SignedRecord record, Optional<NodeId> key)
            throws IOException {
        Optional<Boolean> stored = store(prober, peer, record, key);
        if (stored.isEmpty()) {
            return Observation.fail("no answer");
        }
        boolean held = holdsOnly(prober, peer, key.orElse(NodeId.ofAddress(record.address())), record);
        return Observation.of(stored.get() && held, stored.get() + (held ? ", held" : ", not held as the only one"));
    }

    /**
     * Asks for the records of a type at a key until {@code record} is among them, at most {@value #MAX_READS} times: an
     * answer has room for a few records only, and nodes return others each time (known-defects D-20).
     */
    static boolean isAmong(Prober prober, ProbePeer peer, NodeId key, SignedRecord record) throws IOException {
        for (int i = 0; i < MAX_READS; i++) {
            if (find(prober, peer, key, record.type()).orElse(List.of()).contains(record)) {
                return true;
            }
        }
        return false;
    }
}
