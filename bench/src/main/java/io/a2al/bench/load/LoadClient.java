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
 * The sockets of all senders, served by the calling thread. Each socket is connected to the node, so that nothing can
 * be sent to another address. Not thread-safe.
 */
final class LoadClient implements AutoCloseable {

    /** Receives each message that could be decoded, except PINGs of the node. */
    @FunctionalInterface
    interface AnswerHandler {
        /**
         * Handles an answer.
         *
         * @param sender the sender whose socket received the answer
         * @param length length of the datagram in bytes
         */
        void onAnswer(Sender sender, Envelope answer, int length);
    }

    /** Receive buffer of each socket in bytes; room for more answers than the default of most systems. */
    private static final int SOCKET_BUFFER = 1 << 18;

    private final InetSocketAddress node;
    private final boolean answersPings;
    private final Selector selector = Selector.open();
    private final List<Sender> senders = new ArrayList<>();
    private final MessageCodec codec = new MessageCodec(Ed25519.preferred().newVerifier());
    private final byte[] bytes = new byte[2048];
    private final ByteBuffer buffer = ByteBuffer.wrap(bytes);
    private AnswerHandler handler = (sender, answer, length) -> {};

    /**
     * Opens a socket for each of {@code identities} new identities.
     *
     * @param answersPings true to answer the node's PINGs
     */
    LoadClient(InetSocketAddress node, int identities, boolean answersPings) throws IOException {
        this.node = node;
        this.answersPings = answersPings;
        try {
            SecureRandom random = new SecureRandom();
            for (int i = 0; i < identities; i++) {
                senders.add(open(Identity.generate(random)));
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private Sender open(Identity identity) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER);
            channel.connect(node);
            channel.configureBlocking(false);
            Sender sender = new Sender(identity, channel);
            channel.register(selector, SelectionKey.OP_READ, sender);
            return sender;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    List<Sender> senders() {
        return senders;
    }

    /** Returns the codec that decodes answers. Within {@link AnswerHandler#onAnswer} it can verify the answer. */
    MessageCodec codec() {
        return codec;
    }

    /** Sets the handler for answers. */
    void setAnswerHandler(AnswerHandler newHandler) {
        handler = newHandler;
    }

    /** Sends a datagram. Returns false if the send buffer of the socket is full. */
    static boolean send(Sender sender, ByteBuffer datagram) throws IOException {
        try {
            return sender.channel().write(datagram) > 0;
        } catch (PortUnreachableException ignored) {
            // This reports that an earlier datagram was rejected. Such requests are counted as lost.
            return true;
        }
    }

    /** Handles the datagrams that have arrived. If there are none, waits for one for at most the given time. */
    void poll(long timeoutMillis) throws IOException {
        if (timeoutMillis > 0) {
            selector.select(key -> receive((Sender) key.attachment()), timeoutMillis);
        } else {
            selector.selectNow(key -> receive((Sender) key.attachment()));
        }
    }

    private void receive(Sender sender) {
        try {
            while (true) {
                buffer.clear();
                if (sender.channel().receive(buffer) == null) {
                    return;
                }
                Envelope envelope = codec.decode(bytes, buffer.position());
                if (envelope.message() instanceof Message.Ping) {
                    answer(sender, envelope);
                } else {
                    handler.onAnswer(sender, envelope, buffer.position());
                }
            }
        } catch (MalformedMessageException | IOException notAnAnswer) {
            // The request counts as lost. The next datagram is read at the next poll.
        }
    }

    private void answer(Sender sender, Envelope ping) throws IOException {
        if (answersPings) {
            Message pong = new Message.Pong(
                    sender.identity().address(), Endpoint.of(node.getAddress().getAddress(), node.getPort()));
            int length = codec.encode(Header.of(pong.type(), ping.transactionId()), pong, sender.signer());
            send(sender, ByteBuffer.wrap(codec.buffer(), 0, length));
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
