package io.a2al.dht;

import io.a2al.core.Effect;
import io.a2al.dht.transport.Transport;
import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.crypto.Signer;
import io.a2al.protocol.message.Header;
import io.a2al.protocol.message.MessageCodec;

/** Signs messages and hands them to the transport. Keeps buffers; belongs to one thread at a time. */
final class PacketSender {

    private final MessageCodec codec;
    private final Signer signer;
    private final Transport transport;
    private final Traffic traffic;

    PacketSender(MessageCodec codec, Identity identity, Transport transport, Traffic traffic) {
        this.codec = codec;
        this.signer = identity.newSigner();
        this.transport = transport;
        this.traffic = traffic;
    }

    /** A sender with a codec of its own. */
    static PacketSender create(Identity identity, Transport transport, Traffic traffic) {
        MessageCodec codec = new MessageCodec(Ed25519.preferred().newVerifier());
        return new PacketSender(codec, identity, transport, traffic);
    }

    /** False if the message could not be sent, for a reason of this machine's. */
    boolean send(Effect.Send send) {
        Header header = Header.of(send.message().type(), send.transactionId());
        int length = codec.encode(header, send.message(), signer);
        boolean sent = length <= MessageCodec.MAX_DATAGRAM && transport.send(send.to(), codec.buffer(), length);
        traffic.countSent(sent);
        return sent;
    }
}
