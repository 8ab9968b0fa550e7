package io.a2al.sim.result;

import java.time.Duration;

/**
 * One lookup by an agent. Immutable; thread-safe.
 *
 * @param at virtual time of its beginning
 * @param asker the participant that asked
 * @param record number of the record that was looked for; the smaller, the more popular
 * @param latency virtual time until the answer
 * @param hops referrals to the farthest node that answered
 * @param asked nodes asked
 * @param answered nodes that answered
 */
public record LookupSample(
        Duration at, int asker, int record, Verdict verdict, Duration latency, int hops, int asked, int answered) {}
