package io.a2al.conformance.node;

import io.a2al.protocol.id.Address;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.MessageType;
import io.a2al.protocol.message.TransactionId;
import java.io.IOException;
import java.util.Optional;

/** Is it there, and what does a PING tell? (wire.md 7.1, 7.2) */
final class LivenessChecks implements CheckGroup {

    @Override
    public String name() {
        return "liveness";
    }

    @Override
    public void run(Prober prober, Findings findings) throws IOException {
        Member member = prober.stranger();
        TransactionId transaction =
                prober.send(member, new Message.Ping(member.identity().address()));
        Optional<Arrival> first = prober.take(member, prober.settings().timeout(), LivenessChecks::isPong);
        findings.add(
                "PING", "PONG", first.map(LivenessChecks::asPong).orElse(Seen.bad("nothing, or nothing readable")));
        if (first.isEmpty()) {
            return;
        }
        Arrival pong = first.get();
        findings.add(
                "transaction id of PONG",
                "copied",
                Seen.of(
                        pong.envelope().orElseThrow().transactionId().equals(transaction),
                        pong.envelope().orElseThrow().transactionId().toString()));
        findings.add("signature of PONG", "valid", Seen.of(pong.verified(), pong.verified() ? "valid" : "invalid"));
        pong.message(Message.Pong.class)
                .ifPresent(message -> findings.add(
                        "observed address", member.local().toString(), observed(member.local(), message.observed())));
        findings.add("form of PONG", "canonical, one datagram, no new fields", Shape.of(first));
        Member other = prober.stranger();
        Optional<Address> again = prober.ask(
                        other, new Message.Ping(other.identity().address()))
                .map(arrival -> arrival.envelope().orElseThrow().sender());
        Address sender = pong.envelope().orElseThrow().sender();
        findings.add(
                "identity",
                "one",
                Seen.of(
                        again.equals(Optional.of(sender)),
                        again.map(Address::toString).orElse("no answer")));
    }

    private static boolean isPong(Arrival arrival) {
        return arrival.envelope()
                .filter(envelope -> envelope.header().type() == MessageType.PONG)
                .isPresent();
    }

    private static Seen asPong(Arrival arrival) {
        return Seen.good(arrival.envelope().orElseThrow().sender().toString());
    }

    /** A translated address on the way to the internet is not ours to foresee. */
    private static Seen observed(Endpoint local, Endpoint observed) {
        boolean translated = local.scope() != Endpoint.Scope.LOOPBACK && !local.isPublic() && observed.isPublic();
        return Seen.of(observed.equals(local) || translated, observed + (translated ? ", by a NAT" : ""));
    }
}
