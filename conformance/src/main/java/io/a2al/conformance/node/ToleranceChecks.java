package io.a2al.conformance.node;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.MessageType;
import io.a2al.protocol.message.TransactionId;
import java.io.IOException;
import java.util.Optional;

/** Checks that the node accepts messages of newer protocol versions (wire.md 3.2, 6.3, 17). */
final class ToleranceChecks implements CheckGroup {

    /** Zero bytes in the padding of a request; with the last, the longest request has nearly 1200 bytes. */
    private static final int[] PADDINGS = {0, 23, 24, 255, 256, 1000};

    @Override
    public String name() {
        return "tolerance";
    }

    @Override
    public void run(Prober prober, Findings findings) throws IOException {
        ProbePeer peer = prober.introducedPeer();
        Bytes target = Samples.key(prober.random()).toBytes();
        int type = MessageType.FIND_NODE.code();
        Bytes body = RawMessage.body(target, false);

        TransactionId first = TransactionId.generate(prober.random());
        Bytes otherVersion =
                RawMessage.of(peer.signer(), RawMessage.header(2, 5, type, first.toBytes()), body, Optional.empty());
        findings.add(
                "another version and feature flags",
                "answered",
                Observation.of(isAnswered(prober, peer, otherVersion, first), "answered", "no answer"));
        TransactionId second = TransactionId.generate(prober.random());
        Bytes unknownOuter = RawMessage.of(
                peer.signer(), RawMessage.header(1, 0, type, second.toBytes()), body, Optional.of(Bytes.zeros(8)));
        findings.add(
                "an unknown field of the outer map",
                "answered",
                Observation.of(isAnswered(prober, peer, unknownOuter, second), "answered", "no answer"));

        padded(
                prober,
                findings,
                peer,
                MessageType.PING,
                peer.identity().address().toBytes());
        padded(prober, findings, peer, MessageType.FIND_NODE, target);
        padded(prober, findings, peer, MessageType.FIND_VALUE, target);

        TransactionId third = TransactionId.generate(prober.random());
        Bytes inHeader = RawMessage.of(
                peer.signer(), RawMessage.headerWithUnknownField(type, third.toBytes()), body, Optional.empty());
        findings.add("an unknown field in the header", "answered", extended(prober, peer, inHeader, third));
        TransactionId fourth = TransactionId.generate(prober.random());
        Bytes inBody = RawMessage.of(
                peer.signer(),
                RawMessage.header(1, 0, type, fourth.toBytes()),
                RawMessage.body(target, true),
                Optional.empty());
        findings.add("an unknown field in the body", "answered", extended(prober, peer, inBody, fourth));
        TransactionId fifth = TransactionId.generate(prober.random());
        Bytes subscription = prober.encode(peer, fifth, new Message.FindValue(Samples.key(prober.random()), 0, true));
        findings.add("FIND_VALUE with a subscription", "answered", extended(prober, peer, subscription, fifth));
    }

    /** Our nodes pad requests with field 5 of the outer map, so that the answer may be longer. */
    private static void padded(Prober prober, Findings findings, ProbePeer peer, MessageType type, Bytes first)
            throws IOException {
        Bytes body = RawMessage.body(first, false);
        boolean all = true;
        for (int zeros : PADDINGS) {
            TransactionId transaction = TransactionId.generate(prober.random());
            Bytes datagram = RawMessage.of(
                    peer.signer(),
                    RawMessage.header(1, 0, type.code(), transaction.toBytes()),
                    body,
                    Optional.of(Bytes.zeros(zeros)));
            all &= isAnswered(prober, peer, datagram, transaction);
        }
        findings.add("a padded " + type, "answered", Observation.of(all, "answered", "no answer"));
    }

    private static boolean isAnswered(Prober prober, ProbePeer peer, Bytes datagram, TransactionId transaction)
            throws IOException {
        return prober.ask(peer, datagram, transaction).isPresent();
    }

    private static Observation extended(Prober prober, ProbePeer peer, Bytes datagram, TransactionId transaction)
            throws IOException {
        return isAnswered(prober, peer, datagram, transaction)
                ? Observation.pass("answered")
                : Observation.knownDefect("no answer", "D-46");
    }
}
