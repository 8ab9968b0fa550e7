package io.a2al.bench.http;

import java.time.Duration;
import java.util.Optional;

/**
 * The result of a load on the HTTP interface. Immutable; thread-safe.
 *
 * @param elapsed measured time
 * @param answered requests that were answered with 200 in that time
 * @param failed requests that were answered otherwise, or whose connection ended
 * @param late requests that were due and not sent by the end, as all connections waited for answers
 * @param p50 median of the time from when a request was due to its whole answer
 * @param p99 its 99th percentile
 * @param readers streams that were open at the end
 * @param events events that these were sent, all together
 * @param before PINGs without load
 * @param during PINGs under load
 * @param nodeCpu processor time of the node under load, if it is known
 * @param clientCpu the same of this process, with the other nodes in it
 */
public record HttpLoadReport(
        Duration elapsed,
        long answered,
        long failed,
        long late,
        Duration p50,
        Duration p99,
        int readers,
        long events,
        Pings before,
        Pings during,
        Optional<Duration> nodeCpu,
        Optional<Duration> clientCpu) {

    /**
     * PINGs, one after the other at a low rate.
     *
     * @param answered number of those that were answered within a second
     * @param lost number of those that were not
     * @param p50 median of the latency
     * @param p99 its 99th percentile
     */
    public record Pings(long answered, long lost, Duration p50, Duration p99) {}

    /** Returns the answers per second. */
    public double answersPerSecond() {
        return answered / (elapsed.toNanos() / 1e9);
    }

    /** Returns how many cores a process used that took this time. */
    public double cores(Duration cpu) {
        return (double) cpu.toNanos() / elapsed.toNanos();
    }
}
