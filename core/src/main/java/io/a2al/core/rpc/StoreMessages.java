package io.a2al.core.rpc;

import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.Optional;

/** Builds STORE messages in the form that peers of every protocol version understand. Stateless; thread-safe. */
public final class StoreMessages {

    private StoreMessages() {}

    /**
     * Returns a STORE of a record at a key. The message names the key only if the record does not imply it.
     */
    public static Message.Store of(NodeId key, VerifiedRecord record) {
        boolean implied = record.category().isKeyedByAddress();
        return new Message.Store(record.record(), implied ? Optional.empty() : Optional.of(key));
    }
}
