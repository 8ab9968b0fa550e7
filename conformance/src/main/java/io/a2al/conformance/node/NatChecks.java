package io.a2al.conformance.node;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Message;
import java.io.IOException;
import java.util.Optional;

/** Whom does it send echoes to? (node.md 13, wire.md 2.3) */
final class NatChecks implements CheckGroup {

    private static final Bytes ECHO_PROBE = Bytes.fromHex("00ec0102030405");

    /** Echoes for one address in ten seconds. */
    private static final int MAX_ECHOES = 3;

    private static final int PROBES = 5;

    @Override
    public String name() {
        return "NAT";
    }

    @Override
    public void run(Prober prober, Findings findings) throws IOException {
        Member member = prober.resident();
        Optional<Endpoint> seenAs = prober.ask(
                        member, new Message.Ping(member.identity().address()), Message.Pong.class)
                .map(Message.Pong::observed);
        if (seenAs.isEmpty()) {
            findings.add("PING", "answered", Seen.bad("silence"));
            return;
        }
        Endpoint own = seenAs.get();
        if (own.isPublic()) {
            int echoes = probe(prober, member, own, PROBES);
            findings.add(
                    "NAT probe for our own address",
                    "1 to " + MAX_ECHOES + " echoes for " + PROBES,
                    Seen.of(echoes > 0 && echoes <= MAX_ECHOES, echoes + " echoes"));
        } else {
            findings.add(
                    "NAT probe for an address that is not public", "silence", silence(probe(prober, member, own, 1)));
        }
        Endpoint documentation = Endpoint.of(new byte[] {(byte) 203, 0, 113, 7}, own.port());
        findings.add("NAT probe for another address", "silence", silence(probe(prober, member, documentation, 1)));

        Member echoed = prober.stranger();
        prober.send(echoed, ECHO_PROBE);
        prober.listen();
        findings.add(
                "UDP echo probe",
                "silence",
                echoed.arrivals().isEmpty()
                        ? Seen.good("silence")
                        : echoed.arrivals().getFirst().datagram().equals(ECHO_PROBE)
                                ? Seen.known("echoed", "D-06")
                                : Seen.bad("something else"));
    }

    private static int probe(Prober prober, Member member, Endpoint claimed, int times) throws IOException {
        byte[] token = new byte[Message.Token.LENGTH];
        prober.random().nextBytes(token);
        Bytes chosen = Bytes.copyOf(token);
        for (int i = 0; i < times; i++) {
            prober.send(member, new Message.NatProbeRequest(chosen, claimed));
        }
        prober.listen();
        return (int) member.arrivals().stream()
                .flatMap(arrival -> arrival.message(Message.NatProbeEcho.class).stream())
                .filter(echo -> echo.token().equals(chosen))
                .count();
    }

    private static Seen silence(int echoes) {
        return Seen.of(echoes == 0, "silence", echoes + " echoes");
    }
}
