package io.a2al.core;

import io.a2al.core.lookup.LookupReport;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.record.VerifiedRecord;
import java.time.Duration;
import java.util.List;

/** How an operation ended, with what it achieved. */
public sealed interface Outcome {

    /**
     * A node answered.
     *
     * @param observed our own address as that node sees it
     */
    record Answered(Contact node, Endpoint observed, Duration roundTrip) implements Outcome {}

    /** Nobody answered in time. */
    record NoAnswer() implements Outcome {}

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

    /** The publication is over. */
    record Unpublished() implements Outcome {}

    /** Nothing was done, for a reason of our own that the message names. */
    record Refused(String reason) implements Outcome {}
}
