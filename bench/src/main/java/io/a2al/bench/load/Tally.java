package io.a2al.bench.load;

import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.message.Envelope;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.MessageCodec;
import io.a2al.protocol.message.MessageType;
import io.a2al.protocol.record.InvalidRecordException;
import io.a2al.protocol.record.RecordVerifier;
import io.a2al.protocol.record.SignedRecord;
import java.time.Duration;
import java.util.Optional;

/** Counts answers, losses and times of a measurement. Not thread-safe. */
final class Tally {

    /** One of this many answers is verified. Verifying all would make the load generator the bottleneck. */
    static final int CHECK_EVERY = 200;

    private final Latencies latencies = new Latencies();
    private final RecordVerifier records =
            new RecordVerifier(Ed25519.preferred().newVerifier());
    private long nanos;
    private long lost;
    private long wrong;
    private long checked;
    private long invalid;
    private long replyBytes;
    private Optional<Duration> serverCpu = Optional.of(Duration.ZERO);
    private Optional<Duration> clientCpu = Optional.of(Duration.ZERO);

    /**
     * Counts an answer that came in time.
     *
     * @param expected expected type of the answer
     * @param latency time since the request, in nanoseconds
     * @param length length of the datagram in bytes
     * @param decoder the codec that has just decoded the answer
     */
    void answered(Envelope answer, MessageType expected, long latency, int length, MessageCodec decoder) {
        latencies.add(latency);
        replyBytes += length;
        if (answer.header().type() != expected
                || (answer.message() instanceof Message.StoreResponse stored && !stored.stored())) {
            wrong++;
        }
        if (latencies.count() % CHECK_EVERY == 0) {
            checked++;
            invalid += decoder.verify(answer) && areRecordsValid(answer.message()) ? 0 : 1;
        }
    }

    private boolean areRecordsValid(Message answer) {
        if (answer instanceof Message.FindValueResponse found) {
            for (SignedRecord record : found.records()) {
                try {
                    records.verify(record);
                } catch (InvalidRecordException invalidRecord) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Counts requests that timed out. */
    void lost(int requests) {
        lost += requests;
    }

    /** Adds measured time, and the processor time that the node and the load generator used in it. */
    void addTime(long elapsedNanos, Optional<Duration> server, Optional<Duration> client) {
        nanos += elapsedNanos;
        serverCpu = serverCpu.flatMap(sum -> server.map(sum::plus));
        clientCpu = clientCpu.flatMap(sum -> client.map(sum::plus));
    }

    long answers() {
        return latencies.count();
    }

    long wrong() {
        return wrong;
    }

    /** Returns the number of answers per second until now, zero if no time was measured. */
    double answersPerSecond() {
        return nanos == 0 ? 0 : latencies.count() * 1e9 / nanos;
    }

    LoadReport report(LoadSettings settings) {
        return new LoadReport(
                settings,
                Duration.ofNanos(nanos),
                latencies.count(),
                lost,
                wrong,
                checked,
                invalid,
                replyBytes,
                latencies.quantile(0.5),
                latencies.quantile(0.9),
                latencies.quantile(0.99),
                latencies.quantile(0.999),
                serverCpu,
                clientCpu);
    }
}
