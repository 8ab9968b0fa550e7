package io.a2al.bench.load;

import java.time.Duration;
import java.util.Optional;

/**
 * What came of a load. Immutable; thread-safe.
 *
 * @param settings what was asked for
 * @param elapsed how long the clock ran; it stands still while requests are signed
 * @param answered requests that were answered
 * @param lost requests that met silence for a second
 * @param wrong answers of another kind than the request's, or STOREs that were refused
 * @param checked answers of which signature and records were verified
 * @param invalid those of them that did not pass
 * @param replyBytes bytes of all answers together
 * @param p50 half of the answers took at most this long
 * @param p90 nine of ten
 * @param p99 99 of 100
 * @param p999 999 of 1000
 * @param serverCpu processor time of the node while the clock ran, if it is known
 * @param clientCpu processor time of the load generator while the clock ran, if it is known
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

    /** Answers per second. */
    public double answersPerSecond() {
        return elapsed.isZero() ? 0 : answered / seconds(elapsed);
    }

    /** Bytes of an answer on average. */
    public double averageReply() {
        return answered == 0 ? 0 : (double) replyBytes / answered;
    }

    /** The node's processor time per answer in microseconds, if it is known and there were answers. */
    public Optional<Double> serverMicrosPerAnswer() {
        return answered == 0 ? Optional.empty() : serverCpu.map(cpu -> seconds(cpu) * 1_000_000 / answered);
    }

    /** Processors that the node kept busy, if it is known: 1 is one of them all the time. */
    public Optional<Double> serverShare() {
        return serverCpu.map(this::share);
    }

    /** Processors that the load generator kept busy, if it is known. */
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
