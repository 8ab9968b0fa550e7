package io.a2al.dht;

import io.a2al.core.api.PublicationState;
import io.a2al.core.api.PublicationState.Condition;
import io.a2al.protocol.delegation.DelegationProof;
import io.a2al.protocol.delegation.InvalidDelegationException;
import io.a2al.protocol.message.ResponseBudget;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.InvalidRecordException;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.SignedRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A fact about a published record that its publisher should know. Immutable; thread-safe. */
public sealed interface PublicationNotice {

    /** A {@code quic://} URL with a port, which is the first group. */
    Pattern QUIC = Pattern.compile("quic://[^/?#]*:(\\d{1,5})(?:[/?#].*)?", Pattern.CASE_INSENSITIVE);

    /** Returns the notice as a sentence. */
    String text();

    /**
     * Nodes of the older protocol version can store the endpoint record, but not serve it (known-defects D-19). A
     * shorter payload avoids that, see {@link Agent#roomForOldNodes}; for agents of wallets nothing does.
     *
     * @param bytes length of the record
     * @param limit longest record that they can serve, in bytes
     */
    record OldNodesCannotServe(int bytes, int limit) implements PublicationNotice {

        @Override
        public String text() {
            return "the endpoint record has " + bytes
                    + " bytes; nodes of the older protocol version cannot serve more than " + limit;
        }
    }

    /**
     * The record is valid for less than the usual hour, because the delegation of its key ends earlier.
     *
     * @param end the last second of both
     */
    record EndsWithDelegation(Instant end) implements PublicationNotice {

        @Override
        public String text() {
            return "the record is valid until " + end + " only, when the delegation of its key ends";
        }
    }

    /**
     * Nodes of the newer protocol version take the host and port of a {@code quic://} URL in an endpoint record of the
     * node's own address for its DHT address (known-defects D-55). With another port they no longer reach the node.
     * Agents with another address than the node are not affected, and neither are URLs of other schemes.
     *
     * @param url the URL
     * @param port the port that the node listens on
     */
    record TakenForNodeAddress(String url, int port) implements PublicationNotice {

        @Override
        public String text() {
            return "nodes of the newer protocol version take " + url + " for this node's address and will not find the"
                    + " node, which listens on port " + port
                    + "; use its port, another scheme such as https, or an agent with an address of its own";
        }
    }

    /**
     * A node holds a record that is newer than the published one and was not published here. Readers get the newer one
     * until it expires. That is harmless if another machine publishes for the same address. If not, a number was once
     * used that this node does not reach: a record that is signed with a newly delegated key counts as newer.
     *
     * @param sequence sequence number of the newer record, unsigned
     */
    record HiddenByNewerRecord(long sequence) implements PublicationNotice {

        @Override
        public String text() {
            return "a node holds a newer record, with sequence number " + Long.toUnsignedString(sequence)
                    + ", which readers get instead until it expires; unless another machine publishes for this address,"
                    + " have its owner delegate a new key, and publish with that";
        }
    }

    /**
     * Fewer than half of the nodes that should hold the record do. The node keeps trying while the publication is open.
     *
     * @param replicas nodes that hold it
     * @param wanted nodes that should hold it
     * @param found nodes that were asked to hold it
     * @param refused those of them that refused it or did not answer
     * @param problem the last thing that went wrong
     */
    record FewReplicas(int replicas, int wanted, int found, int refused, Optional<String> problem)
            implements PublicationNotice {

        @Override
        public String text() {
            String why = found == 0
                    ? "no node was found near its key"
                    : found + (found == 1 ? " node was" : " nodes were") + " found near its key"
                            + (refused == 0 ? "" : ", of which " + refused + " refused it or did not answer");
            return "only " + replicas + " of " + wanted + " nodes hold the record: " + why
                    + problem.map(what -> "; " + what).orElse("");
        }
    }

    /**
     * Nodes near the key hide the record two minutes after they got it, as nodes of v0.2.9 do with records that the
     * address itself did not send (known-defects D-48): those of delegated agents and of wallets. Fewer than the wanted
     * number of other nodes keep it. A record that a node publishes for its own address is not affected.
     *
     * @param keeping nodes that keep the record
     * @param wanted nodes that should keep it
     * @param hiding nodes that hide it
     */
    record HiddenByNodes(int keeping, int wanted, int hiding) implements PublicationNotice {

