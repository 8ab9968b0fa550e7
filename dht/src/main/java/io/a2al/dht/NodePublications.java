package io.a2al.dht;

import io.a2al.core.NodeCore;
import io.a2al.core.api.Command;
import io.a2al.core.api.Outcome;
import io.a2al.core.api.PublicationState;
import io.a2al.dht.files.KeptPublication;
import io.a2al.dht.logging.RateLimitedLogger;
import io.a2al.dht.result.NodeClosedException;
import io.a2al.dht.result.PublicationStatistics;
import io.a2al.dht.result.RefusedException;
import io.a2al.dht.result.RenewalOutcome;
import io.a2al.dht.shell.CoreDriver;
import io.a2al.dht.shell.KeptPublications;
import io.a2al.dht.shell.KeptPublications.Change;
import io.a2al.dht.shell.Operations;
import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.record.InvalidRecordException;
import io.a2al.protocol.record.RecordPayload;
import io.a2al.protocol.record.RecordVerifier;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.ArrayList;
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
    private final RecordMaker records;
    private final KeptPublications kept;
    private final RenewalCounts renewals = new RenewalCounts();

    /** The renewable publications, by the number of their operation. */
    private final Map<Long, NodePublication> open = new ConcurrentHashMap<>();

    /** Those of them that are kept over restarts, by their entry. */
    private final Map<KeptPublications.Entry, NodePublication> openByEntry = new ConcurrentHashMap<>();

    /**
     * No publications yet.
     *
     * @param records signs the records of publications that are kept over restarts
     * @param kept the publications to resume
     * @param self the node's own address
     * @param reachedAt where the node is reached; its local endpoint is the first
     */
    NodePublications(
            CoreDriver driver,
            Operations operations,
            RecordMaker records,
            KeptPublications kept,
            Address self,
            Supplier<List<Endpoint>> reachedAt,
            RateLimitedLogger log) {
        this.self = self;
        this.reachedAt = reachedAt;
        this.driver = driver;
        this.operations = operations;
        this.records = records;
        this.kept = kept;
        this.log = log;
    }

    // ---- for the application ----------------------------------------------------------------------------------

    @Override
    public int count() {
        return driver.ask(NodeCore::statistics).replication().publications().used();
    }

    @Override
    public PublicationStatistics statistics() {
        return new PublicationStatistics(driver.ask(NodeCore::replicaTotals), renewals.snapshot());
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
        for (NodePublication publication : List.copyOf(open.values())) {
            if (publication.state().record().address().equals(publisher) && publication.markClosed()) {
                removeOpen(publication);
            }
        }
        return switch (Futures.immediate(operations.submit(new Command.UnpublishAll(publisher)))) {
            case Outcome.Unpublished(int ended) -> {
                kept.removeAll(publisher);
                yield ended;
            }
            case Outcome other -> throw Operations.unexpected(other);
        };
    }

    @Override
    public List<KeptPublication> kept() {
        return kept.entries().stream().map(KeptPublications.Entry::publication).toList();
    }

    @Override
    public synchronized List<Publication> resume(Agent agent) {
        Objects.requireNonNull(agent, "agent");
        operations.requireOpen();
        List<Publication> resumed = new ArrayList<>();
        for (KeptPublications.Entry entry : kept.entries(agent.address())) {
            if (entry.publication() instanceof KeptPublication.Renewed renewed) {
                openOf(entry).or(() -> resume(agent, entry, renewed.payload())).ifPresent(resumed::add);
            }
        }
        return List.copyOf(resumed);
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
        return orRefused(() -> {
            VerifiedRecord first = verify(factory.next());
            NodeId key = first.contentKey().orElseThrow();
            return begin(newPublication(key, Optional.of(factory), Optional.empty(), first), first);
        });
    }

    /**
     * Like {@link #keep}, also after a restart of the node. Nothing is sent before the file of publications was
     * written, or could not be.
     */
    CompletableFuture<Publication> keepOverRestarts(Agent speaker, RecordPayload payload) {
        return orRefused(() -> {
            operations.requireOpen();
            RecordFactory factory = () -> records.sign(speaker, payload);
            VerifiedRecord first = verify(factory.next());
            NodeId key = first.contentKey().orElseThrow();
            Change change = kept.put(new KeptPublication.Renewed(speaker.address(), payload), true);
            NodePublication publication = newPublication(key, Optional.of(factory), Optional.of(change.entry()), first);
            return settle(change, Futures.compose(change.written(), _ -> begin(publication, first)));
        });
    }

    /**
     * Publishes a record as it is and keeps it in the network until it expires; completes when the first round of
     * storing has ended. If there is a file of publications, the record is soon in it.
     *
     * @param key where; empty for the key that the record names
     */
    CompletableFuture<Publication> publish(Optional<NodeId> key, SignedRecord record) {
        return orRefused(() -> {
            operations.requireOpen();
            VerifiedRecord verified = verify(record);
            NodeId at = key.or(verified::contentKey)
                    .orElseThrow(() -> new RefusedException(
                            "a record of type " + record.type() + " does not say at which key it lives; give the key"));
            Optional<Change> change = putIfRoom(new KeptPublication.Ready(at, record));
            Optional<KeptPublications.Entry> entry = change.map(Change::entry);
            CompletableFuture<Publication> published =
                    begin(newPublication(at, Optional.empty(), entry, verified), verified);
            return change.map(made -> settle(made, published)).orElse(published);
        });
    }

    /** Keeps a record for the next start, if the node keeps any; without room for it, it is published all the same. */
    private Optional<Change> putIfRoom(KeptPublication.Ready record) {
        try {
            return kept.isKeeping() ? Optional.of(kept.put(record, false)) : Optional.empty();
        } catch (RefusedException full) {
            log.warn("a record is not kept for the next start: {}", full.getMessage());
            return Optional.empty();
        }
    }

    /** Takes the change back if nothing is published, and closes what it has replaced if something is. */
    private CompletableFuture<Publication> settle(Change change, CompletableFuture<Publication> published) {
        return Futures.settle(
                published,
                publication -> change.replaced().flatMap(this::openOf).ifPresent(Publication::close),
                failure -> {
                    if (!(failure instanceof NodeClosedException)) {
                        kept.undo(change);
                    }
                });
    }

    private Optional<NodePublication> openOf(KeptPublications.Entry entry) {
        return Optional.ofNullable(openByEntry.get(entry));
    }

    private void addOpen(NodePublication publication) {
        open.put(publication.id(), publication);
        publication.kept().ifPresent(entry -> openByEntry.put(entry, publication));
    }

    private void removeOpen(NodePublication publication) {
        open.remove(publication.id());
        publication.kept().ifPresent(openByEntry::remove);
    }

    // ---- after a start ----------------------------------------------------------------------------------------

    /**
     * Publishes again what the node can without the application: records as they are, and what these agents renew.
     * Records are stored as soon as peers are known, a limited number at a time.
     */
    void resumeAtStart(List<Agent> agents) {
        for (KeptPublications.Entry entry : kept.entries()) {
            if (entry.publication() instanceof KeptPublication.Ready(NodeId key, SignedRecord record)) {
                var _ = resume(key, Optional.empty(), entry, () -> record);
            }
        }
        agents.forEach(this::resume);
        if (count() > 0) {
            LOG.info("{} publications are resumed", count());
        }
    }

    private Optional<NodePublication> resume(Agent agent, KeptPublications.Entry entry, RecordPayload payload) {
        RecordFactory factory = () -> records.sign(agent, payload);
        return resume(entry.publication().key(), Optional.of(factory), entry, factory);
    }

    /** Begins a publication; if this fails, it stays in the file, as the reason may be gone at the next start. */
    private Optional<NodePublication> resume(
            NodeId key, Optional<RecordFactory> renewal, KeptPublications.Entry entry, RecordFactory source) {
        try {
            VerifiedRecord first = verify(source.next());
            NodePublication publication = newPublication(key, renewal, Optional.of(entry), first);
            var _ = begin(publication, first).exceptionally(failure -> {
                onResumingFailed(entry, Futures.cause(failure));
                return publication;
            });
            return Optional.of(publication);
        } catch (InvalidRecordException | RefusedException e) {
            onResumingFailed(entry, e);
            return Optional.empty();
        }
    }

    private void onResumingFailed(KeptPublications.Entry entry, Throwable failure) {
        if (!(failure instanceof NodeClosedException)) {
            KeptPublication publication = entry.publication();
            log.warn(
                    "a publication of {} at key {} is not resumed: {}",
                    publication.address(),
                    publication.key(),
                    failure.getMessage());
        }
    }

    // ---- beginning and renewing -------------------------------------------------------------------------------

    /** The first steps of publishing. */
    private interface Beginning {
        CompletableFuture<Publication> begin() throws InvalidRecordException;
    }

    private static CompletableFuture<Publication> orRefused(Beginning beginning) {
        try {
            return beginning.begin();
        } catch (InvalidRecordException e) {
            return CompletableFuture.failedFuture(new RefusedException(e.getMessage()));
        } catch (RefusedException | NodeClosedException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private NodePublication newPublication(
            NodeId key, Optional<RecordFactory> factory, Optional<KeptPublications.Entry> entry, VerifiedRecord first) {
        return new NodePublication(this, key, factory, entry, first.record());
    }

    private CompletableFuture<Publication> begin(NodePublication publication, VerifiedRecord first) {
        boolean renewable = publication.factory().isPresent();
        CompletableFuture<Outcome> stored =
                operations.submit(new Command.Publish(publication.key(), first, renewable), operation -> {
                    publication.setId(operation);
                    if (renewable) {
                        addOpen(publication);
                    }
                });
        CompletableFuture<Publication> published = Futures.derive(stored, settle(publication, first.record()));
        // Refused, cancelled or closed: the application has no publication, so nothing is to be renewed.
        var _ = published.exceptionally(failure -> {
            removeOpen(publication);
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
                renewals.count(RenewalOutcome.NOT_NEEDED);
                LOG.debug("the record at key {} ends with the delegation of its key", publication.key());
                return;
            }
            CompletableFuture<Outcome> renewed = operations.submit(new Command.Renew(id, next));
            var _ = renewed.thenApply(settle(publication, next.record()).andThen(this::onRenewed))
                    .exceptionally(failure -> {
                        onRenewalFailed(publication, Futures.cause(failure));
                        return publication;
                    });
        } catch (InvalidRecordException | RefusedException e) {
            onRenewalFailed(publication, e);
        }
    }

    private Publication onRenewed(Publication renewed) {
        boolean isHeld = renewed.state().replicas() > 0;
        renewals.count(isHeld ? RenewalOutcome.RENEWED : RenewalOutcome.UNSTORED);
        return renewed;
    }

    private void onRenewalFailed(NodePublication publication, Throwable failure) {
        if (publication.isOpen() && !(failure instanceof NodeClosedException)) {
            renewals.count(RenewalOutcome.FAILED);
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
        removeOpen(publication);
        publication.kept().ifPresent(kept::remove);
        var _ = operations.submit(new Command.Unpublish(publication.id()));
    }

    /** Signatures of this node are rare, so that a verifier for each costs nothing. */
    private static VerifiedRecord verify(SignedRecord record) throws InvalidRecordException {
        return new RecordVerifier(Ed25519.preferred().newVerifier()).verify(record);
    }
}
