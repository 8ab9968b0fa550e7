package io.a2al.core.publish;

import io.a2al.core.guard.SubnetShare;
import io.a2al.core.routing.RoutingTable;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The nodes that one lookup found around a key, and the other keys for which they tell the nearest ones as well. All
 * nodes that are nearer to the key of the lookup than the farthest one found are among them. So another key is covered
 * if no node that could be one of its nearest is farther away than that. Distances are compared by their first 64 bits.
 * Times in nanoseconds. Immutable.
 */
final class KeyRegion {

    private final NodeId center;
    private final List<Contact> nodes;
    private final long foundAt;

    /** Distance from the center within which all nodes are known; 0 if that cannot be told. */
    private final long radius;

    /**
     * What a lookup found.
     *
     * @param nodes nearest first; those of crowded networks may come after farther ones
     */
    KeyRegion(NodeId center, List<Contact> nodes, long foundAt) {
        this.center = center;
        this.nodes = List.copyOf(nodes);
        this.foundAt = foundAt;
        this.radius = nodes.size() < RoutingTable.K ? 0 : radius(center, nodes);
    }

    private static long radius(NodeId center, List<Contact> nodes) {
        long radius = 0;
        for (Contact node : nodes) {
            long distance = distance(center, node.nodeId());
            if (Long.compareUnsigned(distance, radius) < 0) {
                return radius;
            }
            radius = distance;
        }
        return radius;
    }

    NodeId center() {
        return center;
    }

    /** Returns the nodes found, in the order in which the lookup gave them. */
    List<Contact> nodes() {
        return nodes;
    }

    long foundAt() {
        return foundAt;
    }

    /** Returns the number of leading bits that all keys share with the center that may be covered. */
    int depth() {
        return Long.numberOfLeadingZeros(radius);
    }

    /**
     * Returns true if the {@code count} nodes nearest to the key are surely among those found.
     *
     * @param subnets which nodes count among the nearest
     */
    boolean covers(NodeId key, int count, SubnetShare subnets) {
        if (key.equals(center)) {
            return true;
        }
        long offset = distance(center, key);
        if (Long.compareUnsigned(offset, radius) >= 0) {
            return false;
        }
        List<Contact> byDistance = new ArrayList<>(nodes);
        byDistance.sort(Comparator.comparing(Contact::nodeId, key.byDistance()));
        long reach = 0;
        for (Contact node : subnets.diverseFirst(byDistance).subList(0, Math.min(count, nodes.size()))) {
            long distance = distance(key, node.nodeId());
            reach = Long.compareUnsigned(distance, reach) > 0 ? distance : reach;
        }
        return nodes.size() >= count && Long.compareUnsigned(farthest(reach, offset), radius) < 0;
    }

    /** Returns the largest {@code y ^ offset} with {@code y <= reach}: how far the nodes within reach may be away. */
    private static long farthest(long reach, long offset) {
        long result = 0;
        for (long bit = Long.MIN_VALUE; bit != 0; bit >>>= 1) {
            if ((reach & bit) == 0) {
                result |= offset & bit;
            } else if ((offset & bit) == 0) {
                result |= bit;
            } else {
                return result | bit | (bit - 1);
            }
        }
        return result;
    }

    private static long distance(NodeId a, NodeId b) {
        return ByteBuffer.wrap(a.distance(b).toArray()).getLong();
    }
}
