package io.a2al.core.nat;

import io.a2al.core.rpc.Outbox;
import io.a2al.core.time.NodeTime;
import io.a2al.core.time.TimerName;
import io.a2al.core.time.Timers;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.TransactionId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * NAT probes, both sides (node.md section 13): asks a peer to send an echo to an address of ours, and sends echoes for
 * other nodes as far as {@link EchoService} allows. A probe is one datagram, never repeated, so that its result is
 * about the way back only. Not thread-safe.
 */
final class NatProbes {

    /** Called with the result of a probe. */
    @FunctionalInterface
    interface Completion {
        void onDone(NodeTime now, boolean reached);
    }

    private record Waiting(Completion completion, Timers.Timer timeout) {}

    private final int limit;
    private final EchoService service;
    private final RandomGenerator random;
    private final Timers timers;
    private final Outbox outbox;
    private final Map<Bytes, Waiting> waiting = new HashMap<>();

    NatProbes(int limit, EchoService service, RandomGenerator random, Timers timers, Outbox outbox) {
        this.limit = limit;
        this.service = service;
        this.random = random;
        this.timers = timers;
        this.outbox = outbox;
    }

    /**
     * Asks {@code via} for an echo to {@code claimed}. The completion gets true when it arrives, from any source, and
     * false after {@code timeout}.
     *
     * @return false at the limit of probes; the completion is then not called
     */
    boolean probe(NodeTime now, Endpoint via, Endpoint claimed, Duration timeout, Completion completion) {
        if (waiting.size() >= limit) {
            return false;
        }
        byte[] bytes = new byte[Message.Token.LENGTH];
        random.nextBytes(bytes);
        Bytes token = Bytes.copyOf(bytes);
        Timers.Timer timer = timers.create(TimerName.NAT_PROBE, later -> finish(later, token, false));
        waiting.put(token, new Waiting(completion, timer));
        outbox.send(via, TransactionId.generate(random), new Message.NatProbeRequest(token, claimed.unmapped()));
        timer.set(now.nanos() + timeout.toNanos());
        return true;
    }

    /** Takes an echo; one that was not requested is ignored. */
    void onEcho(NodeTime now, Bytes token) {
        finish(now, token, true);
    }

    /** Ends the probe with this completion, which is not called then. */
    void cancel(Completion completion) {
        waiting.values().removeIf(probe -> {
            boolean meant = probe.completion().equals(completion);
            if (meant) {
                probe.timeout().cancel();
            }
            return meant;
        });
    }

    private void finish(NodeTime now, Bytes token, boolean reached) {
        Waiting ended = waiting.remove(token);
        if (ended != null) {
            ended.timeout().cancel();
            ended.completion().onDone(now, reached);
        }
    }

    /** Takes a request for an echo from {@code source}. */
    void onRequest(NodeTime now, Endpoint source, Message.NatProbeRequest request) {
        if (service.judge(source, request.claimed(), now.nanos()) == EchoService.Verdict.ECHO) {
            outbox.send(
                    request.claimed().unmapped(),
                    TransactionId.generate(random),
                    new Message.NatProbeEcho(request.token()));
        }
    }

    /** Returns the number of probes under way. */
    int waiting() {
        return waiting.size();
    }
}
