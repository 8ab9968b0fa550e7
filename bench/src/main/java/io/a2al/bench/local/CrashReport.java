package io.a2al.bench.local;

import io.a2al.protocol.id.NodeId;
import java.time.Duration;
import java.util.List;

/**
 * What became of the records of a node that was killed again and again. Immutable; thread-safe.
 *
 * @param kills how often it was killed and started again
 * @param acknowledged records that it confirmed to have stored
 * @param checked how often a record was looked for at a restarted node
 * @param lost keys of records that had to be there and were not, in the order in which that was found
 * @param oldestLost of the lost records, the longest time between the answer that confirmed it and the kill that
 *     followed; zero if none was lost
 * @param slowestAnswer longest time from the start of the process to its first answer
 * @param slowestRecords longest time from the start of the process until it served all records that were looked for
 * @param elapsed time of the whole run
 */
public record CrashReport(
        int kills,
        long acknowledged,
        long checked,
        List<NodeId> lost,
        Duration oldestLost,
        Duration slowestAnswer,
        Duration slowestRecords,
        Duration elapsed) {

    /** Makes the list immutable. */
    public CrashReport {
        lost = List.copyOf(lost);
    }
}
