package io.a2al.bench.load;

import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Envelope;
import io.a2al.protocol.message.Header;
import io.a2al.protocol.message.MalformedMessageException;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.MessageCodec;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * The sockets of all senders, served by one thread. Every socket is connected to the node, so that nothing can go
 * elsewhere. Not thread-safe.
 */
final class LoadClient implements AutoCloseable {

    /** Is told of every answer that could be decoded. */
    @FunctionalInterface
    interface AnswerHandler {
        /**
         * An answer came.
         *
         * @param length bytes of the datagram
         */
        void onAnswer(Member receiver, Envelope answer, int length);
    }

    private static final int SOCKET_BUFFER = 1 << 18;

    private final InetSocketAddress node;
    private final boolean answersPings;
    private final Selector selector = Selector.open();
    private final List<Member> members = new ArrayList<>();
    private final MessageCodec codec = new MessageCodec(Ed25519.preferred().newVerifier());
    private final byte[] bytes = new byte[2048];
    private final ByteBuffer buffer = ByteBuffer.wrap(bytes);
    private AnswerHandler handler = (receiver, answer, length) -> {};

    /**
     * Opens the sockets.
     *
     * @param answersPings whether the node's PINGs are answered
     */
    LoadClient(InetSocketAddress node, int identities, boolean answersPings) throws IOException {
        this.node = node;
        this.answersPings = answersPings;
        try {
            SecureRandom random = new SecureRandom();
            for (int i = 0; i < identities; i++) {
                members.add(open(Identity.generate(random)));
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private Member open(Identity identity) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER);
            channel.connect(node);
            channel.configureBlocking(false);
            Member member = new Member(identity, channel);
            channel.register(selector, SelectionKey.OP_READ, member);
            return member;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    List<Member> members() {
        return members;
    }

    /** The codec that decoded the answer that {@link AnswerHandler} is being told of. */
    MessageCodec codec() {
        return codec;
    }

    /** Whom to tell of answers. */
    void tell(AnswerHandler whom) {
        handler = whom;
    }

    /** Sends a datagram; false if the socket does not take it now. */
    static boolean send(Member sender, ByteBuffer datagram) throws IOException {
        try {
            return sender.channel().write(datagram) > 0;
        } catch (PortUnreachableException nobodyThere) {
            // An earlier datagram was refused; that nobody answers shows in the losses.
            return true;
        }
    }

    /** Takes what has come, or waits a moment for it. */
    void poll(long patienceMillis) throws IOException {
        if (patienceMillis > 0) {
            selector.select(key -> receive((Member) key.attachment()), patienceMillis);
        } else {
            selector.selectNow(key -> receive((Member) key.attachment()));
        }
    }

    private void receive(Member member) {
        try {
            while (true) {
                buffer.clear();
                if (member.channel().receive(buffer) == null) {
                    return;
                }
                Envelope envelope = codec.decode(bytes, buffer.position());
                if (envelope.message() instanceof Message.Ping) {
                    answer(member, envelope);
                } else {
                    handler.onAnswer(member, envelope, buffer.position());
                }
            }
        } catch (MalformedMessageException | IOException notAnAnswer) {
            // Shows as silence; the next datagram is read in the next round.
        }
    }

    private void answer(Member member, Envelope ping) throws IOException {
        if (answersPings) {
            Message pong = new Message.Pong(
                    member.identity().address(), Endpoint.of(node.getAddress().getAddress(), node.getPort()));
            int length = codec.encode(Header.of(pong.type(), ping.transactionId()), pong, member.signer());
            send(member, ByteBuffer.wrap(codec.buffer(), 0, length));
        }
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