        @Override
        public String text() {
            return "only " + keeping + " of " + wanted + " nodes keep the record; " + hiding
                    + (hiding == 1 ? " node near its key hides" : " nodes near its key hide")
                    + " it after two minutes, because it was not sent by the address that it is for;"
                    + " more nodes that keep such records are needed, or a node that runs with the address's own key";
        }
    }

    /**
     * The nodes nearest to the record's key are improbably dense, as if an attacker surrounded it to hide the record.
     * It is stored at all nodes of the key's vicinity, where readers that notice the same look for it. Nodes of other
     * kinds may not find it.
     */
    record Surrounded() implements PublicationNotice {

        @Override
        public String text() {
            return "the key looks surrounded by nodes that hide its record; it is stored at more nodes, where"
                    + " readers of this kind find it";
        }
    }

    /** The record's key looked surrounded, see {@link Surrounded}, and does not any longer. */
    record NoLongerSurrounded() implements PublicationNotice {

        @Override
        public String text() {
            return "the key looked surrounded by nodes that hide its record, and does not any longer";
        }
    }

    /** Returns the notices about the state of a publication; usually none. */
    static List<PublicationNotice> of(PublicationState state) {
        List<PublicationNotice> notices = new ArrayList<>();
        state.newer()
                .ifPresent(newer ->
                        notices.add(new HiddenByNewerRecord(newer.record().sequence())));
        int hiding = count(state, Condition.HIDING);
        if (hiding > 0 && state.confirmed() < state.wanted()) {
            notices.add(new HiddenByNodes(state.confirmed(), state.wanted(), hiding));
        } else if (2 * state.confirmed() < state.wanted()) {
            int refused = count(state, Condition.REFUSED);
            Optional<String> problem = notices.isEmpty() ? state.problem() : Optional.empty();
            notices.add(new FewReplicas(
                    state.confirmed(), state.wanted(), state.replicas().size(), refused, problem));
        }
        switch (state.surrounding()) {
            case NEVER -> {
                // There is nothing to tell.
            }
            case NOW -> notices.add(new Surrounded());
            case NO_LONGER -> notices.add(new NoLongerSurrounded());
        }
        return List.copyOf(notices);
    }

    private static int count(PublicationState state, Condition condition) {
        return (int) state.replicas().stream()
                .filter(replica -> replica.condition() == condition)
                .count();
    }

    /**
     * Returns the notices about an endpoint record of the node's own address; usually none.
     *
     * @param ports the ports at which the node is reached; the first is the one that it listens on
     */
    static List<PublicationNotice> ofOwnEndpoints(SignedRecord record, List<Integer> ports) {
        if (record.type() != RecordType.ENDPOINT) {
            return List.of();
        }
        try {
            return EndpointPayload.decode(record.payload().orElseThrow()).endpoints().stream()
                    .filter(url -> isQuicAtOtherPort(url, ports))
                    .<PublicationNotice>map(url -> new TakenForNodeAddress(url, ports.getFirst()))
                    .toList();
        } catch (InvalidRecordException notPublishedHere) {
            return List.of();
        }
    }

    /** A URL without a port, or with more digits than a port has, names no address. */
    private static boolean isQuicAtOtherPort(String url, List<Integer> ports) {
        Matcher quic = QUIC.matcher(url);
        return quic.matches() && !ports.contains(Integer.valueOf(quic.group(1)));
    }

    /** Returns the notices about a record; usually none. */
    static List<PublicationNotice> of(SignedRecord record) {
        List<PublicationNotice> notices = new ArrayList<>();
        int limit = ResponseBudget.MAX_LEGACY_ENDPOINT_RECORD;
        if (record.type() == RecordType.ENDPOINT && record.encodedLength() > limit) {
            notices.add(new OldNodesCannotServe(record.encodedLength(), limit));
        }
        long end = record.timestamp() + record.ttl();
        if (record.ttl() < RecordMaker.TTL
                && endOfDelegation(record).filter(at -> at == end).isPresent()) {
            notices.add(new EndsWithDelegation(Instant.ofEpochSecond(end)));
        }
        return List.copyOf(notices);
    }

    private static Optional<Long> endOfDelegation(SignedRecord record) {
        try {
            return record.delegation().isEmpty()
                    ? Optional.empty()
                    : Optional.of(DelegationProof.decode(record.delegation().get())
                            .delegation()
                            .expiresAt());
        } catch (InvalidDelegationException noProof) {
            return Optional.empty();
        }
    }
}
