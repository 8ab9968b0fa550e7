package io.a2al.dht;

import io.a2al.core.api.Freshness;
import io.a2al.core.api.LookupOptions;
import io.a2al.core.api.LookupReport;
import io.a2al.core.api.LookupStep;
import io.a2al.dht.result.EndpointRecord;
import io.a2al.dht.result.NodesResult;
import io.a2al.dht.result.RecordsResult;
import io.a2al.dht.result.ResolveResult;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.RecordType;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Lookups in the network (node.md section 10) whose parameters the application chooses. {@link DhtNode#resolve} and
 * {@link DhtNode#discover} are lookups with the default parameters.
 *
 * <pre>{@code
 * node.query().withPaths(2).withTimeout(Duration.ofSeconds(5)).resolve(address)
 * }</pre>
 *
 * <p>Finding nothing is a result, not an exception. So is finding a part: {@link LookupReport#complete()} is false when
 * the timeout ended a lookup, or when it did not keep the promise of {@link Freshness#MAJORITY}. The {@code …Async}
 * forms return at once, the plain forms wait; both fail like the operations of {@link DhtNode}.
 *
 * <p>Lookups beyond those that the node can handle the answers of wait for their turn, as part of their timeout. At
 * most 4096 wait; further ones, and those whose timeout ends before their turn, fail with
 * {@link io.a2al.dht.result.TooManyLookupsException}. {@link DhtNode#lookupStatistics} tells of them. Immutable and
 * thread-safe.
 */
public interface Query {

    /** Longest time that a lookup takes unless {@link #withTimeout} sets another: 15 s. */
    Duration DEFAULT_TIMEOUT = Duration.ofSeconds(15);

    /**
     * Returns the same query with another number of concurrent requests (α). Zero and negative values stand for the
     * node's default, which is 4, and 5 once a holder has answered and further ones are wanted.
     *
     * @throws IllegalArgumentException above {@value LookupOptions#MAX_CONCURRENCY}
     */
    Query withConcurrency(int concurrency);

    /**
     * Returns the same query with another pause between two requests; an answer ends the pause. Zero and negative
     * values stand for no pause. By default the node chooses: where one answer is enough, twice the median of the
     * round-trip times that it measured (200 ms before the first), else no pause.
     *
     * @throws IllegalArgumentException above one day
     */
    Query withStagger(Duration stagger);

    /**
     * Returns the same query on this many disjoint paths (S/Kademlia); 1 by default. No node is asked on two paths, so
     * that malicious nodes on one do not mislead the others. Each path has at least one request under way.
     *
     * @throws IllegalArgumentException below 1 and above {@value LookupOptions#MAX_PATHS}
     */
    Query withPaths(int paths);

    /**
     * Returns the same query with another timeout; 15 s by default.
     *
     * @throws IllegalArgumentException unless it is positive and at most one day
     */
    Query withTimeout(Duration timeout);

    /**
     * Returns the same query with another number of holders that {@link #findRecords} and {@link #resolve} wait for
     * before they choose the newest record; 3 by default. They wait at most 300 ms after the first holder, unless there
     * is doubt. With 1 they take the first record that comes. This concerns {@link Freshness#NEWEST} only.
     *
     * @throws IllegalArgumentException below 1 and above {@value LookupOptions#MAX_HOLDERS}
     */
    Query withHolders(int holders);

    /**
     * Returns the same query with another certainty that {@link #findRecords} and {@link #resolve} find the newest
     * record; {@link Freshness#NEWEST} by default.
     */
    Query withFreshness(Freshness freshness);

    /**
     * Returns the same query with a trace: the consumer is called for each step, that is for each request and for what
     * became of it, at most 1000 times for a lookup. It is called for one step at a time, on a thread that is not the
     * node's; the lookup ends after the last call. Steps of the same moment may come in another order;
     * {@link LookupStep#elapsed} tells. A lookup without request, such as for what this node itself publishes, has no
     * steps. Implementations that cannot trace throw {@link UnsupportedOperationException}.
     */
    default Query withTrace(Consumer<LookupStep> consumer) {
        throw new UnsupportedOperationException("this kind of node traces no lookups; use a DhtNode of its builder");
    }

    /** Finds the nodes nearest to {@code target} that answer. */
    default NodesResult findNode(NodeId target) throws InterruptedException {
        return Futures.await(findNodeAsync(target));
    }

    /** Like {@link #findNode}. */
    CompletableFuture<NodesResult> findNodeAsync(NodeId target);

    /**
     * Finds the newest records at {@code key} among those of several holders (node.md 10.3); how sure it makes of that,
     * {@link #withFreshness} says. Holders of older ones are sent the newest. A record that this node itself publishes
     * there is found without a request; other records in its store are candidates.
     *
     * @param type the record type, 0 to 255; 0 for any
     */
    default RecordsResult findRecords(NodeId key, int type) throws InterruptedException {
        return Futures.await(findRecordsAsync(key, type));
    }

    /** Like {@link #findRecords}. */
    CompletableFuture<RecordsResult> findRecordsAsync(NodeId key, int type);

    /**
     * Collects all records at {@code key} (node.md 10.4): asks until the nearest nodes have answered, and merges.
     *
     * @param type the record type, 0 to 255; 0 for any
     */
    default RecordsResult aggregate(NodeId key, int type) throws InterruptedException {
        return Futures.await(aggregateAsync(key, type));
    }

    /** Like {@link #aggregate}. */
    CompletableFuture<RecordsResult> aggregateAsync(NodeId key, int type);

    /** Finds where an agent can be reached (node.md 10.5): the newest endpoint record of several holders. */
    default ResolveResult resolve(Address agent) throws InterruptedException {
        return Futures.await(resolveAsync(agent));
    }

    /** Like {@link #resolve(Address)}. */
    default CompletableFuture<ResolveResult> resolveAsync(Address agent) {
        Objects.requireNonNull(agent, "agent");
        return resolveAsync(NodeId.ofAddress(agent));
    }

    /** Like {@link #resolve(Address)}, by the NodeID of the agent's address. */
    default ResolveResult resolve(NodeId agent) throws InterruptedException {
        return Futures.await(resolveAsync(agent));
    }

    /** Like {@link #resolve(NodeId)}. */
    default CompletableFuture<ResolveResult> resolveAsync(NodeId agent) {
        Objects.requireNonNull(agent, "agent");
        return Futures.derive(
                findRecordsAsync(agent, RecordType.ENDPOINT),
                found -> found.newest()
                        .<ResolveResult>map(
                                newest -> new ResolveResult.Found(EndpointRecord.of(newest), found.report()))
                        .orElseGet(() -> new ResolveResult.NotFound(found.report())));
    }
}
