package io.a2al.dht;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.DropReason;
import io.a2al.dht.result.PingResult;
import io.a2al.dht.transport.Endpoints;
import io.a2al.dht.transport.MemoryNetwork;
import io.a2al.dht.transport.Transport;
import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Header;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.MessageCodec;
import io.a2al.protocol.message.TransactionId;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Cheap checks come first: what is dropped is counted under the first reason that it gives, so that a bad signature is
 * seen only where everything else was right (known-defects D-30).
 */
@Timeout(60)
class D30OrderOfChecksTest {

    private static final Identity STRANGER = TestNodes.identity("stranger");

    private final MemoryNetwork network = new MemoryNetwork();
    private final SplittableRandom random = new SplittableRandom(30);
    private final MessageCodec codec = new MessageCodec(Ed25519.preferred().newVerifier());
    private Transport stranger;
    private DhtNode asker;
    private DhtNode node;

    @BeforeEach
    void open() throws IOException {
        stranger = network.newTransport();
        asker = DhtNode.builder()
                .identity(TestNodes.identity("asker"))
                .transport(network.newTransport())
                .build()
                .start();
        node = DhtNode.builder()
                .identity(TestNodes.identity("node"))
                .transport(network.newTransport())
                .build()
                .start();
    }

    @AfterEach
    void close() {
        node.close();
        asker.close();
        stranger.close();
    }

    private void send(byte[] datagram, int length) {
        assertThat(stranger.send(node.localEndpoint(), datagram, length)).isTrue();
    }

    /** A message whose last byte, one of its signature's, is wrong. */
    private void sendForged(Message message) {
        Header header = Header.of(message.type(), TransactionId.generate(random));
        int length = codec.encode(header, message, STRANGER.newSigner());
        byte[] datagram = Arrays.copyOf(codec.buffer(), length);
        datagram[length - 1] ^= 1;
        send(datagram, length);
    }

    /** Waits until everything was dealt with: a node in memory has one thread, which takes one after another. */
    private Map<DropReason, Long> dropped() throws InterruptedException {
        assertThat(asker.ping(Endpoints.toSocketAddress(node.localEndpoint()))).isInstanceOf(PingResult.Answered.class);
        return node.traffic().dropped().entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Test
    void d30_aRequestWithABadSignatureGetsThatFar() throws Exception {
        sendForged(new Message.Ping(STRANGER.address()));
        assertThat(dropped()).containsExactly(Map.entry(DropReason.BAD_SIGNATURE, 1L));
    }

    @Test
    void d30_whatNobodyWaitsForIsDroppedBeforeItsSignature() throws Exception {
        sendForged(new Message.Pong(STRANGER.address(), Endpoint.NOT_UDP));
        assertThat(dropped()).containsExactly(Map.entry(DropReason.UNSOLICITED, 1L));
    }

    @Test
    void d30_whatIsNoMessageIsDroppedBeforeItsSignature() throws Exception {
        send(new byte[] {(byte) 0xA4, 1, 2}, 3);
        assertThat(dropped()).containsExactly(Map.entry(DropReason.MALFORMED, 1L));
    }

    @Test
    void d30_anotherOnesAddressIsSeenBeforeTheSignature() throws Exception {
        sendForged(new Message.Ping(node.address()));
        assertThat(dropped()).containsExactly(Map.entry(DropReason.WRONG_IDENTITY, 1L));
    }

    @Test
    void d42_whatIsLongerThanAMessageIsDroppedUnread() throws Exception {
        Message ping = new Message.Ping(STRANGER.address());
        Header header = Header.of(ping.type(), TransactionId.generate(random));
        int length = codec.encode(header, ping, STRANGER.newSigner());
        send(Arrays.copyOf(codec.buffer(), 1201), 1201);
        send(codec.buffer(), length);

        assertThat(dropped()).containsExactly(Map.entry(DropReason.TOO_LONG, 1L));
        assertThat(node.traffic().accepted()).isGreaterThanOrEqualTo(2);
    }
}
