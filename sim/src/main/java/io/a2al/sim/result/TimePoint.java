package io.a2al.sim.result;

import java.time.Duration;

/**
 * The state of the network at one time, and the counts since the previous point. Immutable; thread-safe.
 *
 * @param at virtual time
 * @param living number of participants that are up, attackers included
 * @param lookups summary of the lookups that ended since the previous point
 * @param traffic datagrams sent since the previous point
 * @param tables state of routing tables
 * @param replicas replicas of valid records
 */
public record TimePoint(
        Duration at, int living, LookupSummary lookups, Traffic traffic, TableHealth tables, ReplicaHealth replicas) {

    /**
     * The routing tables of a random sample of honest nodes, compared with the true state of their contacts.
     *
     * @param nodes number of tables in the sample
     * @param meanContacts mean number of contacts per table
     * @param deadShare share of contacts that are switched off, 0 to 1
     * @param hostileShare share of contacts that are attackers, 0 to 1
     */
    public record TableHealth(int nodes, double meanContacts, double deadShare, double hostileShare) {}

    /**
     * The replicas of a random sample of valid records at honest nodes that are up.
     *
     * @param records number of records in the sample
     * @param mean mean number of replicas per record
     * @param fewest smallest number of replicas of any record in the sample
     */
    public record ReplicaHealth(int records, double mean, int fewest) {}
}
