package io.a2al.sim.check;

import io.a2al.sim.world.SimEvent;
import io.a2al.sim.world.World;

/** Checks that every datagram sent arrives, is lost for a reason, or is in flight. This checks the simulator itself. */
final class ConservationChecker implements Checker {

    private long sent;
    private long arrived;
    private long lost;

    @Override
    public String name() {
        return "conservation";
    }

    @Override
    public void afterEvent(World world, SimEvent event, Reporter reporter) {
        switch (event) {
            case SimEvent.Sent ignored -> sent++;
            case SimEvent.Arrived ignored -> arrived++;
            case SimEvent.Lost ignored -> lost++;
            default -> {
                // Other events are not about datagrams.
            }
        }
    }

    @Override
    public void atInterval(World world, Reporter reporter) {
        long duplicated = world.network().duplicated();
        long inFlight = world.network().inFlight();
        if (sent + duplicated != arrived + lost + inFlight) {
            reporter.report(sent + " datagrams were sent and " + duplicated + " duplicated, but " + arrived
                    + " arrived, " + lost + " were lost and " + inFlight + " are in flight");
        }
    }
}
