package io.a2al.core.api;

import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.record.VerifiedRecord;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A command of the application to the node. Immutable; thread-safe. */
public sealed interface Command {

    /** Ping an address. Ends with {@link Outcome.Answered} or {@link Outcome.NoAnswer}. */
    record Ping(Endpoint to, Duration timeout) implements Command {}

    /**
     * Send one request to one node. Ends with {@link Outcome.Answered}, {@link Outcome.NoAnswer}, or
     * {@link Outcome.OtherIdentity}.
     *
     * @param expected the node that should answer; empty if any may
     * @param request a message to which a response exists
     */
    record Ask(Endpoint to, Optional<NodeId> expected, Message request, Duration timeout) implements Command {

        /** Rejects a message that is not a request. */
        public Ask {
            if (request.type().response().isEmpty()) {
                throw new IllegalArgumentException(
                        "not a request: " + request.type() + "; it must be a message with a response");
            }
        }
    }

    /**
     * Join the network through any of these, and join again while few contacts are known. Ends with {@link
     * Outcome.Joined}.
     *
     * @param seeds addresses at which any node may answer
     * @param contacts nodes; an answer of another node at such an address does not count
     */
    record Bootstrap(List<Endpoint> seeds, List<Contact> contacts, Duration timeout) implements Command {

        /** Copies the lists, and rejects what cannot be a contact (known-defects D-29). */
        public Bootstrap {
            seeds = List.copyOf(seeds);
            contacts = List.copyOf(contacts);
            for (Contact contact : contacts) {
                if (!contact.isGenuine()) {
                    throw new IllegalArgumentException(
                            "not a complete seed: " + contact + "; it needs a native address,"
                                    + " the NodeID of that address, and an IP address and port that can be dialled");
                }
            }
        }

        /** Join through addresses. */
        public Bootstrap(List<Endpoint> seeds, Duration timeout) {
            this(seeds, List.of(), timeout);
        }
    }

    /** Find the nodes nearest to a key. Ends with {@link Outcome.Nodes}. */
    record FindNode(NodeId target, LookupOptions options) implements Command {

        /** With the node's own choices, within this time. */
        public FindNode(NodeId target, Duration timeout) {
            this(target, LookupOptions.within(timeout));
        }
    }

    /**
     * Find records at a key. Ends with {@link Outcome.Records}.
     *
     * @param type 0 for any type
     */
    record FindRecords(NodeId key, int type, Want want, LookupOptions options) implements Command {

        /** With the node's own choices, within this time. */
        public FindRecords(NodeId key, int type, Want want, Duration timeout) {
            this(key, type, want, LookupOptions.within(timeout));
        }
    }

    /** Which records at a key are wanted. */
    enum Want {
        /** The records that come first. */
        FIRST,
        /** The newest version that several holders have. */
        NEWEST,
        /** The newest version that a majority of the nearest nodes have. */
        MAJORITY,
        /** All records there are. */
        ALL;

        /** Returns what is wanted for this freshness. */
        public static Want of(Freshness freshness) {
            return switch (freshness) {
                case FIRST -> FIRST;
                case NEWEST -> NEWEST;
                case MAJORITY -> MAJORITY;
            };
        }
    }

    /**
     * Keep a record in the network until it is unpublished or has expired: store it at the nearest nodes, and replace
     * replicas that are lost. The operation's number names the publication from then on. Ends with {@link
     * Outcome.Stored} after the first round, or {@link Outcome.Refused}.
     *
     * @param renewable true to be asked for a newer record at half of its time to live, with {@link Effect.RenewalDue};
     *     false for mail, and for records that only another identity can sign
     */
    record Publish(NodeId key, VerifiedRecord record, boolean renewable) implements Command {

        /** A record that will be renewed. */
        public Publish(NodeId key, VerifiedRecord record) {
            this(key, record, true);
        }
    }

    /** Continue a publication with a newer record. Ends like {@link Publish}. */
    record Renew(long publication, VerifiedRecord record) implements Command {}

    /**
     * Report every record at a key, those there are and those to come, with {@link Effect.Heard}. The operation's
     * number names the listener from then on. Ends with {@link Outcome.Noted}, or {@link Outcome.Refused}; at once
     * unless records are being restored.
     *
     * @param type 0 for any type
     */
    record Listen(NodeId key, int type) implements Command {}

    /** End a listener. Ends with {@link Outcome.Noted}. */
    record StopListening(long listener) implements Command {}

    /**
     * Ask the node at {@code via} for an echo to {@code claimed}, an address of ours. Ends with {@link Outcome.Probed},
     * or {@link Outcome.Refused}.
     */
    record ProbeNat(Endpoint via, Endpoint claimed, Duration timeout) implements Command {}

    /** End all publications of records that speak for an address. Ends with {@link Outcome.Unpublished}. */
    record UnpublishAll(Address address) implements Command {}

    /** End a publication; the replicas at other nodes expire by themselves. Ends with {@link Outcome.Unpublished}. */
    record Unpublish(long publication) implements Command {}

    /**
     * Note that the machine is in another network now, or that its network works again: earlier measurements no longer
     * hold, and contacts are verified again. Ends with {@link Outcome.Noted} at once.
     */
    record NetworkChanged() implements Command {}

    /**
     * Put a record into our own store, without publishing it. Ends with {@link Outcome.Put}, at once unless records are
     * being restored.
     *
     * @param key the zero key stands for the NodeID of the record's address
     */
    record PutLocally(NodeId key, VerifiedRecord record) implements Command {}

    /**
     * Wait until the records that an earlier run of the node held at a key are restored, for at most a second. Ends
     * with {@link Outcome.Noted}, at once if none are being restored.
     */
    record AwaitRestored(NodeId key) implements Command {}
}
