package io.a2al.core.api;

import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Envelope;
import io.a2al.protocol.message.TransactionId;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.List;

/** An input from the shell to the node. Immutable; thread-safe. */
public sealed interface Input {

    /**
     * A message that {@code NodeCore.admit} admitted and whose signature is valid.
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

    /**
     * The application does not wait for this operation any longer: it ends without an outcome, and its place is free.
     * Nothing happens if it has ended already.
     */
    record Cancel(long operation) implements Input {}

    /** All records that an earlier run of the node held at this key have been restored. */
    record KeyRestored(NodeId key) implements Input {}

    /** No further records of an earlier run are restored. */
    record RestoreEnded() implements Input {}

    /** Time has passed, at least up to the deadline that the node named. */
    record Tick() implements Input {}
}
