package io.a2al.dht;

import io.a2al.core.NodeCore;
import io.a2al.core.api.Command;
import io.a2al.core.api.Outcome;
import io.a2al.core.api.PublicationState;
import io.a2al.dht.logging.RateLimitedLogger;
import io.a2al.dht.result.NodeClosedException;
import io.a2al.dht.result.RefusedException;
import io.a2al.dht.shell.CoreDriver;
import io.a2al.dht.shell.Operations;
import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.record.InvalidRecordException;
import io.a2al.protocol.record.RecordVerifier;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The publications of a node: begins, renews and ends them. Those that the node cannot renew, such as mail, end with
 * their record. Thread-safe.
 */
final class NodePublications implements Publications {

    private static final Logger LOG = LoggerFactory.getLogger(Publications.class);

    private final RateLimitedLogger log;
    private final Address self;
    private final Supplier<List<Endpoint>> reachedAt;
    private final CoreDriver driver;
    private final Operations operations;

    /** The renewable publications, by the number of their operation. */
    private final Map<Long, NodePublication> open = new ConcurrentHashMap<>();

    /**
     * No publications yet.
     *
     * @param self the node's own address
     * @param reachedAt where the node is reached; its local endpoint is the first
     */
    NodePublications(
            CoreDriver driver,
            Operations operations,
            Address self,
            Supplier<List<Endpoint>> reachedAt,
            RateLimitedLogger log) {
        this.self = self;
        this.reachedAt = reachedAt;
        this.driver = driver;
        this.operations = operations;
        this.log = log;
    }

    // ---- for the application ----------------------------------------------------------------------------------

    @Override
    public int count() {
        return driver.ask(NodeCore::statistics).replication().publications().used();
    }

    @Override
    public List<PublicationState> at(NodeId key, Address publisher) {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(publisher, "publisher");
        return driver.ask(core -> core.publications(driver.now(), key, publisher));
    }

    @Override
    public int closeAll(Address publisher) {
        Objects.requireNonNull(publisher, "publisher");
        open.values()
                .removeIf(publication ->
                        publication.state().record().address().equals(publisher) && publication.markClosed());
        return switch (Futures.immediate(operations.submit(new Command.UnpublishAll(publisher)))) {
            case Outcome.Unpublished(int ended) -> ended;
            case Outcome other -> throw Operations.unexpected(other);
        };
    }

    // ---- for the node -----------------------------------------------------------------------------------------

    /** Returns what the publisher should know about a record because it is one of the node's own address. */
    List<PublicationNotice> noticesOfOwn(SignedRecord record) {
        return record.address().equals(self)
                ? PublicationNotice.ofOwnEndpoints(
                        record, reachedAt.get().stream().map(Endpoint::port).toList())
                : List.of();
    }

    /** Returns what the core knows of a publication; empty once it has ended. */
    Optional<PublicationState> stateOf(NodePublication publication) {
        return driver.ask(core -> core.publication(driver.now(), publication.id()));
    }

    /**
     * Signs the first record, publishes it, and renews it for as long as the publication is open; completes when the
     * first round of storing has ended.
     */
    CompletableFuture<Publication> keep(RecordFactory factory) {
        try {
            VerifiedRecord first = verify(factory.next());
            return begin(first.contentKey().orElseThrow(), first, Optional.of(factory));
        } catch (InvalidRecordException e) {
            return CompletableFuture.failedFuture(new RefusedException(e.getMessage()));
        } catch (RefusedException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /**
     * Publishes a record as it is and keeps it in the network until it expires; completes when the first round of
     * storing has ended.
     *
     * @param key where; empty for the key that the record names
     */
    CompletableFuture<Publication> publish(Optional<NodeId> key, SignedRecord record) {
        try {
            VerifiedRecord verified = verify(record);
            NodeId at = key.or(verified::contentKey)
                    .orElseThrow(() -> new RefusedException(
                            "a record of type " + record.type() + " does not say at which key it lives; give the key"));
            return begin(at, verified, Optional.empty());
        } catch (InvalidRecordException e) {
            return CompletableFuture.failedFuture(new RefusedException(e.getMessage()));
        } catch (RefusedException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private CompletableFuture<Publication> begin(NodeId key, VerifiedRecord first, Optional<RecordFactory> factory) {
        NodePublication publication = new NodePublication(this, key, factory, first.record());
        CompletableFuture<Outcome> stored =
                operations.submit(new Command.Publish(key, first, factory.isPresent()), operation -> {
                    publication.setId(operation);
                    if (factory.isPresent()) {
                        open.put(operation, publication);
                    }
                });
        CompletableFuture<Publication> published = Futures.derive(stored, settle(publication, first.record()));
        // Refused, cancelled or closed: the application has no publication, so nothing is to be renewed.
        var _ = published.exceptionally(failure -> {
            open.remove(publication.id());
            return publication;
        });
        return published;
    }

    /** Signs a newer record for a publication, as the core asks for one; the core asks again if none comes of it. */
    void renew(long id) {
        NodePublication publication = open.get(id);
        if (publication == null) {
            return;
        }
        try {
            VerifiedRecord next = verify(publication.factory().orElseThrow().next());
            if (!isWorthPublishing(next.record(), publication.state().record())) {
                LOG.debug("the record at key {} ends with the delegation of its key", publication.key());
                return;
            }
            CompletableFuture<Outcome> renewed = operations.submit(new Command.Renew(id, next));
            var _ = renewed.thenApply(settle(publication, next.record())).exceptionally(failure -> {
                onRenewalFailed(publication, Futures.cause(failure));
                return publication;
            });
        } catch (InvalidRecordException | RefusedException e) {
            onRenewalFailed(publication, e);
        }
    }

    private void onRenewalFailed(NodePublication publication, Throwable failure) {
        if (publication.isOpen() && !(failure instanceof NodeClosedException)) {
            log.warn("renewing the record at key {} failed: {}", publication.key(), failure.getMessage());
        }
    }

    /**
     * Returns true if {@code next}, signed just now, should replace {@code present}: it is valid for longer, or the
     * clock was set back since {@code present} was signed, so that nodes refuse that one as a record from the future.
     */
    static boolean isWorthPublishing(SignedRecord next, SignedRecord present) {
        return next.timestamp() < present.timestamp()
                || next.timestamp() + next.ttl() > present.timestamp() + present.ttl();
    }

    private Function<Outcome, Publication> settle(NodePublication publication, SignedRecord record) {
        return outcome -> switch (outcome) {
            case Outcome.Stored(int replicas, int wanted) -> {
                publication.remember(new Publication.State(record, replicas, wanted));
                yield publication;
            }
            case Outcome.Refused(String reason) -> throw new RefusedException(reason);
            default -> throw new IllegalStateException("unexpected outcome of publishing: " + outcome);
        };
    }

    /** Ends a publication; on a closed node it has ended already. */
    void forget(NodePublication publication) {
        open.remove(publication.id());
        var _ = operations.submit(new Command.Unpublish(publication.id()));
    }

    /** Signatures of this node are rare, so that a verifier for each costs nothing. */
    private static VerifiedRecord verify(SignedRecord record) throws InvalidRecordException {
        return new RecordVerifier(Ed25519.preferred().newVerifier()).verify(record);
    }
}
