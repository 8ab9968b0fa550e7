package io.a2al.sim.check;

import io.a2al.sim.work.Agents;
import java.util.List;

/** The checkers that every run has. */
public final class Checkers {

    private Checkers() {}

    /** New ones for a run with these agents. */
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
                new OccupancyChecker(),
                new NeighbourhoodChecker(agents),
                new SettledChecker());
    }
}
