package io.a2al.core.api;

import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.TransactionId;
import io.a2al.protocol.record.VerifiedRecord;

/** What the node wants done. */
public sealed interface Effect {

    /** Sign this and send it as one datagram. */
    record Send(Endpoint to, TransactionId transactionId, Message message) implements Effect {}

    /** An operation is over. */
    record Complete(long operation, Outcome outcome) implements Effect {}

    /** A peer that answered us says how it sees us. */
    record Observed(NodeId reporter, Endpoint observed) implements Effect {}

    /** A listener's key has a record that is new to it. */
    record Heard(long listener, VerifiedRecord record) implements Effect {}

    /** A publication needs a newer record; answer with {@link Command.Renew}. */
    record RenewalDue(long publication) implements Effect {}

    /** It is time to write what is kept in files. */
    record SaveDue() implements Effect {}

    /**
     * Too few others are known, and nobody answers where others were; {@link Command.Bootstrap} with more seeds helps.
     */
    record SeedsWanted() implements Effect {}
}
