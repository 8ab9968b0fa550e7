package io.a2al.sim.check;

import io.a2al.sim.result.Verdict;
import io.a2al.sim.world.SimEvent;
import io.a2al.sim.world.SimNode;
import io.a2al.sim.world.World;

/**
 * After things have settled, every live record is found from everywhere, although up to a fifth of all participants
 * attack; unless some of them show old records, since a lookup that hears three of these first believes them.
 */
public final class SettledChecker implements Checker {

    /** One of so many participants may be an attacker. */
    private static final int ATTACKERS = 5;

    /** One for a run. */
    public SettledChecker() {}

    @Override
    public String name() {
        return "settled";
    }

    @Override
    public void afterEvent(World world, SimEvent event, Reporter reporter) {
        if (event instanceof SimEvent.Judged judged
                && judged.settled()
                && judged.sample().verdict() != Verdict.RIGHT
                && holds(world)) {
            reporter.report(
                    "record " + judged.sample().record() + " is not found as it should be, but "
                            + judged.sample().verdict() + ", asking "
                            + judged.sample().cost().asked() + " nodes",
                    judged.participant());
        }
    }

    private static boolean holds(World world) {
        long attackers = world.nodes().stream().filter(node -> !node.isHonest()).count();
        return attackers * ATTACKERS <= world.nodes().size()
                && world.nodes().stream().noneMatch(SimNode::showsOldRecords);
    }
}
