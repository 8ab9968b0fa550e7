package io.a2al.dht;

import io.a2al.core.Command;
import io.a2al.core.Outcome;
import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.InvalidRecordException;
import io.a2al.protocol.record.RecordVerifier;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The open publications of a node, and their renewal. Thread-safe. */
final class Publications {

    private static final Logger LOG = LoggerFactory.getLogger(Publications.class);

    private final Operations operations;
    private final TimeSource time;
    private final Map<Long, Publication> open = new ConcurrentHashMap<>();

    Publications(Operations operations, TimeSource time) {
        this.operations = operations;
        this.time = time;
    }

    /** Signs the first record and publishes it; completes when the first round of storing is over. */
    CompletableFuture<Publication> publish(RecordFactory factory) {
        VerifiedRecord first;
        try {
            first = verify(factory.next(time.now().unixSeconds()));
        } catch (InvalidRecordException e) {
            return CompletableFuture.failedFuture(new RefusedException(e.getMessage()));
        }
        NodeId key = first.contentKey().orElseThrow();
        Publication publication = new Publication(this, key, factory, first.record());
        return operations
                .submit(new Command.Publish(key, first), operation -> {
                    publication.setId(operation);
                    open.put(operation, publication);
                })
                .thenApply(settle(publication, first.record()));
    }

    /** The core asks for a newer record. */
    void renew(long id) {
        Publication publication = open.get(id);
        if (publication == null) {
            return;
        }
        try {
            VerifiedRecord next = verify(publication.factory().next(time.now().unixSeconds()));
            CompletableFuture<Outcome> renewed = operations.submit(new Command.Renew(id, next));
            var _ = renewed.thenApply(settle(publication, next.record())).whenComplete((ignored, failure) -> {
                if (failure != null && publication.isOpen()) {
                    LOG.warn("renewing the record at key {} failed: {}", publication.key(), failure.getMessage());
                }
            });
        } catch (InvalidRecordException | NodeClosedException e) {
            LOG.warn("renewing the record at key {} failed: {}", publication.key(), e.getMessage());
        }
    }

    private Function<Outcome, Publication> settle(Publication publication, SignedRecord record) {
        return outcome -> switch (outcome) {
            case Outcome.Stored(int replicas, int wanted) -> {
                publication.setState(new Publication.State(record, replicas, wanted));
                yield publication;
            }
            case Outcome.Refused(String reason) -> {
                open.remove(publication.id());
                throw new RefusedException(reason);
            }
            default -> throw new IllegalStateException("unexpected outcome of publishing: " + outcome);
        };
    }

    void forget(Publication publication) {
        if (open.remove(publication.id()) != null) {
            try {
                var _ = operations.submit(new Command.Unpublish(publication.id()));
            } catch (NodeClosedException alreadyOver) {
                // Closing the node ends all publications.
            }
        }
    }

    /** Signatures of our own are rare, so that a verifier for each costs nothing. */
    private static VerifiedRecord verify(SignedRecord record) throws InvalidRecordException {
        return new RecordVerifier(Ed25519.preferred().newVerifier()).verify(record);
    }
}
