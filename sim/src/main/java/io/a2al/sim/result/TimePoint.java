package io.a2al.sim.result;

import java.time.Duration;

/**
 * How things stood at one moment, and what happened since the moment before. Immutable; thread-safe.
 *
 * @param at virtual time
 * @param living participants that are switched on, attackers included
 * @param lookups lookups that ended since the moment before
 * @param right those of them that were right
 * @param traffic datagrams sent since the moment before
 * @param tables routing tables
 * @param replicas replicas of live records
 */
public record TimePoint(
        Duration at, int living, int lookups, int right, Traffic traffic, TableHealth tables, ReplicaHealth replicas) {

    /**
     * The routing tables of some honest nodes, chosen at random, seen from outside.
     *
     * @param nodes how many were looked at
     * @param meanContacts contacts per table
     * @param deadShare contacts that are switched off, 0 to 1
     * @param hostileShare contacts that are attackers, 0 to 1
     */
    public record TableHealth(int nodes, double meanContacts, double deadShare, double hostileShare) {}

    /**
     * Replicas of some records whose time has not come, chosen at random, at living honest nodes.
     *
     * @param records how many were looked at
     * @param mean replicas per record
     * @param fewest replicas of the record that has the fewest
     */
    public record ReplicaHealth(int records, double mean, int fewest) {}
}
