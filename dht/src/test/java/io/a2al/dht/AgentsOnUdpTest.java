package io.a2al.dht;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.dht.result.MailResult;
import io.a2al.dht.result.ResolveResult;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.crypto.WalletKey;
import io.a2al.protocol.delegation.Delegation;
import io.a2al.protocol.delegation.DelegationProof;
import io.a2al.protocol.mailbox.Mail;
import io.a2al.protocol.record.EndpointPayload;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Agents of wallets, and mail for who is away, in a network of ten nodes over UDP on loopback. */
@Timeout(60)
class AgentsOnUdpTest {

    private static final EndpointPayload ENDPOINT = EndpointPayload.of(List.of("https://babel.example/a2a"));

    private static TestNodes network;

    @BeforeAll
    static void open() throws Exception {
        network = TestNodes.onUdp(10, InetAddress.getLoopbackAddress());
    }

    @AfterAll
    static void close() {
        network.close();
    }

    /** A process of its own, as it were: comes, acts for its agent, and goes again. */
    private static DhtNode visitor(Agent agent) throws Exception {
        DhtNode node = DhtNode.builder()
                .identity(Identity.generate(new SecureRandom()))
                .agent(agent)
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .threads(1)
                .clientMode()
                .build()
                .start();
        assertThat(node.bootstrap(List.of(network.socketAddress(0))).isConnected())
                .isTrue();
        return node;
    }

    private static Agent walletsAgent(WalletKey wallet) throws Exception {
        Identity key = Identity.generate(new SecureRandom());
        long now = Instant.now().getEpochSecond();
        Delegation delegation = Delegation.of(key.publicKey(), wallet.ethereumAddress(), now, now + 7_200);
        return Agent.delegated(key, DelegationProof.sign(wallet, delegation));
    }

    @Test
    void anyoneFindsWhatTheAgentOfAWalletPublished() throws Exception {
        WalletKey wallet = WalletKey.generate(new SecureRandom());
        try (DhtNode publisher = visitor(walletsAgent(wallet))) {
            assertThat(publisher.publish(ENDPOINT).state().replicas()).isEqualTo(8);
        }
        try (DhtNode reader = visitor(Agent.self(TestNodes.identity("third party")))) {
            assertThat(reader.resolve(wallet.ethereumAddress()))
                    .isInstanceOfSatisfying(ResolveResult.Found.class, found -> {
                        assertThat(found.endpoint().payload()).isEqualTo(ENDPOINT);
                        assertThat(found.endpoint().address().toString()).startsWith("0x");
                    });
        }
    }

    @Test
    void mailIsReadAfterItsSenderWentAndItsRecipientCame() throws Exception {
        Agent recipient = walletsAgent(WalletKey.generate(new SecureRandom()));
        Agent sender = walletsAgent(WalletKey.generate(new SecureRandom()));
        Bytes body = Bytes.copyOf("while you were away".getBytes(StandardCharsets.UTF_8));
        try (DhtNode before = visitor(recipient)) {
            before.publish(ENDPOINT);
            assertThat(before.readMail().mail()).isEmpty();
        }
        try (DhtNode sending = visitor(sender)) {
            assertThat(sending.sendMail(recipient.address(), Mail.TEXT, body)).isInstanceOf(SendResult.Sent.class);
        }
        try (DhtNode after = visitor(recipient)) {
            MailResult read = after.readMail();
            assertThat(read.unreadable()).isEmpty();
            assertThat(read.mail()).singleElement().satisfies(note -> {
                assertThat(note.mail().sender()).isEqualTo(sender.address());
                assertThat(note.mail().body()).isEqualTo(body);
            });
        }
    }
}
