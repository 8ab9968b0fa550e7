package io.a2al.core.api;

import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.record.VerifiedRecord;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How an operation ended, with what it achieved. */
public sealed interface Outcome {

    /**
     * A node answered.
     *
     * @param node who, at the endpoint that was asked
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

        /** Our own address as that node sees it, if its kind of answer says so. */
        public Optional<Endpoint> observed() {
            return message.observedAddress();
        }
    }

    /** Nobody answered in time. */
    record NoAnswer() implements Outcome {}

    /** Somebody else than expected answered, so that the answer does not count. */
    record OtherIdentity() implements Outcome {}

    /**
     * Bootstrapping is over.
     *
     * @param seedsAnswered how many of the given addresses answered
     * @param seedsAsked how many were given
     * @param nodesKnown contacts in the routing table now
     */
    record Joined(int seedsAnswered, int seedsAsked, int nodesKnown) implements Outcome {}

    /** The nearest nodes that answered, nearest first. */
    record Nodes(List<Contact> nodes, LookupReport report) implements Outcome {}

    /** Records found, newest first; perhaps none. */
    record Records(List<VerifiedRecord> records, LookupReport report) implements Outcome {}

    /**
     * A round of storing is over.
     *
     * @param replicas nodes that confirmed to hold the record
     * @param wanted nodes that should
     */
    record Stored(int replicas, int wanted) implements Outcome {}

    /** A NAT probe is over: whether the echo arrived in time. */
    record Probed(boolean reached) implements Outcome {}

    /**
     * Publications are over.
     *
     * @param publications how many
     */
    record Unpublished(int publications) implements Outcome {}

    /** The node knows now, and does the rest by itself. */
    record Noted() implements Outcome {}

    /** Nothing was done, for a reason of our own that the message names. */
    record Refused(String reason) implements Outcome {}

    /** What our own store made of a record. */
    record Put(PutResult result) implements Outcome {}
}
