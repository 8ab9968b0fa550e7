package io.a2al.dht;

import io.a2al.core.NodeCore;
import io.a2al.core.api.Command;
import io.a2al.core.api.Outcome;
import io.a2al.core.api.PublicationState;
import io.a2al.dht.logging.RateLimitedLogger;
import io.a2al.dht.result.NodeClosedException;
import io.a2al.dht.result.RefusedException;
import io.a2al.dht.result.ReplicaCounts;
import io.a2al.dht.shell.CoreDriver;
import io.a2al.dht.shell.Operations;
import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.InvalidRecordException;
import io.a2al.protocol.record.RecordVerifier;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The publications of a node: renews them, and tells about them or ends them by what they are for. Those that the node
 * cannot renew, such as mail, end with their record. Thread-safe.
 */
public final class Publications {

    private static final Logger LOG = LoggerFactory.getLogger(Publications.class);

    private final RateLimitedLogger log;
    private final CoreDriver driver;
    private final Operations operations;

    /** Those that are renewed. */
    private final Map<Long, Publication> open = new ConcurrentHashMap<>();

    Publications(CoreDriver driver, Operations operations, RateLimitedLogger log) {
        this.driver = driver;
        this.operations = operations;
        this.log = log;
    }

    // ---- for the application ----------------------------------------------------------------------------------

    /** How many there are at present. */
    public int count() {
        return driver.ask(NodeCore::statistics).replication().publications().used();
    }

    /** How each record is held that is published here at {@code key} and speaks for {@code publisher}. */
    public List<PublicationState> at(NodeId key, Address publisher) {
        return driver.ask(core -> core.publications(driver.now(), key, publisher));
    }

    /** The same in numbers; zeros if there is none. */
    public ReplicaCounts counts(NodeId key, Address publisher) {
        return ReplicaCounts.of(at(key, publisher));
    }

    /**
     * Ends all publications of records that speak for an address, at whatever key; copies that others hold expire by
     * themselves. Returns at once how many there were.
     *
     * @throws NodeClosedException if the node is closed
     */
    public int closeAll(Address publisher) {
        open.values()
                .removeIf(publication ->
                        publication.state().record().address().equals(publisher) && publication.markClosed());
        // The core answers this one at once, so that there is nothing to wait for.
        return switch (operations.submit(new Command.UnpublishAll(publisher)).join()) {
            case Outcome.Unpublished(int ended) -> ended;
            case Outcome other -> throw Operations.unexpected(other);
        };
    }

    // ---- for the node -----------------------------------------------------------------------------------------

    /** What the core knows of a publication that is not over. */
    Optional<PublicationState> stateOf(Publication publication) {
        return driver.ask(core -> core.publication(driver.now(), publication.id()));
    }

    /**
     * Signs the first record, publishes it, and renews it for as long as the publication is open; completes when the
     * first round of storing is over.
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
     * Publishes a record as it is, to be kept in the network until it expires; completes when the first round of
     * storing is over.
     *
     * @param key where; by default the key that the record names
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
        Publication publication = new Publication(this, key, factory, first.record());
        Command publish = new Command.Publish(key, first, factory.isPresent());
        return operations
                .submit(publish, operation -> {
                    publication.setId(operation);
                    if (factory.isPresent()) {
                        open.put(operation, publication);
                    }
                })
                .thenApply(settle(publication, first.record()))
                .whenComplete((begun, failure) -> {
                    if (failure != null) {
                        open.remove(publication.id());
                    }
                });
    }

    /** Signs a newer record for a publication, as the core asks for one; the core asks again if none comes of it. */
    void renew(long id) {
        Publication publication = open.get(id);
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
            var _ = renewed.thenApply(settle(publication, next.record())).whenComplete((ignored, failure) -> {
                if (failure != null && publication.isOpen()) {
                    log.warn("renewing the record at key {} failed: {}", publication.key(), failure.getMessage());
                } else if (failure != null) {
                    open.remove(id);
                }
            });
        } catch (InvalidRecordException | RefusedException | NodeClosedException e) {
            log.warn("renewing the record at key {} failed: {}", publication.key(), e.getMessage());
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

    private Function<Outcome, Publication> settle(Publication publication, SignedRecord record) {
        return outcome -> switch (outcome) {
            case Outcome.Stored(int replicas, int wanted) -> {
                publication.remember(new Publication.State(record, replicas, wanted));
                yield publication;
            }
            case Outcome.Refused(String reason) -> throw new RefusedException(reason);
            default -> throw new IllegalStateException("unexpected outcome of publishing: " + outcome);
        };
    }

    void forget(Publication publication) {
        open.remove(publication.id());
        try {
            var _ = operations.submit(new Command.Unpublish(publication.id()));
        } catch (NodeClosedException alreadyOver) {
            // Closing the node ends all publications.
        }
    }

    /** Signatures of our own are rare, so that a verifier for each costs nothing. */
    private static VerifiedRecord verify(SignedRecord record) throws InvalidRecordException {
        return new RecordVerifier(Ed25519.preferred().newVerifier()).verify(record);
    }
}
