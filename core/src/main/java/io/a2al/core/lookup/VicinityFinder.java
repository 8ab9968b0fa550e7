package io.a2al.core.lookup;

import io.a2al.core.guard.SubnetShare;
import io.a2al.core.routing.KeyDensity;
import io.a2al.core.routing.Peers;
import io.a2al.core.routing.RoutingTable;
import io.a2al.core.time.NodeTime;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * Finds the nodes in the vicinity of a key that looks surrounded, and checks that verdict by them
 * (docs/decisions/censorship.md). Hazards and the answers to them:
 *
 * <ul>
 *   <li><b>Accomplices name only each other</b>, and honest nodes name them, as they are nearest. So nodes are looked
 *       for near random keys that share fewer bits with the attacked one: there the honest nodes of the vicinity are
 *       nearest. Random, as otherwise an attacker could surround these keys as well. Nodes that are nearer to the
 *       attacked key take no part there.
 *   <li><b>Full of accomplices</b> is what most nodes know of the vicinity. One of some twenty that they know there is
 *       honest. So one lookup follows the other, from outside to inside, and begins at the nodes that the last one
 *       heard, which together know enough.
 *   <li><b>A wrong estimate of the network's size</b> makes any key look surrounded. The other parts of the vicinity
 *       tell how dense nodes are there. If they are as dense as around the key, it is not surrounded.
 *   <li><b>Costs:</b> a fixed number of lookups, and a fixed number of nodes in a vicinity. If nodes are denser
 *       everywhere than was expected, that is remembered for a while.
 * </ul>
 *
 * Not thread-safe.
 */
final class VicinityFinder {

    /** How long in nanoseconds it is remembered that the network is larger than estimated. */
    private static final long MEMORY = Duration.ofHours(1).toNanos();

    /** How many times as large as estimated the network is remembered at most; one vicinity must not blind a node. */
    private static final int MOST_TIMES = 4;

    /** Starts a lookup for the nodes nearest to a target. */
    @FunctionalInterface
    interface Lookups {

        /** Returns false at the limit of lookups; the completion is not called then. */
        boolean findNodes(NodeTime now, NodeId target, Goal goal, Duration timeout, LookupRunner.Completion completion);
    }

    private final KeyDensity density;
    private final SubnetShare subnets;
    private final Peers peers;
    private final RandomGenerator random;
    private final Lookups lookups;
    private final List<SurroundedListener> listeners = new ArrayList<>();
    private long learntSize;
    private long learntAt;
    private long suspected;
    private long surrounded;

    /**
     * Nothing is learnt yet.
     *
     * @param subnets how many nodes of one network come before all others
     * @param random draws keys in the vicinity
     */
    VicinityFinder(KeyDensity density, SubnetShare subnets, Peers peers, RandomGenerator random, Lookups lookups) {
        this.density = density;
        this.subnets = subnets;
        this.peers = peers;
        this.random = random;
        this.lookups = lookups;
    }

    /** Subscribes to keys that look surrounded; listeners are called in the order in which they subscribed. */
    void subscribe(SurroundedListener listener) {
        listeners.add(listener);
    }

    /** Returns true if the nodes that the lookup heard as the nearest are improbably dense. */
    boolean looksSurrounded(NodeTime now, NodeId key, Lookup lookup) {
        return lookup.isExhausted() && density.isImprobableAmong(key, lookup.heard(), networkSize(now));
    }

    private long networkSize(NodeTime now) {
        long estimate = peers.table().networkSize();
        boolean remembered = learntSize > 0 && now.nanos() - learntAt < MEMORY;
        return remembered ? Math.max(estimate, Math.min(learntSize, MOST_TIMES * estimate)) : estimate;
    }

    /**
     * Finds the vicinity of a key that looks surrounded.
     *
     * @param first the lookup for the key
     * @param timeout how long it may take
     * @param whenDone gets the vicinity; none if the key is not surrounded
     */
    void find(
            NodeTime now,
            NodeId key,
            Lookup first,
            Duration timeout,
            BiConsumer<NodeTime, Optional<Vicinity>> whenDone) {
        suspected++;
        new Search(key, first, networkSize(now), now.nanos() + timeout.toNanos(), whenDone).next(now);
    }

