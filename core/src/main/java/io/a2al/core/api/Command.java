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

/** What an application can ask of a node. */
public sealed interface Command {

    /** See who answers at an address. Ends with {@link Outcome.Answered} or {@link Outcome.NoAnswer}. */
    record Ping(Endpoint to, Duration timeout) implements Command {}

    /**
     * Ask one node one thing. Ends with {@link Outcome.Answered}, {@link Outcome.NoAnswer}, or
     * {@link Outcome.OtherIdentity}.
     *
     * @param expected who should answer; nothing if that does not matter
     * @param request a message that is answered by another
     */
    record Ask(Endpoint to, Optional<NodeId> expected, Message request, Duration timeout) implements Command {

        /** Refuses what is not a request. */
        public Ask {
            if (request.type().response().isEmpty()) {
                throw new IllegalArgumentException(request.type() + " is not a request");
            }
        }
    }

    /**
     * Join the network through any of these, and try again while few others are known. Ends with {@link
     * Outcome.Joined}.
     *
     * @param seeds addresses, whoever is there
     * @param contacts nodes; another one at such an address does not count
     */
    record Bootstrap(List<Endpoint> seeds, List<Contact> contacts, Duration timeout) implements Command {

        /** Copies the lists, and refuses what can be no contact (known-defects D-29). */
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

        /** In the node's own way, within this time. */
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

        /** In the node's own way, within this time. */
        public FindRecords(NodeId key, int type, Want want, Duration timeout) {
            this(key, type, want, LookupOptions.within(timeout));
        }
    }

    /** How much of what there is at a key is wanted. */
    enum Want {
        /** Whatever comes first. */
        FIRST,
        /** The newest that several holders have. */
        NEWEST,
        /** All there is. */
        ALL
    }

    /**
     * Keep a record in the network until it is unpublished or has expired: store it at the nearest nodes, and see to it
     * that it stays there. The operation's number names the publication from then on. Ends with {@link Outcome.Stored}
     * after the first round, or {@link Outcome.Refused}.
     *
     * @param renewable true to be asked for a newer record at half of its time to live, with {@link Effect.RenewalDue};
     *     false for mail, and for records that only somebody else can sign
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
     * Tell of every record at a key, those there are and those to come, with {@link Effect.Heard}. The operation's
     * number names the listener from then on. Ends with {@link Outcome.Noted} at once, or {@link Outcome.Refused}.
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

    /** End a publication; what others hold expires by itself. Ends with {@link Outcome.Unpublished}. */
    record Unpublish(long publication) implements Command {}

    /**
     * The machine is in another network now, or its network works again: what was measured there does not hold any
     * more, and contacts are to be checked. Ends with {@link Outcome.Noted} at once.
     */
    record NetworkChanged() implements Command {}

    /**
     * Put a record into our own store, without telling others. Ends with {@link Outcome.Put} at once.
     *
     * @param key the zero key stands for the NodeID of the record's address
     */
    record PutLocally(NodeId key, VerifiedRecord record) implements Command {}
}
