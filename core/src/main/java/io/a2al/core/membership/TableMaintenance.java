package io.a2al.core.membership;

import io.a2al.core.bounds.Occupancy;
import io.a2al.core.lookup.LookupRunner;
import io.a2al.core.routing.Peers;
import io.a2al.core.routing.RoutingTable;
import io.a2al.core.routing.SeenPeers;
import io.a2al.core.rpc.Outbox;
import io.a2al.core.store.RecordStore;
import io.a2al.core.time.Clockwork;
import io.a2al.core.time.NodeTime;
import io.a2al.core.time.TimerName;
import io.a2al.core.time.Timers;
import java.util.random.RandomGenerator;

/**
 * Does what is due at regular intervals (known-defects D-21 and D-25): drops expired records, looks up its own
 * neighbourhood, looks into the bucket that was neglected longest; drops peers not seen for long, and lets the shell
 * write its files. It refreshes at most one bucket per tick, so that the load stays even. Not thread-safe.
 */
public final class TableMaintenance {

    private final MembershipSettings.Upkeep settings;
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
            MembershipSettings.Upkeep settings,
            Peers peers,
            RecordStore store,
            LookupRunner lookups,
            Joiner joiner,
            Clockwork clockwork,
            Outbox outbox) {
        this.settings = settings;
        this.table = peers.table();
        this.seen = peers.seen();
        this.store = store;
        this.lookups = lookups;
        this.joiner = joiner;
        this.timers = clockwork.timers();
        this.nextTick = timers.create(TimerName.MAINTENANCE, this::tick);
        this.nextSave = timers.create(TimerName.SAVE, this::save);
        this.random = clockwork.random();
        this.outbox = outbox;
    }

    /** Schedules the first of everything; called once. */
    public void begin(NodeTime now) {
        neighbourhoodAt = now.nanos() + settings.neighbourhoodRefresh().toNanos();
        scheduleNext(now);
        scheduleSave(now);
    }

    private void scheduleSave(NodeTime now) {
        nextSave.set(now.nanos() + settings.saveInterval().toNanos());
    }

    private void save(NodeTime now) {
        scheduleSave(now);
        seen.purge(now.unixSeconds());
        outbox.saveDue();
    }

    private void scheduleNext(NodeTime now) {
        nextTick.set(now.nanos() + settings.tick().toNanos());
    }

    private void tick(NodeTime now) {
        scheduleNext(now);
        store.sweep(now.unixSeconds());
        joiner.rejoinIfFew(now);
        if (table.size() == 0) {
            return;
        }
        if (now.nanos() - neighbourhoodAt >= 0) {
            neighbourhoodAt = now.nanos() + settings.neighbourhoodRefresh().toNanos();
            refreshes++;
            table.forgetFormerSize();
            lookups.findNeighbours(now, (later, lookup) -> {});
        }
        table.mostIdleBucket(now.nanos(), settings.bucketRefresh().toNanos()).ifPresent(bucket -> {
            table.noteRefresh(bucket, settings.maxFruitless());
            refreshes++;
            lookups.visit(now, table.randomIdIn(bucket, random));
        });
    }

    /** Returns the statistics of maintenance, and the former contacts that are remembered. */
    public MembershipStatistics statistics(Occupancy former) {
        return new MembershipStatistics(
                seen.occupancy(), joiner.seeds(), former, timers.size(), timers.pending(), refreshes, joiner.rejoins());
    }
}