    /** Returns how many lookups looked at first as if their key were surrounded. */
    long suspected() {
        return suspected;
    }

    /** Returns how many of them still did when the nodes of the vicinity were known. */
    long surrounded() {
        return surrounded;
    }

    private final class Search {

        private final NodeId key;
        private final long size;
        private final long deadline;
        private final List<Contact> nearest;
        private final BiConsumer<NodeTime, Optional<Vicinity>> whenDone;
        private final Map<NodeId, Contact> found = new HashMap<>();
        private List<Contact> latest = List.of();
        private int begun;
        private int asked;
        private int answered;

        /** Honest nodes counted beside the key, and the share of the key space in which they are. */
        private double counted;

        private double space;

        Search(NodeId key, Lookup first, long size, long deadline, BiConsumer<NodeTime, Optional<Vicinity>> whenDone) {
            this.key = key;
            this.size = size;
            this.deadline = deadline;
            this.nearest = first.heard();
            this.whenDone = whenDone;
            nearest.forEach(node -> found.put(node.nodeId(), node));
        }

        /** Begins the next lookup, or ends. */
        void next(NodeTime now) {
            while (begun < density.settings().lookups() && deadline - now.nanos() > 0) {
                int bits = Math.max(0, density.vicinityBits(size) - 1) + begun;
                NodeId target = RoutingTable.randomIdBeside(key, bits, random);
                Goal goal = FindNodes.beside(key, bits, latest);
                Duration left = Duration.ofNanos(deadline - now.nanos());
                begun++;
                if (lookups.findNodes(now, target, goal, left, (later, lookup) -> add(later, target, lookup))) {
                    return;
                }
            }
            whenDone.accept(now, conclude(now));
        }

        private void add(NodeTime now, NodeId target, Lookup lookup) {
            asked += lookup.asked();
            answered += lookup.answered();
            List<Contact> heard = lookup.heard();
            heard.forEach(node -> found.put(node.nodeId(), node));
            latest = heard.subList(0, Math.min(heard.size(), RoutingTable.K));
            count(target, latest);
            next(now);
        }

        /**
         * Counts the nodes in the part of the key space that begins with one bit more of the target than of the key:
         * all of them if others are among the nearest that were heard, otherwise those up to the farthest one.
         */
        private void count(NodeId target, List<Contact> nearestHeard) {
            int bits = key.commonPrefixLength(target) + 1;
            List<Contact> inside = nearestHeard.stream()
                    .filter(node -> target.commonPrefixLength(node.nodeId()) >= bits)
                    .toList();
            if (inside.size() < nearestHeard.size() || inside.isEmpty()) {
                counted += inside.size();
                space += Math.scalb(1.0, -bits);
            } else {
                counted += inside.size() - 1;
                space += Math.scalb(
                        prefixAsDouble(target.distance(inside.getLast().nodeId())), -Long.SIZE);
            }
        }

        /** Adds the contacts that this node knows itself, whether or not a peer named them. */
        private void addKnown(NodeTime now) {
            int most = density.settings().maxNodes();
            Predicate<Contact> answering = contact -> peers.health().failures(contact.nodeId()) == 0;
            List<Contact> known = new ArrayList<>(peers.table().nearest(key, most, answering));
            known.addAll(peers.memory().nearest(key, most, now.nanos(), answering));
            known.forEach(node -> found.putIfAbsent(node.nodeId(), node));
        }

        private Optional<Vicinity> conclude(NodeTime now) {
            long measured = space > 0 ? (long) (counted / space) : 0;
            long larger = Math.max(size, measured);
            learntSize = larger;
            learntAt = now.nanos();
            if (!density.isImprobableAmong(key, nearest, larger)) {
                return Optional.empty();
            }
            surrounded++;
            addKnown(now);
            List<Contact> vicinity = subnets.diverseFirst(density.inVicinity(key, found.values(), size)).stream()
                    .limit(density.settings().maxNodes())
                    .toList();
            listeners.forEach(listener -> listener.onSurrounded(now, key, vicinity.size()));
            return Optional.of(new Vicinity(vicinity, asked, answered));
        }
    }

    private static double prefixAsDouble(NodeId distance) {
        long prefix = distance.prefix();
        return Math.max(1, (double) (prefix >>> 1) * 2);
    }
}
