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

/** Does it keep quiet about what is no message, and live on? (wire.md 2.1, 3.2, 6.2) */
final class SilenceChecks implements CheckGroup {

    private static final int UNKNOWN_TYPE = 0x63;

    /** A way to make nonsense: from the sender and a proper PING of it. */
    private record Nonsense(String what, Optional<String> defect, BiFunction<Member, Bytes, Bytes> maker) {}

    private record Sent(Nonsense nonsense, Member member) {}

    @Override
    public String name() {
        return "silence";
    }

    @Override
    public void run(Prober prober, Findings findings) throws IOException {
        List<Sent> all = new ArrayList<>();
        for (Nonsense nonsense : nonsense(prober)) {
            Member member = prober.stranger();
            Bytes ping = prober.encode(
                    member,
                    TransactionId.generate(prober.random()),
                    new Message.Ping(member.identity().address()));
            prober.send(member, nonsense.maker().apply(member, ping));
            all.add(new Sent(nonsense, member));
        }
        prober.listen();
        for (Sent sent : all) {
            findings.add(sent.nonsense().what(), "silence", heard(sent));
        }
        Member member = prober.stranger();
        boolean alive = prober.ask(member, new Message.Ping(member.identity().address()))
                .isPresent();
        findings.add("a PING after all that", "answered", Seen.of(alive, "answered", "silence"));
    }

    private static Seen heard(Sent sent) {
        if (sent.member().arrivals().isEmpty()) {
            return Seen.good("silence");
        }
        String text = String.valueOf(sent.member().arrivals().getFirst());
        return sent.nonsense().defect().map(defect -> Seen.known(text, defect)).orElse(Seen.bad(text));
    }

    private static List<Nonsense> nonsense(Prober prober) {
        return List.of(
                bad("a signature with a wrong bit", (member, ping) -> changed(ping, ping.length() - 1)),
                bad("a body with a wrong bit", (member, ping) -> changed(ping, 50)),
                bad("a transaction id of 19 bytes", (member, ping) -> ping(member, 1, 19, member)),
                bad("a transaction id of 21 bytes", (member, ping) -> ping(member, 1, 21, member)),
                bad("a PING of another address", (member, ping) -> foreign(prober, member)),
                bad("an unknown type", (member, ping) -> ping(member, UNKNOWN_TYPE, 20, member)),
                bad("bytes after the end", (member, ping) -> ping.concat(Bytes.zeros(1))),
                bad("half a message", (member, ping) -> ping.slice(0, ping.length() / 2)),
                bad("random bytes", (member, ping) -> random(prober, 200)),
                bad("one byte", (member, ping) -> Bytes.fromHex("a4")),
                bad("nesting without end", (member, ping) -> Bytes.fromHex("81".repeat(1000))),
                bad("a claimed length of 4 GiB", (member, ping) -> Bytes.fromHex("a4015affffffff00")),
                new Nonsense(
                        "more than " + MessageCodec.MAX_DATAGRAM + " bytes",
                        Optional.of("D-42"),
                        (member, ping) -> oversize(member)));
    }

    private static Nonsense bad(String what, BiFunction<Member, Bytes, Bytes> maker) {
        return new Nonsense(what, Optional.empty(), maker);
    }

    private static Bytes changed(Bytes datagram, int at) {
        byte[] bytes = datagram.toArray();
        bytes[at] ^= 1;
        return Bytes.copyOf(bytes);
    }

    private static Bytes random(Prober prober, int length) {
        byte[] bytes = new byte[length];
        prober.random().nextBytes(bytes);
        return Bytes.copyOf(bytes);
    }

    private static Bytes ping(Member signer, int type, int transactionLength, Member named) {
        return RawMessage.of(
                signer.signer(),
                RawMessage.header(1, 0, type, Bytes.zeros(transactionLength)),
                RawMessage.body(named.identity().address().toBytes(), false),
                Optional.empty());
    }

    private static Bytes foreign(Prober prober, Member member) {
        return RawMessage.of(
                member.signer(),
                RawMessage.header(1, 0, MessageType.PING.code(), Bytes.zeros(TransactionId.LENGTH)),
                RawMessage.body(Identity.generate(prober.random()).address().toBytes(), false),
                Optional.empty());
    }

    private static Bytes oversize(Member member) {
        return RawMessage.of(
                member.signer(),
                RawMessage.header(1, 0, MessageType.PING.code(), Bytes.zeros(TransactionId.LENGTH)),
                RawMessage.body(member.identity().address().toBytes(), false),
                Optional.of(Bytes.zeros(MessageCodec.MAX_DATAGRAM)));
    }
}
