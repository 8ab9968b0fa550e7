package io.a2al.conformance.node;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Message;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Checks to which addresses the node sends echoes (node.md 13, wire.md 2.3). */
final class NatChecks implements CheckGroup {

    private static final String NO_ECHO = "no echo";

    private static final Bytes ECHO_PROBE = Bytes.fromHex("00ec0102030405");

    /** Maximum number of echoes to one address in ten seconds. */
    private static final int MAX_ECHOES = 3;

    /** Number of probes sent; more than {@link #MAX_ECHOES}. */
    private static final int PROBES = 5;

    /** Amplification limit: bytes sent per byte received. */
    private static final double LIMIT = 3;

    /** Time in which a node repeats its PINGs to an unverified address. */
    private static final Duration REPETITIONS = Duration.ofSeconds(10);

    private final Duration repetitions;

    /** Waits as long as nodes repeat their PINGs. */
    NatChecks() {
        this(REPETITIONS);
    }

    /** Waits this long for PINGs that a node repeats. */
    NatChecks(Duration repetitions) {
        this.repetitions = repetitions;
    }

    @Override
    public String name() {
        return "NAT";
    }

    @Override
    public void run(Prober prober, Findings findings) throws IOException {
        ProbePeer peer = prober.introducedPeer();
        Optional<Endpoint> seenAs = prober.ask(
                        peer, new Message.Ping(peer.identity().address()), Message.Pong.class)
                .map(Message.Pong::observed);
        if (seenAs.isEmpty()) {
            findings.add("PING", "answered", Observation.fail("no answer"));
            return;
        }
        Endpoint own = seenAs.get();
        if (own.isPublic()) {
            int echoes = probe(prober, peer, own, PROBES);
            findings.add(
                    "NAT probe for the sender's own address",
                    "1 to " + MAX_ECHOES + " echoes for " + PROBES,
                    Observation.of(echoes > 0 && echoes <= MAX_ECHOES, echoes + " echoes"));
        } else {
            findings.add("NAT probe for an address that is not public", NO_ECHO, noEcho(probe(prober, peer, own, 1)));
        }
        findings.add(
                "bytes for a NAT probe, those to the claimed port included",
                "at most three times those of the probe",
                own.isPublic() ? amplification(prober) : notPublic(prober));
        Endpoint documentation = Endpoint.of(new byte[] {(byte) 203, 0, 113, 7}, own.port());
        findings.add("NAT probe for another address", NO_ECHO, noEcho(probe(prober, peer, documentation, 1)));

        ProbePeer echoed = prober.newPeer();
        prober.send(echoed, ECHO_PROBE);
        prober.listen();
        findings.add(
                "UDP echo probe",
                NO_ECHO,
                echoed.arrivals().isEmpty()
                        ? Observation.pass(NO_ECHO)
                        : echoed.arrivals().getFirst().datagram().equals(ECHO_PROBE)
                                ? Observation.knownDefect("echoed", "D-06")
                                : Observation.fail("another answer"));
    }

    private static Observation notPublic(Prober prober) {
        return prober.isOnLoopback()
                ? Observation.skippedOnLoopback()
                : Observation.skipped("no echo to an address that is not public: run it over a public address");
    }

    /** One probe from an unverified address, for another port; the node may send PINGs to the former for a while. */
    private Observation amplification(Prober prober) throws IOException {
        ProbePeer claimed = prober.introducedPeer();
        Optional<Endpoint> endpoint = prober.ask(
                        claimed, new Message.Ping(claimed.identity().address()), Message.Pong.class)
                .map(Message.Pong::observed);
        if (endpoint.isEmpty()) {
            return Observation.fail("no answer to a PING");
        }
        ProbePeer unverified = prober.newPeer();
        int echoes = probe(prober, unverified, claimed, endpoint.get(), 1);
        prober.pause(repetitions);
        long received = unverified.bytesReceived()
                + claimed.arrivals().stream()
                        .filter(arrival ->
                                arrival.message(Message.NatProbeEcho.class).isPresent())
                        .mapToLong(arrival -> arrival.datagram().length())
                        .sum();
        double factor = (double) received / unverified.bytesSent();
        return Observation.of(
                factor <= LIMIT,
                String.format(
                        Locale.ROOT,
                        "%.2f times, %d bytes for %d, %d echoes",
                        factor,
                        received,
                        unverified.bytesSent(),
                        echoes));
    }

    private static int probe(Prober prober, ProbePeer peer, Endpoint claimed, int times) throws IOException {
        return probe(prober, peer, peer, claimed, times);
    }

    /** Sends probes and returns how many echoes arrive at {@code receiver}. */
    private static int probe(Prober prober, ProbePeer peer, ProbePeer receiver, Endpoint claimed, int times)
            throws IOException {
        byte[] token = new byte[Message.Token.LENGTH];
        prober.random().nextBytes(token);
        Bytes chosen = Bytes.copyOf(token);
        for (int i = 0; i < times; i++) {
            prober.send(peer, new Message.NatProbeRequest(chosen, claimed));
        }
        prober.listen();
        return (int) receiver.arrivals().stream()
                .flatMap(arrival -> arrival.message(Message.NatProbeEcho.class).stream())
                .filter(echo -> echo.token().equals(chosen))
                .count();
    }

    private static Observation noEcho(int echoes) {
        return Observation.of(echoes == 0, NO_ECHO, echoes + " echoes");
    }
}
