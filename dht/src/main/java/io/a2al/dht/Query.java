package io.a2al.dht;

import io.a2al.core.api.Command;
import io.a2al.core.api.Command.Want;
import io.a2al.core.api.LookupOptions;
import io.a2al.core.api.LookupReport;
import io.a2al.core.api.Outcome;
import io.a2al.dht.result.EndpointRecord;
import io.a2al.dht.result.NodesResult;
import io.a2al.dht.result.RecordsResult;
import io.a2al.dht.result.ResolveResult;
import io.a2al.dht.shell.Operations;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.VerifiedRecord;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Lookups in the network (node.md section 10), with a choice of how they proceed. {@link DhtNode#resolve} and
 * {@link DhtNode#discover} are such lookups in the usual way.
 *
 * <pre>{@code
 * node.query().withPaths(2).withTimeout(Duration.ofSeconds(5)).resolve(address)
 * }</pre>
 *
 * Nothing found is a result, not an exception, and so is a part of what there is: {@link LookupReport#complete()} is
 * false when the timeout cut a lookup short. The {@code …Async} forms return at once, the plain ones wait; both fail
 * like the operations of {@link DhtNode}. Immutable and thread-safe.
 */
public final class Query {

    /** How long lookups take at the most unless {@link #withTimeout} says otherwise. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(15);

    private final Operations operations;
    private final LookupOptions options;

    Query(Operations operations) {
        this(operations, LookupOptions.within(DEFAULT_TIMEOUT));
    }

    private Query(Operations operations, LookupOptions options) {
        this.operations = operations;
        this.options = options;
    }

    /**
     * Returns this query with this many requests under way at a time (α); 0 or less for the node's own choice, which is
     * 4, and 5 once a holder answered and more holders are wanted.
     *
     * @throws IllegalArgumentException above {@value LookupOptions#MAX_CONCURRENCY}
     */
    public Query withConcurrency(int value) {
        return new Query(operations, options.withConcurrency(Math.max(0, value)));
    }

    /**
     * The same with a pause of at least this between one request and the next, unless an answer comes; zero and less
     * for none. At first the node chooses: where one answer is enough, the median of the round-trip times it measured
     * (200 ms before there are any), else no pause.
     */
    public Query withStagger(Duration value) {
        return new Query(operations, options.withStagger(value.isNegative() ? Duration.ZERO : value));
    }

    /**
     * The same on this many disjoint paths (S/Kademlia): no node is asked on two of them, so that liars on one do not
     * mislead the others. 1 at first; each path has one request under way at least.
     *
     * @throws IllegalArgumentException below 1 and above {@value LookupOptions#MAX_PATHS}
     */
    public Query withPaths(int value) {
        return new Query(operations, options.withPaths(value));
    }

    /**
     * The same within this time; 15 s at first.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Query withTimeout(Duration value) {
        return new Query(operations, options.withTimeout(value));
    }

    /**
     * The same, but {@link #findRecords} and {@link #resolve} want to hear this many holders, or as many as answer
     * within 300 ms after the first, before they choose the newest record; 1 for whatever comes first, 3 at first.
     *
     * @throws IllegalArgumentException below 1 and above {@value LookupOptions#MAX_HOLDERS}
     */
    public Query withHolders(int value) {
        if (value < 1) {
            throw new IllegalArgumentException("a lookup of records wants 1 holder at least, not " + value);
        }
        return new Query(operations, options.withHolders(value));
    }

    /** Finds the nodes nearest to {@code target} that answer. */
    public NodesResult findNode(NodeId target) throws InterruptedException {
        return Operations.await(findNodeAsync(target));
    }

    /** Like {@link #findNode}. */
    public CompletableFuture<NodesResult> findNodeAsync(NodeId target) {
        return operations.submit(new Command.FindNode(target, options)).thenApply(outcome -> switch (outcome) {
            case Outcome.Nodes(List<Contact> nodes, LookupReport report) -> new NodesResult(nodes, report);
            default -> throw Operations.unexpected(outcome);
        });
    }

    /**
     * Finds records at {@code key} and takes of several holders' the newest (node.md 10.3). Holders of older ones are
     * sent the newest. What this node publishes there itself is found without asking anybody; other records it holds
     * are candidates.
     *
     * @param type the record type, 0 for any
     */
    public RecordsResult findRecords(NodeId key, int type) throws InterruptedException {
        return Operations.await(findRecordsAsync(key, type));
    }

    /** Like {@link #findRecords}. */
    public CompletableFuture<RecordsResult> findRecordsAsync(NodeId key, int type) {
        return find(key, type, options.holders() == 1 ? Want.FIRST : Want.NEWEST);
    }

    /**
     * Collects everything there is at {@code key} (node.md 10.4): asks until the nearest nodes were heard, and merges.
     *
     * @param type the record type, 0 for any
     */
    public RecordsResult aggregate(NodeId key, int type) throws InterruptedException {
        return Operations.await(aggregateAsync(key, type));
    }

    /** Like {@link #aggregate}. */
    public CompletableFuture<RecordsResult> aggregateAsync(NodeId key, int type) {
        return find(key, type, Want.ALL);
    }

    private CompletableFuture<RecordsResult> find(NodeId key, int type, Want want) {
        if (type < 0 || type > 255) {
            throw new IllegalArgumentException("a record type is within 0 to 255, not " + type);
        }
        return operations
                .submit(new Command.FindRecords(key, type, want, options))
                .thenApply(outcome -> switch (outcome) {
                    case Outcome.Records(List<VerifiedRecord> records, LookupReport report) ->
                        new RecordsResult(records, report);
                    default -> throw Operations.unexpected(outcome);
                });
    }

    /** Finds where an agent can be reached (node.md 10.5): the newest endpoint record of several holders. */
    public ResolveResult resolve(Address agent) throws InterruptedException {
        return Operations.await(resolveAsync(agent));
    }

    /** Like {@link #resolve(Address)}. */
    public CompletableFuture<ResolveResult> resolveAsync(Address agent) {
        return resolveAsync(NodeId.ofAddress(agent));
    }

    /** Like {@link #resolve(Address)}, by the NodeID of the agent's address. */
    public ResolveResult resolve(NodeId agent) throws InterruptedException {
        return Operations.await(resolveAsync(agent));
    }

    /** Like {@link #resolve(NodeId)}. */
    public CompletableFuture<ResolveResult> resolveAsync(NodeId agent) {
        return findRecordsAsync(agent, RecordType.ENDPOINT)
                .thenApply(found -> found.newest()
                        .<ResolveResult>map(
                                newest -> new ResolveResult.Found(EndpointRecord.of(newest), found.report()))
                        .orElseGet(() -> new ResolveResult.NotFound(found.report())));
    }
}
