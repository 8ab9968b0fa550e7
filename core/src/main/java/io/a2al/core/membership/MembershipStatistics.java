package io.a2al.core.membership;

import io.a2al.core.bounds.Occupancy;
import io.a2al.core.time.TimerName;
import java.util.Map;

/**
 * How the node stays part of the network.
 *
 * @param seenPeers peers of the last seven days that are remembered
 * @param seeds addresses to join through that are remembered
 * @param former contacts remembered that left the routing table, as they did not answer
 * @param timers timers with a deadline; their number follows from what else is under way
 * @param timersByName the same by name; every name has an entry
 * @param refreshes lookups for a bucket or the own neighbourhood since the start
 * @param rejoins how often the node joined again since the start, as it knew too few others
 */
public record MembershipStatistics(
        Occupancy seenPeers,
        Occupancy seeds,
        Occupancy former,
        int timers,
        Map<TimerName, Integer> timersByName,
        long refreshes,
        long rejoins) {}
