package io.a2al.dht.shell;

import io.a2al.core.api.Effect;
import io.a2al.dht.transport.Transport;
import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.crypto.Signer;
import io.a2al.protocol.message.Header;
import io.a2al.protocol.message.MessageCodec;
import java.util.Optional;

/** Signs messages and hands them to the transport. Keeps buffers; belongs to one thread at a time. */
public final class PacketSender {

    private final MessageCodec codec;
    private final Signer signer;
    private final Transport transport;
    private final Traffic traffic;
    private final Optional<AnswerBatch> answers;

    private PacketSender(
            MessageCodec codec,
            Identity identity,
            Transport transport,
            Traffic traffic,
            Optional<AnswerBatch> answers) {
        this.codec = codec;
        this.signer = identity.newSigner();
        this.transport = transport;
        this.traffic = traffic;
        this.answers = answers;
    }

    /** A sender with a codec of its own, which sends everything at once. */
    public static PacketSender create(Identity identity, Transport transport, Traffic traffic) {
        MessageCodec codec = new MessageCodec(Ed25519.preferred().newVerifier());
        return new PacketSender(codec, identity, transport, traffic, Optional.empty());
    }

    /** A sender that holds answers back until {@link #sendAnswers}, or until there are many. */
    static PacketSender holdingAnswers(MessageCodec codec, Identity identity, Transport transport, Traffic traffic) {
        return new PacketSender(codec, identity, transport, traffic, Optional.of(new AnswerBatch(transport, traffic)));
    }

    /**
     * False if the message could not be sent, for a reason of this machine's; nobody waits to hear that of an answer.
     */
    boolean send(Effect.Send send) {
        Header header = Header.of(send.message().type(), send.transactionId());
        int length = codec.encode(header, send.message(), signer);
        boolean fits = length <= MessageCodec.MAX_DATAGRAM;
        if (fits && answers.isPresent() && header.type().isResponse()) {
            answers.get().add(send.to(), codec.buffer(), length);
            return true;
        }
        boolean sent = fits && transport.send(send.to(), codec.buffer(), length);
        traffic.countSent(sent);
        return sent;
    }

    /** Sends the answers that are held back. */
    void sendAnswers() {
        if (answers.isPresent()) {
            answers.get().send();
        }
    }
}
