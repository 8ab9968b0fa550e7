package io.a2al.dht;

import io.a2al.core.api.Command;
import io.a2al.core.api.Command.Want;
import io.a2al.core.api.Freshness;
import io.a2al.core.api.LookupOptions;
import io.a2al.core.api.LookupReport;
import io.a2al.core.api.LookupStep;
import io.a2al.core.api.Outcome;
import io.a2al.dht.result.NodesResult;
import io.a2al.dht.result.RecordsResult;
import io.a2al.dht.shell.Operations;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.record.VerifiedRecord;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Lookups of a node's core. Immutable and thread-safe. */
final class NodeQuery implements Query {

    private final Operations operations;
    private final Traces traces;
    private final LookupOptions options;
    private final Freshness freshness;
    private final Optional<Consumer<LookupStep>> trace;

    NodeQuery(Operations operations, Traces traces) {
        this(operations, traces, LookupOptions.within(DEFAULT_TIMEOUT), Freshness.NEWEST, Optional.empty());
    }

    private NodeQuery(
            Operations operations,
            Traces traces,
            LookupOptions options,
            Freshness freshness,
            Optional<Consumer<LookupStep>> trace) {
        this.operations = operations;
        this.traces = traces;
        this.options = options;
        this.freshness = freshness;
        this.trace = trace;
    }

    private Query with(LookupOptions others) {
        return new NodeQuery(operations, traces, others, freshness, trace);
    }

    @Override
    public Query withConcurrency(int concurrency) {
        return with(options.withConcurrency(Math.max(0, concurrency)));
    }

    @Override
    public Query withStagger(Duration stagger) {
        return with(options.withStagger(Arguments.stagger(stagger)));
    }

    @Override
    public Query withPaths(int paths) {
        return with(options.withPaths(paths));
    }

    @Override
    public Query withTimeout(Duration timeout) {
        return with(options.withTimeout(Arguments.timeout(timeout)));
    }

    @Override
    public Query withHolders(int holders) {
        if (holders < 1) {
            throw new IllegalArgumentException(
                    "holders of a lookup: " + holders + "; give 1 to " + LookupOptions.MAX_HOLDERS);
        }
        return with(options.withHolders(holders));
    }

    @Override
    public Query withFreshness(Freshness other) {
        return new NodeQuery(operations, traces, options, Objects.requireNonNull(other, "freshness"), trace);
    }

    @Override
    public Query withTrace(Consumer<LookupStep> consumer) {
        return new NodeQuery(
                operations,
                traces,
                options.withTrace(),
                freshness,
                Optional.of(Objects.requireNonNull(consumer, "consumer")));
    }

    private CompletableFuture<Outcome> submit(Command lookup) {
        return trace.isPresent() ? traces.submit(lookup, trace.get()) : operations.submit(lookup);
    }

    @Override
    public CompletableFuture<NodesResult> findNodeAsync(NodeId target) {
        Objects.requireNonNull(target, "target");
        return Futures.derive(submit(new Command.FindNode(target, options)), outcome -> switch (outcome) {
            case Outcome.Nodes(List<Contact> nodes, LookupReport report) -> new NodesResult(nodes, report);
            default -> throw Operations.unexpected(outcome);
        });
    }

    @Override
    public CompletableFuture<RecordsResult> findRecordsAsync(NodeId key, int type) {
        return find(key, type, Want.of(freshness));
    }

    @Override
    public CompletableFuture<RecordsResult> aggregateAsync(NodeId key, int type) {
        return find(key, type, Want.ALL);
    }

    private CompletableFuture<RecordsResult> find(NodeId key, int type, Want want) {
        Objects.requireNonNull(key, "key");
        Command find = new Command.FindRecords(key, Arguments.recordType(type), want, options);
        return Futures.derive(submit(find), outcome -> switch (outcome) {
            case Outcome.Records(List<VerifiedRecord> records, LookupReport report) ->
                new RecordsResult(records, report);
            default -> throw Operations.unexpected(outcome);
        });
    }
}
