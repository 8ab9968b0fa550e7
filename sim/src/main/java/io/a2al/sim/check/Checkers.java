package io.a2al.sim.check;

import io.a2al.sim.work.Agents;
import java.util.List;

/** The standard checkers of a run. */
public final class Checkers {

    private Checkers() {}

    /** Creates the standard checkers for a run with the given agents. */
    public static List<Checker> standard(Agents agents) {
        return List.of(
                new PacketSizeChecker(),
                new ForgeryChecker(agents),
                new ExpiryChecker(),
                new AmplificationChecker(),
                new ReplicaChecker(),
                new ConservationChecker(),
                new RoutingTableChecker(),
                new StoreChecker(),
                new RestartChecker(),
                new OccupancyChecker(),
                new NeighbourhoodChecker(agents),
                new SettledChecker());
    }
}
