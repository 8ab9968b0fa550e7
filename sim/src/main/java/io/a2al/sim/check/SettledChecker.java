package io.a2al.sim.check;

import io.a2al.sim.result.Verdict;
import io.a2al.sim.world.SimEvent;
import io.a2al.sim.world.World;

/**
 * Checks that after settling every valid record is found from every node, even if up to half of all participants are
 * attackers.
 */
public final class SettledChecker implements Checker {

    /** One of this many participants may be an attacker. */
    private static final int ATTACKERS = 2;

    /** Creates the checker for one run. */
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
                && applies(world)) {
            reporter.report(
                    "the lookup for record " + judged.sample().record() + " should be RIGHT, but is "
                            + judged.sample().verdict() + "; it asked "
                            + judged.sample().cost().asked() + " nodes",
                    judged.participant());
        }
    }

    private static boolean applies(World world) {
        long attackers = world.nodes().stream().filter(node -> !node.isHonest()).count();
        return attackers * ATTACKERS <= world.nodes().size();
    }
}
