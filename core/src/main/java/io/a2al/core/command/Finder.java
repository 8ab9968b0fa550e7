package io.a2al.core.command;

import io.a2al.core.api.Command;
import io.a2al.core.api.LookupOptions;
import io.a2al.core.api.LookupReport;
import io.a2al.core.api.Outcome;
import io.a2al.core.lookup.CollectRecords;
import io.a2al.core.lookup.FindByMajority;
import io.a2al.core.lookup.FindNodes;
import io.a2al.core.lookup.FindRecord;
import io.a2al.core.lookup.Lookup;
import io.a2al.core.lookup.LookupRunner;
import io.a2al.core.lookup.LookupSettings;
import io.a2al.core.lookup.LookupTrace;
import io.a2al.core.lookup.ReadRepair;
import io.a2al.core.publish.PublisherRunner;
import io.a2al.core.rpc.Outbox;
import io.a2al.core.store.RecordStore;
import io.a2al.core.time.NodeTime;
import io.a2al.protocol.record.RecordPolicy;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs the lookups that the application asks for (node.md section 10). Not thread-safe. */
public final class Finder {

    private final LookupSettings settings;
    private final RecordPolicy policy;
    private final RecordStore store;
    private final LookupRunner lookups;
    private final PublisherRunner publisher;
    private final ReadRepair repair;
    private final Outbox outbox;

    /** The lookups under way, by operation. */
    private final Map<Long, LookupRunner.Completion> underWay = new HashMap<>();

    public Finder(
            LookupSettings settings,
            RecordPolicy policy,
            RecordStore store,
            LookupRunner lookups,
            PublisherRunner publisher,
            ReadRepair repair,
            Outbox outbox) {
        this.settings = settings;
        this.policy = policy;
        this.store = store;
        this.lookups = lookups;
        this.publisher = publisher;
        this.repair = repair;
        this.outbox = outbox;
    }

    /** Finds the nodes nearest to a key; completes with {@link Outcome.Nodes}. */
    public void findNode(NodeTime now, long operation, Command.FindNode find) {
        LookupRunner.Completion completion = begin(
                operation,
                find.options(),
                (later, lookup) ->
                        outbox.complete(operation, new Outcome.Nodes(lookup.nearest(), lookup.report(later.nanos()))));
        refuseUnless(operation, lookups.findNodes(now, find.target(), new FindNodes(), find.options(), completion));
    }

    /** Finds records at a key; completes with {@link Outcome.Records}. */
    public void findRecords(NodeTime now, long operation, Command.FindRecords find) {
        switch (find.want()) {
            case ALL -> collect(now, operation, find);
            case FIRST -> findNewest(now, operation, find, FindRecord.first());
            case NEWEST ->
                findNewest(now, operation, find, newestOf(now, find.options().holders()));
            case MAJORITY ->
                findNewest(
                        now,
                        operation,
                        find,
                        new FindByMajority(settings.freshness().quorum()));
        }
    }

    /** Returns the goal for this many holders; 0 for as many as the settings say. */
    private FindRecord newestOf(NodeTime now, int chosen) {
        if (chosen == 1) {
            return FindRecord.first();
        }
        LookupSettings.Freshness freshness = settings.freshness();
        return new FindRecord(
                chosen > 0 ? chosen : freshness.holdersWanted(),
                freshness.holderBudget().toNanos(),
                freshness.quorum().replicas(),
                now.unixSeconds(),
                freshness.overdueBudget().toNanos());
    }

    private void collect(NodeTime now, long operation, Command.FindRecords find) {
        LookupRunner.Completion completion = begin(
                operation,
                find.options(),
                (later, lookup) -> outbox.complete(
                        operation, new Outcome.Records(lookup.records(), lookup.report(later.nanos()))));
        CollectRecords goal = new CollectRecords(local(now, find));
        refuseUnless(operation, lookups.findRecords(now, find.key(), find.type(), goal, find.options(), completion));
    }

    private void findNewest(NodeTime now, long operation, Command.FindRecords find, FindRecord goal) {
        Optional<VerifiedRecord> own = publisher
                .ownRecord(now, find.key(), find.type())
                .filter(record -> policy.allows(find.key(), record, now.unixSeconds()));
        if (own.isPresent()) {
            // A record that we publish ourselves is the newest there is; no node needs to be asked (known-defects
            // D-16).
            outbox.complete(operation, new Outcome.Records(List.of(own.get()), LookupReport.NO_REQUESTS));
            return;
        }
        goal.addLocal(local(now, find));
        LookupRunner.Completion completion = begin(operation, find.options(), (later, lookup) -> {
            outbox.complete(operation, new Outcome.Records(lookup.records(), lookup.report(later.nanos())));
            repair.bringUpToDate(later, find.key(), goal);
        });
        refuseUnless(operation, lookups.findRecords(now, find.key(), find.type(), goal, find.options(), completion));
    }

    /** Ends an operation without an outcome, if it is a lookup that is under way. */
    public void cancel(long operation) {
        LookupRunner.Completion completion = underWay.remove(operation);
        if (completion != null) {
            lookups.cancel(completion);
        }
    }

    private LookupRunner.Completion begin(long operation, LookupOptions options, LookupRunner.Completion whenDone) {
        LookupRunner.Completion completion = new LookupRunner.Completion() {
            @Override
            public void onDone(NodeTime later, Lookup lookup) {
                underWay.remove(operation);
                whenDone.onDone(later, lookup);
            }

            @Override
            public Optional<LookupTrace> trace() {
                return options.traced() ? Optional.of(step -> outbox.traced(operation, step)) : Optional.empty();
            }
        };
        underWay.put(operation, completion);
        return completion;
    }

    private List<VerifiedRecord> local(NodeTime now, Command.FindRecords find) {
        return store.getAll(find.key(), find.type(), now.unixSeconds());
    }

    private void refuseUnless(long operation, boolean started) {
        if (!started) {
            underWay.remove(operation);
            outbox.complete(
                    operation,
                    new Outcome.Refused("the limit of lookups under way, "
                            + settings.limits().maxRunning() + ", is reached"));
        }
    }
}
