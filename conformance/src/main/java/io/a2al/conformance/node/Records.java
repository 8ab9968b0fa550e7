package io.a2al.conformance.node;

import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.record.SignedRecord;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Questions about records that several groups ask. Stateless. */
final class Records {

    private Records() {}

    /** Stores a record at its own address; what was answered, if anything was. */
    static Optional<Boolean> store(Prober prober, Member member, SignedRecord record) throws IOException {
        return store(prober, member, record, Optional.empty());
    }

    /** Stores a record at a key. */
    static Optional<Boolean> store(Prober prober, Member member, SignedRecord record, Optional<NodeId> key)
            throws IOException {
        return prober.ask(member, new Message.Store(record, key), Message.StoreResponse.class)
                .map(Message.StoreResponse::stored);
    }

    /** The records at a key; nothing if there was no answer. */
    static Optional<List<SignedRecord>> find(Prober prober, Member member, NodeId key, int type) throws IOException {
        return prober.ask(member, new Message.FindValue(key, type, false), Message.FindValueResponse.class)
                .map(Message.FindValueResponse::records);
    }

    /** Whether exactly this is held at a key. */
    static boolean isOnly(Prober prober, Member member, NodeId key, SignedRecord record) throws IOException {
        return find(prober, member, key, record.type()).equals(Optional.of(List.of(record)));
    }

    /** What is seen of a record that must not be taken. */
    static Seen refused(
            Prober prober, Member member, SignedRecord record, Optional<NodeId> key, Optional<String> defect)
            throws IOException {
        Optional<Boolean> stored = store(prober, member, record, key);
        if (stored.isEmpty()) {
            return Seen.bad("no answer");
        }
        NodeId where = key.orElse(NodeId.ofAddress(record.address()));
        boolean held = find(prober, member, where, 0).orElse(List.of()).contains(record);
        if (!stored.get() && !held) {
            return Seen.good("false, not held");
        }
        String text = stored.get() + (held ? ", held" : ", not held");
        return defect.isPresent() && stored.get() && held ? Seen.known(text, defect.get()) : Seen.bad(text);
    }

    /** A record that must be taken, and then is all that is held. */
    static Seen taken(Prober prober, Member member, SignedRecord record, Optional<NodeId> key) throws IOException {
        Optional<Boolean> stored = store(prober, member, record, key);
        if (stored.isEmpty()) {
            return Seen.bad("no answer");
        }
        boolean held = isOnly(prober, member, key.orElse(NodeId.ofAddress(record.address())), record);
        return Seen.of(stored.get() && held, stored.get() + (held ? ", held" : ", not held alone"));
    }
}
