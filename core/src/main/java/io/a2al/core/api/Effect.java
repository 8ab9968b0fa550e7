package io.a2al.core.api;

import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.TransactionId;
import io.a2al.protocol.record.VerifiedRecord;

/** An action that the node asks of the shell. Immutable; thread-safe. */
public sealed interface Effect {

    /**
     * Sign this and send it as one datagram.
     *
     * @param paddedLength of the datagram, in bytes, see
     *     {@link io.a2al.protocol.message.MessageCodec#encode(io.a2al.protocol.message.Header, Message,
     *     io.a2al.protocol.crypto.Signer, int)}; 0 for no padding
     */
    record Send(Endpoint to, TransactionId transactionId, Message message, int paddedLength) implements Effect {}

    /** Report that an operation has ended. */
    record Complete(long operation, Outcome outcome) implements Effect {}

    /** Report the address at which a peer that answered us sees us. */
    record Observed(NodeId reporter, Endpoint observed) implements Effect {}

    /** Report a record at a listener's key that is new to the listener. */
    record Heard(long listener, VerifiedRecord record) implements Effect {}

    /** Report a step of a lookup that is traced; comes before the lookup's {@link Complete}. */
    record Traced(long operation, LookupStep step) implements Effect {}

    /** Report an event, while events are wanted. */
    record Happened(NodeEvent event) implements Effect {}

    /** Ask for a newer record of a publication; answer with {@link Command.Renew}. */
    record RenewalDue(long publication) implements Effect {}

    /** Keep a record on disk under this number, which is new. */
    record Persist(long number, StoredRecord record) implements Effect {}

    /** Remove the record of this number from the disk. */
    record Forget(long number) implements Effect {}

    /**
     * Restore the records of this key before others, and hand in {@link Input.KeyRestored} then. Raised only between
     * {@code NodeCore.beginRestore} and {@link Input.RestoreEnded}.
     */
    record RestoreKey(NodeId key) implements Effect {}

    /** Write what is kept in files. */
    record SaveDue() implements Effect {}

    /** Ask for more seeds: few contacts are known, and no seed answers. Answer with {@link Command.Bootstrap}. */
    record SeedsWanted() implements Effect {}
}
