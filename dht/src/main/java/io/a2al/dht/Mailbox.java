package io.a2al.dht;

import io.a2al.core.Command;
import io.a2al.core.Outcome;
import io.a2al.core.lookup.LookupReport;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.mailbox.InvalidMailException;
import io.a2al.protocol.mailbox.SealedMail;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.VerifiedRecord;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;

/** Sends and reads sealed notes (wire.md section 15). Thread-safe. */
final class Mailbox {

    private final Operations operations;
    private final Publications publications;
    private final RecordMaker records;
    private final SecureRandom random = new SecureRandom();

    Mailbox(Operations operations, Publications publications, RecordMaker records) {
        this.operations = operations;
        this.publications = publications;
        this.records = records;
    }

    /** Looks up the recipient's key, seals, signs and stores; what cannot be sent fails before anything is. */
    CompletableFuture<SendResult> send(Agent sender, Address recipient, int type, Bytes body) {
        if (type < 0 || type > 0xff) {
            throw new IllegalArgumentException("a type is within 0 to 255, not " + type);
        }
        try {
            checkRoom(sender, type, body);
            records.ttl(sender);
        } catch (RefusedException e) {
            return CompletableFuture.failedFuture(e);
        }
        Command find = new Command.FindRecords(
                NodeId.ofAddress(recipient), RecordType.ENDPOINT, Command.Want.NEWEST, Operations.LOOKUP_TIMEOUT);
        return operations.submit(find).thenCompose(outcome -> switch (outcome) {
            case Outcome.Records(List<VerifiedRecord> found, LookupReport report) ->
                found.isEmpty()
                        ? CompletableFuture.completedFuture(new SendResult.RecipientUnknown(report))
                        : store(sender, recipient, found.getFirst(), type, body, report);
            default -> throw Operations.unexpected(outcome);
        });
    }

    private static void checkRoom(Agent sender, int type, Bytes body) {
        OptionalInt longest = sender.longestMail(type);
        if (longest.isEmpty()) {
            throw new RefusedException("no note of " + sender.address()
                    + " fits into a datagram, as its delegation proof has "
                    + sender.delegation().map(proof -> proof.encode().length()).orElse(0) + " octets");
        }
        int limit = longest.getAsInt();
        if (body.length() > limit) {
            String why = limit < SealedMail.maxBody(type) ? " beside the delegation proof of the sender" : "";
            throw new RefusedException("the body has " + body.length() + " octets, the limit is " + limit + why);
        }
    }

    private CompletableFuture<SendResult> store(
            Agent sender, Address recipient, VerifiedRecord endpoint, int type, Bytes body, LookupReport report) {
        return publications
                .publish(
                        Optional.of(NodeId.ofAddress(recipient)),
                        records.signNote(sender, sealed(sender, recipient, endpoint, type, body)))
                .thenApply(publication -> publication.state().replicas() > 0
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

    /** Collects what lies at the reader's NodeID and opens it. */
    CompletableFuture<MailResult> read(Agent reader) {
        Command find =
                new Command.FindRecords(reader.nodeId(), RecordType.ANY, Command.Want.ALL, Operations.LOOKUP_TIMEOUT);
        return operations.submit(find).thenApply(outcome -> switch (outcome) {
            case Outcome.Records(List<VerifiedRecord> found, LookupReport report) ->
                MailResult.open(reader, found, report);
            default -> throw Operations.unexpected(outcome);
        });
    }
}
