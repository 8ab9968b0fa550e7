package io.a2al.core.membership;

import io.a2al.core.NodeSettings;
import io.a2al.core.NodeStatistics;
import io.a2al.core.lookup.FindNodes;
import io.a2al.core.lookup.LookupRunner;
import io.a2al.core.routing.RoutingTable;
import io.a2al.core.routing.SeenPeers;
import io.a2al.core.rpc.Outbox;
import io.a2al.core.store.RecordStore;
import io.a2al.core.time.NodeTime;
import io.a2al.core.time.TimerName;
import io.a2al.core.time.Timers;
import io.a2al.protocol.id.NodeId;
import java.util.random.RandomGenerator;

/**
 * What has to be done now and then (known-defects D-21 and D-25): drop expired records, look up our own neighbourhood,
 * look into the bucket that was neglected longest; every hour, forget peers not seen for long, and let the shell write
 * its files. At most one bucket per tick, so that the load stays even. Not thread-safe.
 */
public final class TableMaintenance {

    private final NodeSettings settings;
    private final NodeId self;
    private final RoutingTable table;
    private final RecordStore store;
    private final SeenPeers seen;
    private final LookupRunner lookups;
    private final Joiner joiner;
    private final Timers timers;
    private final Timers.Timer nextTick;
    private final Timers.Timer nextSave;
    private final RandomGenerator random;
    private final Outbox outbox;
    private long neighbourhoodAt;
    private long refreshes;

    public TableMaintenance(
            NodeSettings settings,
            NodeId self,
            RoutingTable table,
            RecordStore store,
            SeenPeers seen,
            LookupRunner lookups,
            Joiner joiner,
            Timers timers,
            RandomGenerator random,
            Outbox outbox) {
        this.settings = settings;
        this.self = self;
        this.table = table;
        this.store = store;
        this.seen = seen;
        this.lookups = lookups;
        this.joiner = joiner;
        this.timers = timers;
        this.nextTick = timers.create(TimerName.MAINTENANCE, this::tick);
        this.nextSave = timers.create(TimerName.SAVE, this::save);
        this.random = random;
        this.outbox = outbox;
    }

    public void begin(NodeTime now) {
        neighbourhoodAt = now.nanos() + settings.upkeep().neighbourhoodRefresh().toNanos();
        scheduleNext(now);
        scheduleSave(now);
    }

    private void scheduleSave(NodeTime now) {
        nextSave.set(now.nanos() + settings.maintenance().saveInterval().toNanos());
    }

    private void save(NodeTime now) {
        scheduleSave(now);
        seen.purge(now.unixSeconds());
        outbox.saveDue();
    }

    private void scheduleNext(NodeTime now) {
        nextTick.set(now.nanos() + settings.upkeep().tick().toNanos());
    }

    private void tick(NodeTime now) {
        scheduleNext(now);
        store.sweep(now.unixSeconds());
        joiner.rejoinIfFew(now);
        if (table.size() == 0) {
            return;
        }
        if (now.nanos() - neighbourhoodAt >= 0) {
            neighbourhoodAt =
                    now.nanos() + settings.upkeep().neighbourhoodRefresh().toNanos();
            refreshes++;
            lookups.findNodes(now, self, new FindNodes(), settings.lookups().timeout(), (later, lookup) -> {});
        }
        table.mostIdleBucket(now.nanos(), settings.upkeep().bucketRefresh().toNanos())
                .ifPresent(bucket -> {
                    table.noteRefresh(bucket, settings.maintenance().maxFruitless());
                    refreshes++;
                    lookups.visit(now, table.randomIdIn(bucket, random));
                });
    }

    /** Numbers about maintenance. */
    public NodeStatistics.Maintenance statistics() {
        return new NodeStatistics.Maintenance(
                seen.occupancy(), joiner.seeds(), timers.size(), timers.pending(), refreshes, joiner.rejoins());
    }
}
