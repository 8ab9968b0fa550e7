package io.a2al.sim.result;

import java.time.Duration;

/**
 * One lookup by an agent. Immutable; thread-safe.
 *
 * @param at virtual time at which it began
 * @param asker number of the participant that made it
 * @param record number of the record that was looked up; the lower, the more popular
 * @param verdict whether the result was right
 * @param latency virtual time until the result
 * @param cost what the lookup took
 */
public record LookupSample(Duration at, int asker, int record, Verdict verdict, Duration latency, Cost cost) {

    /**
     * What a lookup took. Immutable; thread-safe.
     *
     * @param hops referrals to the farthest node that answered
     * @param asked number of nodes asked
     * @param answered number of nodes that answered
     * @param surrounded true if the key looked surrounded by an attacker, so that more nodes were asked
     */
    public record Cost(int hops, int asked, int answered, boolean surrounded) {}
}
