package io.a2al.sim.check;

import io.a2al.sim.result.Verdict;
import io.a2al.sim.world.SimEvent;
import io.a2al.sim.world.SimNode;
import io.a2al.sim.world.World;

/** After things have settled, every live record is found from everywhere, if nobody attacks. */
public final class SettledChecker implements Checker {

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
                && world.nodes().stream().allMatch(SimNode::isHonest)) {
            reporter.report(
                    "record " + judged.sample().record() + " is not found as it should be, but "
                            + judged.sample().verdict() + ", asking "
                            + judged.sample().asked() + " nodes",
                    judged.participant());
        }
    }
}
