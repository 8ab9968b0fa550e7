package io.a2al.dht.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.dht.DhtNode;
import io.a2al.dht.TestNodes;
import io.a2al.dht.result.TaskKind;
import io.a2al.dht.transport.DatagramHandler;
import io.a2al.dht.transport.Transport;
import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Envelope;
import io.a2al.protocol.message.Header;
import io.a2al.protocol.message.MalformedMessageException;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.MessageCodec;
import io.a2al.protocol.message.MessageType;
import io.a2al.protocol.message.TransactionId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The shell of a receiving thread. It holds answers back while further requests are at hand, but never while the thread
 * waits, and it handles the next datagram after one that failed.
 */
class ReceivingThreadTest {

    private static final Identity STRANGER = TestNodes.identity("stranger");
    private static final Endpoint STRANGERS_ENDPOINT = Endpoint.of(new byte[] {127, 0, 0, 1}, 4121);

    /** Without a stack trace, as it is logged. */
    private static final class Defect extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Defect() {
            super("a defect, on purpose", null, false, false);
        }
    }

    /** A transport whose only thread is that of the test. */
    private static final class ByHand implements Transport {

        private final List<byte[]> sent = new CopyOnWriteArrayList<>();
        private Optional<DatagramHandler> handler = Optional.empty();
        private boolean refusing;
        private boolean throwing;

        @Override
        public void start(Supplier<DatagramHandler> handlers) {
            handler = Optional.of(handlers.get());
        }

        @Override
        public boolean send(Endpoint to, byte[] datagram, int length) {
            if (throwing) {
                throw new Defect();
            }
            byte[] copy = new byte[length];
            System.arraycopy(datagram, 0, copy, 0, length);
            sent.add(copy);
            return !refusing;
        }

        @Override
        public Endpoint localEndpoint() {
            return Endpoint.of(new byte[] {127, 0, 0, 1}, 4122);
        }

        @Override
        public void close() {
            // There is no thread to end.
        }
    }

    private final ByHand transport = new ByHand();
    private final MessageCodec codec = new MessageCodec(Ed25519.preferred().newVerifier());
    private final SplittableRandom random = new SplittableRandom(6);
    private final List<TransactionId> asked = new ArrayList<>();
    private DhtNode node;

    @BeforeEach
    void open() throws IOException {
        node = DhtNode.builder()
                .identity(TestNodes.identity("node"))
                .transport(transport)
                .build()
                .start();
    }

    @AfterEach
    void close() {
        node.close();
    }

    private DatagramHandler handler() {
        return transport.handler.orElseThrow();
    }

    private void askForNodes() {
        Message question = new Message.FindNode(STRANGER.nodeId());
        TransactionId transaction = TransactionId.generate(random);
        int length = codec.encode(Header.of(question.type(), transaction), question, STRANGER.newSigner());
        handler().onDatagram(STRANGERS_ENDPOINT, codec.buffer(), length);
        asked.add(transaction);
    }

    /** What the node has sent of one kind, by transaction. */
    private List<TransactionId> sent(MessageType type) throws MalformedMessageException {
        List<TransactionId> transactions = new ArrayList<>();
        for (byte[] datagram : transport.sent) {
            Envelope envelope = codec.decode(datagram, datagram.length);
            if (envelope.header().type() == type) {
                assertThat(codec.verify(envelope)).isTrue();
                transactions.add(envelope.transactionId());
            }
        }
        return transactions;
    }

    @Test
    void answersAreSentInTheirOrderBeforeTheThreadWaits() throws Exception {
        askForNodes();
        askForNodes();
        askForNodes();
        assertThat(sent(MessageType.FIND_NODE_RESPONSE)).isEmpty();

        handler().onDrained();
        assertThat(sent(MessageType.FIND_NODE_RESPONSE)).isEqualTo(asked);

        handler().onDrained();
        assertThat(sent(MessageType.FIND_NODE_RESPONSE)).isEqualTo(asked);
    }

    @Test
    void moreThanAFewAnswersAreNotHeldBack() throws Exception {
        for (int i = 0; i < AnswerBatch.CAPACITY; i++) {
            askForNodes();
        }
        assertThat(sent(MessageType.FIND_NODE_RESPONSE)).isEqualTo(asked);
    }

    @Test
    void requestsAreSentAtOnce() throws Exception {
        askForNodes();
        assertThat(sent(MessageType.PING)).hasSize(1);
    }

    @Test
    void answersThatCannotBeSentAreCounted() {
        askForNodes();
        long failuresBefore = node.traffic().sendFailures();
        transport.refusing = true;

        handler().onDrained();

        assertThat(node.traffic().sendFailures()).isEqualTo(failuresBefore + 1);
    }

    /** The first failure is that of a request to the stranger; the second one is that of the answer, held back. */
    @Test
    void aFailureIsCountedAndTheNextDatagramIsHandled() throws Exception {
        transport.throwing = true;
        askForNodes();
        handler().onDrained();
        assertThat(node.taskStatistics().failures()).containsEntry(TaskKind.DATAGRAM, 2L);
        assertThat(node.taskStatistics().failuresTotal()).isEqualTo(2);

        transport.throwing = false;
        askForNodes();
        handler().onDrained();
        assertThat(sent(MessageType.FIND_NODE_RESPONSE)).containsExactly(asked.getLast());
        assertThat(node.taskStatistics().failuresTotal()).isEqualTo(2);
    }
}
