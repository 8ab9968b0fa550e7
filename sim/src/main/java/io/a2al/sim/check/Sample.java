package io.a2al.sim.check;

import io.a2al.sim.world.SimNode;
import io.a2al.sim.world.World;
import java.util.ArrayList;
import java.util.List;

/** Chooses honest nodes to look at, others each time, so that all are looked at in time and a check stays cheap. */
final class Sample {

    private final int size;
    private int next;

    /** So many at a time. */
    Sample(int size) {
        this.size = size;
    }

    /** The next honest nodes that are switched on. */
    List<SimNode> of(World world) {
        List<SimNode> nodes = world.nodes();
        List<SimNode> chosen = new ArrayList<>(size);
        for (int i = 0; i < nodes.size() && chosen.size() < size; i++) {
            SimNode node = nodes.get(next % nodes.size());
            next++;
            if (node.isHonest() && node.isUp()) {
                chosen.add(node);
            }
        }
        return chosen;
    }
}
