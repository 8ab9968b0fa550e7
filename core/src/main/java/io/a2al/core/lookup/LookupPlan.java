package io.a2al.core.lookup;

import io.a2al.core.guard.SubnetShare;
import io.a2al.core.lookup.LookupSettings.Parallelism;
import io.a2al.core.lookup.LookupSettings.Repetition;

/**
 * How one lookup proceeds: the settings, what the caller chose, and the times measured so far. Immutable; thread-safe.
 *
 * @param parallelism requests under way that may still be answered soon, on all paths together
 * @param pace when the next request follows
 * @param breadth how many nodes take part
 * @param subnets how many of the nearest nodes may be in one network, as long as there are nodes in other networks
 * @param repetition when a node is asked again
 * @param prospects what is expected of nodes before they are asked
 */
public record LookupPlan(
        Parallelism parallelism,
        Pace pace,
        Breadth breadth,
        SubnetShare subnets,
        Repetition repetition,
        Prospects prospects) {

    /** A plan that expects nothing of any node. */
    public LookupPlan(Parallelism parallelism, Pace pace, Breadth breadth, SubnetShare subnets, Repetition repetition) {
        this(parallelism, pace, breadth, subnets, repetition, Prospects.NONE);
    }

    /** Requests under way to the nodes of a vicinity; more than elsewhere, as most of them have no record. */
    static final Parallelism IN_VICINITY = new Parallelism(8, 8);

    /** Returns a plan by which a fixed list of nodes is asked, in its order. */
    LookupPlan forVicinity(int nodes) {
        return new LookupPlan(
                IN_VICINITY,
                new Pace(pace.patienceNanos(), 0),
                new Breadth(nodes, nodes, 1),
                SubnetShare.NONE,
                repetition);
    }

    /**
     * When the next request follows.
     *
     * @param patienceNanos after this many nanoseconds without an answer, a request no longer occupies one of the α
     *     places
     * @param staggerNanos least time in nanoseconds between two requests of a path, unless an answer or a failure
     *     comes; 0 for no pause
     */
    public record Pace(long patienceNanos, long staggerNanos) {

        /** Checks the ranges. */
        public Pace {
            if (patienceNanos < 1 || staggerNanos < 0) {
                throw new IllegalArgumentException("pace of a lookup: patience " + patienceNanos + " ns, stagger "
                        + staggerNanos + " ns; the patience must be positive, the stagger must not be negative");
            }
        }
    }

    /**
     * How many nodes take part.
     *
     * @param width nearest nodes that must have answered (K)
     * @param maxCandidates contacts remembered per path; the farthest are dropped
     * @param paths disjoint paths (d); on each path, at least one request may be under way
     */
    public record Breadth(int width, int maxCandidates, int paths) {

        /** Checks the ranges. */
        public Breadth {
            if (width < 1 || maxCandidates < width || paths < 1) {
                throw new IllegalArgumentException("breadth of a lookup: width " + width + ", candidates "
                        + maxCandidates + ", paths " + paths
                        + "; all must be positive, and there must be at least as many candidates as the width");
            }
        }
    }
}
