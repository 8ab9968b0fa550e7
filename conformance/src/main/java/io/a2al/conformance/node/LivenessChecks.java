package io.a2al.conformance.node;

import io.a2al.protocol.id.Address;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.MessageType;
import io.a2al.protocol.message.TransactionId;
import java.io.IOException;
import java.util.Optional;

/** Checks that the node answers PING, and what its PONG contains (wire.md 7.1, 7.2). */
final class LivenessChecks implements CheckGroup {

    @Override
    public String name() {
        return "liveness";
    }

    @Override
    public void run(Prober prober, Findings findings) throws IOException {
        ProbePeer peer = prober.newPeer();
        TransactionId transaction =
                prober.send(peer, new Message.Ping(peer.identity().address()));
        Optional<Arrival> first = prober.take(peer, prober.settings().timeout(), LivenessChecks::isPong);
        findings.add(
                "PING",
                "PONG",
                first.map(LivenessChecks::asPong).orElse(Observation.fail("no answer, or a malformed one")));
        if (first.isEmpty()) {
            return;
        }
        Arrival pong = first.get();
        findings.add(
                "transaction id of PONG",
                "that of the PING",
                Observation.of(
                        pong.envelope().orElseThrow().transactionId().equals(transaction),
                        pong.envelope().orElseThrow().transactionId().toString()));
        findings.add(
                "signature of PONG", "valid", Observation.of(pong.verified(), pong.verified() ? "valid" : "invalid"));
        pong.message(Message.Pong.class)
                .ifPresent(message -> findings.add(
                        "observed address", peer.local().toString(), observed(peer.local(), message.observed())));
        findings.add("format of PONG", AnswerFormat.EXPECTED, AnswerFormat.check(first));
        ProbePeer other = prober.newPeer();
        Address sender = pong.envelope().orElseThrow().sender();
        Optional<Address> next = prober.ask(
                        other, new Message.Ping(other.identity().address()))
                .map(arrival -> arrival.envelope().orElseThrow().sender());
        findings.add(
                "sender of the next PONG",
                "the same",
                Observation.of(
                        next.equals(Optional.of(sender)),
                        next.map(Address::toString).orElse("no answer")));
    }

    private static boolean isPong(Arrival arrival) {
        return arrival.envelope()
                .filter(envelope -> envelope.header().type() == MessageType.PONG)
                .isPresent();
    }

    private static Observation asPong(Arrival arrival) {
        return Observation.pass(arrival.envelope().orElseThrow().sender().toString());
    }

    /**
     * Judges the observed address. Behind a NAT the address is translated on the way to the internet, so any public
     * address passes there.
     */
    private static Observation observed(Endpoint local, Endpoint observed) {
        boolean translated = local.scope() != Endpoint.Scope.LOOPBACK && !local.isPublic() && observed.isPublic();
        return Observation.of(
                observed.equals(local) || translated, observed + (translated ? ", translated by a NAT" : ""));
    }
}
