package io.a2al.sim.check;

import io.a2al.core.bounds.Occupancy;
import io.a2al.sim.world.SimNode;
import io.a2al.sim.world.World;
import java.util.Map;

/** Checks that no bounded collection of an honest node is over its limit. */
final class OccupancyChecker implements Checker {

    /** Number of nodes checked at each interval. */
    private static final int NODES = 50;

    private final Sample sample = new Sample(NODES);

    @Override
    public String name() {
        return "occupancy";
    }

    @Override
    public void atInterval(World world, Reporter reporter) {
        for (SimNode node : sample.of(world)) {
            check(node, node.core().orElseThrow().statistics().occupancies(), reporter);
        }
    }

    /** Checks one node. */
    void check(SimNode node, Map<String, Occupancy> occupancies, Reporter reporter) {
        occupancies.forEach((what, occupancy) -> {
            if (occupancy.used() > occupancy.limit()) {
                reporter.report(what + " has " + occupancy, node.index());
            }
        });
    }
}
