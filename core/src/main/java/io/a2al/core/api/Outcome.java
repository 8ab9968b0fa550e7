package io.a2al.core.api;

import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.record.VerifiedRecord;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How an operation ended, and what it achieved. Immutable; thread-safe. */
public sealed interface Outcome {

    /**
     * A node answered.
     *
     * @param node the node, at the endpoint that was asked
     * @param message the answer
     * @param records those of the answer's records that passed verification
     * @param roundTrip from the first attempt to the answer
     */
    record Answered(Contact node, Message message, List<VerifiedRecord> records, Duration roundTrip)
            implements Outcome {

        /** Copies the list. */
        public Answered {
            records = List.copyOf(records);
        }

        /** Returns our own address as that node sees it, if its kind of answer says so. */
        public Optional<Endpoint> observed() {
            return message.observedAddress();
        }
    }

    /** The request timed out or could not be sent. */
    record NoAnswer() implements Outcome {}

    /** Another node than expected answered; the answer does not count. */
    record OtherIdentity() implements Outcome {}

    /**
     * Bootstrapping has ended.
     *
     * @param seedsAnswered given addresses that answered
     * @param seedsAsked given addresses
     * @param nodesKnown contacts in the routing table now
     */
    record Joined(int seedsAnswered, int seedsAsked, int nodesKnown) implements Outcome {}

    /** The nearest nodes that answered, nearest first. */
    record Nodes(List<Contact> nodes, LookupReport report) implements Outcome {}

    /** The records found, newest first; perhaps none. */
    record Records(List<VerifiedRecord> records, LookupReport report) implements Outcome {}

    /**
     * A round of storing has ended.
     *
     * @param replicas nodes that confirmed to hold the record
     * @param wanted nodes that should hold it
     */
    record Stored(int replicas, int wanted) implements Outcome {}

    /** A NAT probe has ended; says whether the echo arrived in time. */
    record Probed(boolean reached) implements Outcome {}

    /**
     * Publications have ended.
     *
     * @param publications how many publications ended
     */
    record Unpublished(int publications) implements Outcome {}

    /** The command is accepted; the node does the rest by itself. */
    record Noted() implements Outcome {}

    /** Nothing was done, for a reason on our side that the text names. */
    record Refused(String reason) implements Outcome {}

    /** Our own store has taken or refused a record. */
    record Put(PutResult result) implements Outcome {}
}
