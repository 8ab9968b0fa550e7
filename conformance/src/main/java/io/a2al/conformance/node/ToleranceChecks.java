package io.a2al.conformance.node;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.MessageType;
import io.a2al.protocol.message.TransactionId;
import java.io.IOException;
import java.util.Optional;

/** Does it understand nodes that know more than it? (wire.md 3.2, 6.3, 17) */
final class ToleranceChecks implements CheckGroup {

    @Override
    public String name() {
        return "tolerance";
    }

    @Override
    public void run(Prober prober, Findings findings) throws IOException {
        Member member = prober.resident();
        Bytes target = Samples.key(prober.random()).toBytes();
        int type = MessageType.FIND_NODE.code();
        Bytes body = RawMessage.body(target, false);

        TransactionId first = TransactionId.generate(prober.random());
        Bytes otherVersion =
                RawMessage.of(member.signer(), RawMessage.header(2, 5, type, first.toBytes()), body, Optional.empty());
        findings.add(
                "another version and features",
                "answered",
                Seen.of(isAnswered(prober, member, otherVersion, first), "answered", "silence"));
        TransactionId second = TransactionId.generate(prober.random());
        Bytes unknownOuter = RawMessage.of(
                member.signer(), RawMessage.header(1, 0, type, second.toBytes()), body, Optional.of(Bytes.zeros(8)));
        findings.add(
                "an unknown field outside",
                "answered",
                Seen.of(isAnswered(prober, member, unknownOuter, second), "answered", "silence"));

        TransactionId third = TransactionId.generate(prober.random());
        Bytes inHeader = RawMessage.of(
                member.signer(), RawMessage.headerWithUnknownField(type, third.toBytes()), body, Optional.empty());
        findings.add("an unknown field in the header", "answered", extended(prober, member, inHeader, third));
        TransactionId fourth = TransactionId.generate(prober.random());
        Bytes inBody = RawMessage.of(
                member.signer(),
                RawMessage.header(1, 0, type, fourth.toBytes()),
                RawMessage.body(target, true),
                Optional.empty());
        findings.add("an unknown field in the body", "answered", extended(prober, member, inBody, fourth));
        TransactionId fifth = TransactionId.generate(prober.random());
        Bytes subscription = prober.encode(member, fifth, new Message.FindValue(Samples.key(prober.random()), 0, true));
        findings.add("FIND_VALUE with a subscription", "answered", extended(prober, member, subscription, fifth));
    }

    private static boolean isAnswered(Prober prober, Member member, Bytes datagram, TransactionId transaction)
            throws IOException {
        return prober.ask(member, datagram, transaction).isPresent();
    }

    private static Seen extended(Prober prober, Member member, Bytes datagram, TransactionId transaction)
            throws IOException {
        return isAnswered(prober, member, datagram, transaction)
                ? Seen.good("answered")
                : Seen.known("silence", "D-46");
    }
}
