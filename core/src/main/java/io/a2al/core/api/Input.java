package io.a2al.core.api;

import io.a2al.core.NodeCore;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Envelope;
import io.a2al.protocol.message.TransactionId;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.List;

/** An input from the shell to the node. Immutable; thread-safe. */
public sealed interface Input {

    /**
     * A message with a valid signature.
     *
     * @param from the source of the datagram
     * @param length length of the datagram in bytes
     * @param records those of the message's records that passed verification
     */
    record Received(Endpoint from, Envelope envelope, int length, List<VerifiedRecord> records) implements Input {

        /** Copies the list. */
        public Received {
            records = List.copyOf(records);
        }
    }

    /**
     * A command of the application; its outcome comes as {@link Effect.Complete} with the same number.
     *
     * @param operation chosen by the shell, different for each operation under way
     */
    record Submit(long operation, Command command) implements Input {}

    /** A message of this node could not be sent, for a reason on this machine. */
    record Unsent(TransactionId transactionId) implements Input {}

    /** Time has passed, at least up to {@link NodeCore#nextDeadline()}. */
    record Tick() implements Input {}
}
