package io.a2al.bench.load;

import java.time.Duration;
import java.util.Optional;

/**
 * The result of a load run. Immutable; thread-safe.
 *
 * @param settings the settings of the run
 * @param elapsed measured time, without the time in which requests were signed
 * @param answered number of requests that were answered
 * @param lost number of requests without an answer within one second
 * @param wrong number of answers of an unexpected type and of rejected STOREs
 * @param checked number of answers whose signature and records were verified
 * @param invalid number of those that were invalid
 * @param replyBytes total size of all answers in bytes
 * @param p50 median of the latency of answers
 * @param p90 90th percentile of the latency
 * @param p99 99th percentile of the latency
 * @param p999 99.9th percentile of the latency
 * @param serverCpu processor time of the node during the measured time, if it is known
 * @param clientCpu processor time of the load generator during the measured time, if it is known
 */
public record LoadReport(
        LoadSettings settings,
        Duration elapsed,
        long answered,
        long lost,
        long wrong,
        long checked,
        long invalid,
        long replyBytes,
        Duration p50,
        Duration p90,
        Duration p99,
        Duration p999,
        Optional<Duration> serverCpu,
        Optional<Duration> clientCpu) {

    /** Returns the number of answers per second, zero if no time was measured. */
    public double answersPerSecond() {
        return elapsed.isZero() ? 0 : answered / seconds(elapsed);
    }

    /** Returns the mean size of an answer in bytes, zero if there were none. */
    public double averageReply() {
        return answered == 0 ? 0 : (double) replyBytes / answered;
    }

    /** Returns the node's processor time per answer in microseconds, if it is known and there were answers. */
    public Optional<Double> serverMicrosPerAnswer() {
        return answered == 0 ? Optional.empty() : serverCpu.map(cpu -> seconds(cpu) * 1_000_000 / answered);
    }

    /** Returns the mean number of cores that the node used, if it is known; 1 is one core all the time. */
    public Optional<Double> serverShare() {
        return serverCpu.map(this::share);
    }

    /** Returns the mean number of cores that the load generator used, if it is known. */
    public Optional<Double> clientShare() {
        return clientCpu.map(this::share);
    }

    private double share(Duration cpu) {
        return elapsed.isZero() ? 0 : seconds(cpu) / seconds(elapsed);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
