package io.a2al.conformance.node;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.MessageCodec;
import io.a2al.protocol.message.MessageType;
import io.a2al.protocol.message.TransactionId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** Checks that the node drops invalid datagrams without an answer and keeps working (wire.md 2.1, 3.2, 6.2). */
final class InvalidDatagramChecks implements CheckGroup {

    private static final int UNKNOWN_TYPE = 0x63;

    private static final String NO_ANSWER = "no answer";

    /**
     * A kind of invalid datagram.
     *
     * @param defect number of the known defect by which a node answers it, if there is one
     * @param encoder makes the datagram from its sender and a valid PING of the sender
     */
    private record Kind(String name, Optional<String> defect, BiFunction<ProbePeer, Bytes, Bytes> encoder) {}

    private record Sent(Kind kind, ProbePeer peer) {}

    @Override
    public String name() {
        return "invalid datagrams";
    }

    @Override
    public void run(Prober prober, Findings findings) throws IOException {
        List<Sent> all = new ArrayList<>();
        for (Kind kind : kinds(prober)) {
            ProbePeer peer = prober.newPeer();
            Bytes ping = prober.encode(
                    peer,
                    TransactionId.generate(prober.random()),
                    new Message.Ping(peer.identity().address()));
            prober.send(peer, kind.encoder().apply(peer, ping));
            all.add(new Sent(kind, peer));
        }
        prober.listen();
        for (Sent sent : all) {
            findings.add(sent.kind().name(), NO_ANSWER, answer(sent));
        }
        ProbePeer peer = prober.newPeer();
        boolean alive =
                prober.ask(peer, new Message.Ping(peer.identity().address())).isPresent();
        findings.add("a PING afterwards", "answered", Observation.of(alive, "answered", NO_ANSWER));
    }

    private static Observation answer(Sent sent) {
        if (sent.peer().arrivals().isEmpty()) {
            return Observation.pass(NO_ANSWER);
        }
        String text = String.valueOf(sent.peer().arrivals().getFirst());
        return sent.kind()
                .defect()
                .map(defect -> Observation.knownDefect(text, defect))
                .orElse(Observation.fail(text));
    }

    private static List<Kind> kinds(Prober prober) {
        return List.of(
                kind("a signature with one bit flipped", (peer, ping) -> flipped(ping, ping.length() - 1)),
                kind("a body with one bit flipped", (peer, ping) -> flipped(ping, 50)),
                kind("a transaction id of 19 bytes", (peer, ping) -> ping(peer, 1, 19, peer)),
                kind("a transaction id of 21 bytes", (peer, ping) -> ping(peer, 1, 21, peer)),
                kind("a PING with the address of another key", (peer, ping) -> foreign(prober, peer)),
                kind("an unknown message type", (peer, ping) -> ping(peer, UNKNOWN_TYPE, 20, peer)),
                kind("a byte after the end", (peer, ping) -> ping.concat(Bytes.zeros(1))),
                kind("the first half of a message", (peer, ping) -> ping.slice(0, ping.length() / 2)),
                kind("random bytes", (peer, ping) -> random(prober, 200)),
                kind("one byte", (peer, ping) -> Bytes.fromHex("a4")),
                kind("1000 levels of nesting", (peer, ping) -> Bytes.fromHex("81".repeat(1000))),
                kind("a declared length of 4 GiB", (peer, ping) -> Bytes.fromHex("a4015affffffff00")),
                new Kind(
                        "more than " + MessageCodec.MAX_DATAGRAM + " bytes",
                        Optional.of("D-42"),
                        (peer, ping) -> oversize(peer)));
    }

    private static Kind kind(String name, BiFunction<ProbePeer, Bytes, Bytes> encoder) {
        return new Kind(name, Optional.empty(), encoder);
    }

    private static Bytes flipped(Bytes datagram, int at) {
        byte[] bytes = datagram.toArray();
        bytes[at] ^= 1;
        return Bytes.copyOf(bytes);
    }

    private static Bytes random(Prober prober, int length) {
        byte[] bytes = new byte[length];
        prober.random().nextBytes(bytes);
        return Bytes.copyOf(bytes);
    }

    private static Bytes ping(ProbePeer signer, int type, int transactionLength, ProbePeer named) {
        return RawMessage.of(
                signer.signer(),
                RawMessage.header(1, 0, type, Bytes.zeros(transactionLength)),
                RawMessage.body(named.identity().address().toBytes(), false),
                Optional.empty());
    }

    private static Bytes foreign(Prober prober, ProbePeer peer) {
        return RawMessage.of(
                peer.signer(),
                RawMessage.header(1, 0, MessageType.PING.code(), Bytes.zeros(TransactionId.LENGTH)),
                RawMessage.body(Identity.generate(prober.random()).address().toBytes(), false),
                Optional.empty());
    }

    private static Bytes oversize(ProbePeer peer) {
        return RawMessage.of(
                peer.signer(),
                RawMessage.header(1, 0, MessageType.PING.code(), Bytes.zeros(TransactionId.LENGTH)),
                RawMessage.body(peer.identity().address().toBytes(), false),
                Optional.of(Bytes.zeros(MessageCodec.MAX_DATAGRAM)));
    }
}
