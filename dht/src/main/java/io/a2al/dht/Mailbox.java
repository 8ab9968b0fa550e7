package io.a2al.dht;

import io.a2al.core.api.LookupReport;
import io.a2al.dht.result.MailResult;
import io.a2al.dht.result.RefusedException;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.mailbox.InvalidMailException;
import io.a2al.protocol.mailbox.SealedMail;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.VerifiedRecord;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;

/** Sends and reads sealed notes (wire.md section 15). Thread-safe. */
final class Mailbox {

    private final Query query;
    private final NodePublications publications;
    private final RecordMaker records;
    private final SecureRandom random = new SecureRandom();

    Mailbox(Query query, NodePublications publications, RecordMaker records) {
        this.query = query;
        this.publications = publications;
        this.records = records;
    }

    /** Looks up the recipient's key, seals, signs and stores; a note that cannot be sent fails before any request. */
    CompletableFuture<SendResult> send(Agent sender, Address recipient, int type, Bytes body) {
        Objects.requireNonNull(sender, "sender");
        Objects.requireNonNull(recipient, "recipient");
        Objects.requireNonNull(body, "body");
        int noteType = Arguments.noteType(type);
        try {
            checkRoom(sender, noteType, body);
            records.ttl(sender);
        } catch (RefusedException e) {
            return CompletableFuture.failedFuture(e);
        }
        return Futures.compose(
                query.findRecordsAsync(NodeId.ofAddress(recipient), RecordType.ENDPOINT),
                found -> found.newest()
                        .map(endpoint -> store(sender, recipient, endpoint, noteType, body, found.report()))
                        .orElseGet(() ->
                                CompletableFuture.completedFuture(new SendResult.RecipientUnknown(found.report()))));
    }

    private static void checkRoom(Agent sender, int type, Bytes body) {
        OptionalInt longest = sender.longestMail(type);
        if (longest.isEmpty()) {
            throw new RefusedException("no note of " + sender.address()
                    + " fits into a datagram, as its delegation proof has "
                    + sender.delegation().map(proof -> proof.encode().length()).orElse(0) + " bytes");
        }
        int limit = longest.getAsInt();
        if (body.length() > limit) {
            String why = limit < SealedMail.maxBody(type) ? " beside the delegation proof of the sender" : "";
            throw new RefusedException("the body has " + body.length() + " bytes, the limit is " + limit + why);
        }
    }

    private CompletableFuture<SendResult> store(
            Agent sender, Address recipient, VerifiedRecord endpoint, int type, Bytes body, LookupReport report) {
        CompletableFuture<Publication> stored = publications.publish(
                Optional.of(NodeId.ofAddress(recipient)),
                records.signNote(sender, sealed(sender, recipient, endpoint, type, body)));
        return Futures.derive(
                stored,
                publication -> publication.state().replicas() > 0
                        ? new SendResult.Sent(publication, report)
                        : new SendResult.NotStored(publication, report));
    }

    private Bytes sealed(Agent sender, Address recipient, VerifiedRecord endpoint, int type, Bytes body) {
        try {
            return SealedMail.seal(
                    sender.address(), recipient, endpoint.record().publicKey(), type, body, random);
        } catch (InvalidMailException impossible) {
            // The length was checked, and no signature by a key of small order is ever verified.
            throw new IllegalStateException("the key of a verified record can be sealed with", impossible);
        }
    }

    /** Collects the mailbox records at the reader's NodeID and opens them. */
    CompletableFuture<MailResult> read(Agent reader) {
        Objects.requireNonNull(reader, "reader");
        return Futures.derive(
                query.aggregateAsync(reader.nodeId(), RecordType.ANY),
                found -> MailResult.open(reader.address(), reader.key(), found.records(), found.report()));
    }
}
