package io.a2al.sim.check;

import io.a2al.core.api.Outcome;
import io.a2al.protocol.record.VerifiedRecord;
import io.a2al.sim.world.SimEvent;
import io.a2al.sim.world.SimNode;
import io.a2al.sim.world.World;

/**
 * Checks that no honest node returns a record that has expired by the node's own clock. Records that expired while
 * their lookup was in progress are allowed.
 */
final class ExpiryChecker implements Checker {

    /** Tolerance in seconds; longer than lookups take. */
    private static final long LOOKUP_SECONDS = 30;

    @Override
    public String name() {
        return "expiry";
    }

    @Override
    public void afterEvent(World world, SimEvent event, Reporter reporter) {
        if (event instanceof SimEvent.Completed completed && completed.outcome() instanceof Outcome.Records records) {
            records.records().forEach(record -> check(world, completed.participant(), record, reporter));
        } else if (event instanceof SimEvent.Heard heard) {
            check(world, heard.participant(), heard.record(), reporter);
        }
    }

    private static void check(World world, int participant, VerifiedRecord record, Reporter reporter) {
        SimNode node = world.nodes().get(participant);
        long end = record.record().timestamp() + record.record().ttl();
        if (node.isHonest() && end < node.now().unixSeconds() - LOOKUP_SECONDS) {
            reporter.report("returned " + record.record() + ", which has expired", participant);
        }
    }
}
