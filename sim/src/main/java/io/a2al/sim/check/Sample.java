package io.a2al.sim.check;

import io.a2al.sim.world.SimNode;
import io.a2al.sim.world.World;
import java.util.ArrayList;
import java.util.List;

/** Selects a few honest nodes at a time, in turn, so that each check is cheap and all nodes are checked over time. */
final class Sample {

    private final int size;
    private int next;

    /** Creates a selection of {@code size} nodes at a time. */
    Sample(int size) {
        this.size = size;
    }

    /** Returns the next honest nodes that are up. */
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
