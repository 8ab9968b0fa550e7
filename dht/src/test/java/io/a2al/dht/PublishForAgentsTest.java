package io.a2al.dht;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.core.time.ShellTime;
import io.a2al.dht.result.RefusedException;
import io.a2al.dht.result.ResolveResult;
import io.a2al.dht.transport.MemoryNetwork;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.crypto.WalletKey;
import io.a2al.protocol.delegation.Delegation;
import io.a2al.protocol.delegation.DelegationProof;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.AgentProfilePayload;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.RecordPolicy;
import io.a2al.protocol.record.RecordSigner;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.TopicFilter;
import io.a2al.protocol.record.TopicPayload;
import io.a2al.protocol.record.Topics;
import io.a2al.protocol.record.VerifiedRecord;
import io.a2al.protocol.testing.Fixtures;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Publishing on behalf of others, and records that others signed. */
@Timeout(60)
class PublishForAgentsTest {

    private static final EndpointPayload ENDPOINT = EndpointPayload.of(List.of("https://agent.example"));

    /** What a node that is alone says about each publication. */
    private static final PublicationNotice ALONE = new PublicationNotice.FewReplicas(0, 8, 0, 0, Optional.empty());

    private static final TopicPayload ENTRY = TopicPayload.of("translation", "Babel", List.of("a2a"), List.of());
    private static final Identity KEY = TestNodes.identity("operational");
    private static final WalletKey WALLET = Fixtures.wallet(3);

    private static long now() {
        return Instant.now().getEpochSecond();
    }

    private static Agent ofWallet(long issuedAt, long expiresAt) throws Exception {
        Delegation delegation = Delegation.of(KEY.publicKey(), WALLET.ethereumAddress(), issuedAt, expiresAt);
        return Agent.delegated(KEY, DelegationProof.sign(WALLET, delegation));
    }

    private static Agent ofMaster(long issuedAt, long expiresAt) throws Exception {
        return Agent.delegated(KEY, DelegationProof.sign(Fixtures.A.newSigner(), KEY.publicKey(), issuedAt, expiresAt));
    }

    /** A node without contacts whose wall clock stands still. */
    private static DhtNode alone(long unixSeconds) throws Exception {
        return alone(new AtomicLong(unixSeconds));
    }

    private static DhtNode alone(AtomicLong unixSeconds) throws Exception {
        return DhtNode.builder()
                .identity(TestNodes.identity("alone"))
                .transport(new MemoryNetwork().newTransport())
                .time(() -> new ShellTime(System.nanoTime(), unixSeconds.get()))
                .build()
                .start();
    }

    // ---- agents -----------------------------------------------------------------------------------------------

    @Test
    void whatADelegatedKeyPublishesIsFoundUnderTheOwnersAddress() throws Exception {
        try (TestNodes nodes = TestNodes.inMemory(8)) {
            for (Agent agent : List.of(ofWallet(now() - 10, 0), ofMaster(now() - 10, 0))) {
                Publication publication = nodes.get(2).publish(agent, ENDPOINT);
                nodes.get(2).publish(agent, ENTRY);

                assertThat(publication.key()).isEqualTo(agent.nodeId());
                assertThat(publication.state().replicas()).isEqualTo(7);
                assertThat(nodes.get(6).resolve(agent.address()))
                        .isInstanceOfSatisfying(ResolveResult.Found.class, found -> {
                            assertThat(found.endpoint().payload()).isEqualTo(ENDPOINT);
                            assertThat(found.endpoint().address()).isEqualTo(agent.address());
                            assertThat(found.endpoint().record().publicKey()).isEqualTo(KEY.publicKey());
                        });
            }
            // A topic holds one entry per key (wire.md 10.1), the one with the later delegation.
            assertThat(nodes.get(7).discover("translation", TopicFilter.ALL).entries())
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.address()).isEqualTo(Fixtures.A.address()));
            assertThat(nodes.get(5).resolve(nodes.get(2).address())).isInstanceOf(ResolveResult.NotFound.class);
        }
    }

    @Test
    void aNodeHasAnAgentOfItsOwnThatNeedNotBeItself() throws Exception {
        MemoryNetwork network = new MemoryNetwork();
        Agent agent = ofWallet(now() - 10, 0);
        try (DhtNode acting = DhtNode.builder()
                        .identity(TestNodes.identity("acting"))
                        .agent(agent)
                        .transport(network.newTransport())
                        .build()
                        .start();
                DhtNode itself = DhtNode.builder()
                        .identity(TestNodes.identity("itself"))
                        .transport(network.newTransport())
                        .build()
                        .start()) {
            assertThat(acting.agent()).isEqualTo(agent);
            assertThat(acting.address()).isNotEqualTo(agent.address());
            assertThat(acting.publish(ENDPOINT).key()).isEqualTo(agent.nodeId());
            assertThat(itself.agent()).isEqualTo(Agent.self(TestNodes.identity("itself")));
            assertThat(itself.publish(ENDPOINT).key()).isEqualTo(itself.nodeId());
        }
    }

    @Test
    void aProfileIsPublishedBesideTheEndpoint() throws Exception {
        try (TestNodes nodes = TestNodes.inMemory(4)) {
            AgentProfilePayload profile = AgentProfilePayload.of("Babel", List.of("mcp"), List.of("translation"));
            nodes.get(1).publish(ENDPOINT);
            Publication publication = nodes.get(1).publish(profile);

            assertThat(publication.key()).isEqualTo(nodes.get(1).nodeId());
            assertThat(publication.state().replicas()).isEqualTo(3);
            assertThat(publication.state().record().payload()).contains(profile.encode());
            assertThat(nodes.get(3).resolve(nodes.get(1).address())).isInstanceOf(ResolveResult.Found.class);
        }
    }

    // ---- the end of a delegation ------------------------------------------------------------------------------

    @Test
    void anEndedDelegationIsRefusedBeforeAnythingIsSent() throws Exception {
        long end = 1_700_000_000;
        Agent agent = ofWallet(end - 100, end);
        try (DhtNode node = alone(end)) {
            assertThatThrownBy(() -> node.publish(agent, ENDPOINT))
                    .isInstanceOf(RefusedException.class)
                    .hasMessage("the delegation of " + agent.address()
                            + " ended at 2023-11-14T22:13:20Z; have its owner sign a new one");
            assertThat(node.traffic().sent()).isZero();
        }
    }

    @Test
    void aDelegationFromTheFutureIsRefusedBeforeAnythingIsSent() throws Exception {
        Agent agent = ofWallet(1_700_000_061, 0);
        try (DhtNode node = alone(1_700_000_000)) {
            assertThatThrownBy(() -> node.publish(agent, ENDPOINT))
                    .isInstanceOf(RefusedException.class)
                    .hasMessage("the delegation of " + agent.address()
                            + " was issued in the future, at Unix time 1700000061; check this machine's clock");
        }
        try (DhtNode later = alone(1_700_000_001)) {
            assertThat(later.publish(agent, ENDPOINT).key()).isEqualTo(agent.nodeId());
        }
    }

    @Test
    void aRecordEndsWithItsDelegationAndSaysSo() throws Exception {
        long end = 1_700_000_000;
        Agent agent = ofMaster(end - 10_000, end);
        try (DhtNode node = alone(end - 600)) {
            Publication publication = node.publish(agent, ENDPOINT);
            SignedRecord record = publication.state().record();
            assertThat(record.timestamp() + record.ttl()).isEqualTo(end);
            assertThat(publication.notices())
                    .containsExactly(new PublicationNotice.EndsWithDelegation(Instant.ofEpochSecond(end)), ALONE);
            assertThat(publication.notices().getFirst().text())
                    .isEqualTo(
                            "the record is valid until 2023-11-14T22:13:20Z only, when the delegation of its key ends");
        }
        try (DhtNode node = alone(end - 1)) {
            SignedRecord last = node.publish(agent, ENDPOINT).state().record();
            assertThat(last.timestamp() + last.ttl()).isEqualTo(end);
        }
    }

    @Test
    void aDelegationThatEndsLaterShortensNothing() throws Exception {
        long end = 1_700_000_000;
        for (long before : new long[] {3_599, 3_600, 1_000_000}) {
            try (DhtNode node = alone(end - before)) {
                Publication publication = node.publish(ofMaster(end - 2_000_000, end), ENDPOINT);
                assertThat(publication.state().record().ttl()).isEqualTo(3600);
                assertThat(publication.notices()).containsExactly(ALONE);
            }
        }
    }

    /** Half an hour later, whatever wakes the node makes it renew; the other record cannot be made to live longer. */
    @Test
    void recordsAreRenewedUnlessTheyEndWithTheirDelegation() throws Exception {
        AtomicLong passed = new AtomicLong();
        try (DhtNode node = DhtNode.builder()
                .identity(TestNodes.identity("renewing"))
                .transport(new MemoryNetwork().newTransport())
                .time(() -> new ShellTime(passed.get() * 1_000_000_000, 1_700_000_000 + passed.get()))
                .build()
                .start()) {
            Publication ending = node.publish(ofMaster(1_600_000_000, 1_700_003_000), ENDPOINT);
            Publication lasting = node.publish(ofWallet(1_600_000_000, 0), ENDPOINT);
            SignedRecord last = ending.state().record();
            SignedRecord first = lasting.state().record();

            BlockingQueue<VerifiedRecord> heard = new LinkedBlockingQueue<>();
            node.listen(lasting.key(), RecordType.ENDPOINT, heard::add);
            // In small steps, since a node does not count time in which it was not called.
            while (passed.get() < 1_800) {
                passed.addAndGet(5);
                var _ = node.pingAsync(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 9), Duration.ofMillis(1));
            }
            VerifiedRecord next = heard.poll(50, TimeUnit.SECONDS);
            while (next != null && next.record().equals(first)) {
                next = heard.poll(50, TimeUnit.SECONDS);
            }
            assertThat(next).as("a renewed record in time").isNotNull();

            SignedRecord renewed = lasting.state().record();
            // Attempts to renew the other record use up sequence numbers as well.
            assertThat(renewed.sequence()).isGreaterThanOrEqualTo(1_700_001_800L);
            assertThat(renewed.timestamp() + renewed.ttl()).isEqualTo(first.timestamp() + first.ttl() + 1_800);
            assertThat(ending.state().record()).isEqualTo(last);
            assertThat(NodePublications.isWorthPublishing(renewed, first)).isTrue();
            assertThat(NodePublications.isWorthPublishing(last, last)).isFalse();
            assertThat(NodePublications.isWorthPublishing(first, renewed))
                    .as("the clock was set back since")
                    .isTrue();
        }
    }

    // ---- sizes ------------------------------------------------------------------------------------------------

    @Test
    void d19_whatOldNodesCannotServeIsSaid() throws Exception {
        try (DhtNode node = alone(1_700_000_000)) {
            Publication small = node.publish(ENDPOINT);
            assertThat(small.notices()).containsExactly(ALONE);

            int room = node.agent().roomForOldNodes(ENDPOINT);
            EndpointPayload atLimit = EndpointPayload.of(List.of("https://agent.example", "x".repeat(room - 3)));
            assertThat(node.publish(atLimit).notices()).containsExactly(ALONE);
            assertThat(node.publish(atLimit).state().record().encodedLength()).isEqualTo(491);

            EndpointPayload over = EndpointPayload.of(List.of("https://agent.example", "x".repeat(room - 2)));
            Publication large = node.publish(over);
            assertThat(large.notices()).containsExactly(new PublicationNotice.OldNodesCannotServe(492, 491), ALONE);
            assertThat(large.notices().getFirst().text())
                    .isEqualTo(
                            "the endpoint record has 492 bytes; nodes of the older protocol version cannot serve more"
                                    + " than 491");
            assertThat(large.state().record().payload())
                    .as("nothing is left out")
                    .contains(over.encode());

            Publication wallets = node.publish(ofWallet(1, 0), ENDPOINT);
            assertThat(wallets.notices())
                    .hasSize(2)
                    .hasAtLeastOneElementOfType(PublicationNotice.OldNodesCannotServe.class);
            assertThat(node.publish(AgentProfilePayload.of("n".repeat(500), List.of(), List.of()))
                            .notices())
                    .as("only endpoint records are sent twice")
                    .containsExactly(ALONE);
        }
    }

    // ---- addresses --------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({
        "quic://203.0.113.7:9999, true",
        "QUIC://[2001:db8::7]:9999/a2a, true",
        "quic://agent_one.example:9999?x=1, true",
        "quic://203.0.113.7:{port}, false",
        "quic://203.0.113.7:{port}/path:1, false",
        "https://203.0.113.7:9999, false",
        "udp://203.0.113.7:9999, false",
        "quic://agent.example, false",
        "quic:, false"
    })
    void d55_aQuicUrlThatIsTakenForTheNodesAddressIsReported(String url, boolean reported) throws Exception {
        try (DhtNode node = alone(1_700_000_000)) {
            int port = node.localEndpoint().port();
            String published = url.replace("{port}", Integer.toString(port));
            EndpointPayload payload = EndpointPayload.of(List.of("https://agent.example", published));
            PublicationNotice taken = new PublicationNotice.TakenForNodeAddress(published, port);
            List<PublicationNotice> notices = node.publish(payload).notices();
            assertThat(notices.contains(taken)).isEqualTo(reported);
            assertThat(node.publish(ofMaster(1, 0), payload).notices())
                    .as("an agent with an address of its own")
                    .doesNotContain(taken);
            assertThat(taken.text()).contains(published, "which listens on port " + port);
        }
    }

    // ---- replicas ---------------------------------------------------------------------------------------------

    /**
     * Nodes of a network in which some do not hold an entry under a topic: in a small one, sixteen and the publisher
     * do.
     */
    private static final int SOME_WITHOUT_TOPIC = 20;

    @Test
    void aNewerRecordOfTheOwnerIsReported() throws Exception {
        try (TestNodes nodes = TestNodes.inMemory(SOME_WITHOUT_TOPIC)) {
            SignedRecord highest = RecordSigner.self(KEY.newSigner()).sign(ENDPOINT, -1, now() - 10, 600);
            SignedRecord entry = RecordSigner.self(KEY.newSigner()).sign(ENTRY, -1, now() - 10, 600);
            nodes.get(2).publish(highest).close();
            nodes.get(2).publish(entry).close();
            PublicationNotice hidden = new PublicationNotice.HiddenByNewerRecord(-1);
            Agent agent = Agent.self(KEY);
            DhtNode node = withoutRecordsAt(nodes, KEY.nodeId());
            DhtNode otherNode = withoutRecordsAt(nodes, Topics.keyOf(ENTRY.topic()));
            try (Publication publication = node.publish(agent, ENDPOINT);
                    Publication other = otherNode.publish(agent, ENTRY)) {
                assertThat(publication.notices()).containsExactly(hidden);
                assertThat(other.notices()).containsExactly(hidden);
            }
            assertThat(hidden.text()).contains("18446744073709551615");
            // The remedy.
            DelegationProof proof = DelegationProof.sign(
                    KEY.newSigner(), TestNodes.identity("new").publicKey(), now() - 10, 0);
            try (Publication remedy = node.publish(Agent.delegated(TestNodes.identity("new"), proof), ENDPOINT)) {
                assertThat(remedy.notices()).isEmpty();
                assertThat(nodes.get(3).resolve(KEY.address()))
                        .isInstanceOfSatisfying(
                                ResolveResult.Found.class,
                                found -> assertThat(found.endpoint().record())
                                        .isEqualTo(remedy.state().record()));
            }
        }
    }

    /** A node that has the newer record itself refuses to publish another. */
    private static DhtNode withoutRecordsAt(TestNodes nodes, NodeId key) {
        return IntStream.range(0, SOME_WITHOUT_TOPIC)
                .mapToObj(nodes::get)
                .filter(node -> node.store().get(key, 0).isEmpty())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theReasonOfTooFewReplicasIsGiven() {
        assertThat(ALONE.text()).isEqualTo("only 0 of 8 nodes hold the record: no node was found near its key");
        assertThat(new PublicationNotice.FewReplicas(1, 8, 3, 2, Optional.of("A refused the record")).text())
                .isEqualTo("only 1 of 8 nodes hold the record: 3 nodes were found near its key, of which 2 refused it"
                        + " or did not answer; A refused the record");
        assertThat(new PublicationNotice.FewReplicas(1, 8, 1, 0, Optional.empty()).text())
                .endsWith("1 node was found near its key");
    }

    // ---- clocks -----------------------------------------------------------------------------------------------

    /** A replica of the older protocol version refuses records from the future, even by a second. */
    @Test
    void d28_recordsAreDatedASecondBack() throws Exception {
        try (DhtNode node = alone(1_700_000_000)) {
            assertThat(node.publish(ENDPOINT).state().record().timestamp()).isEqualTo(1_699_999_999);
            assertThat(node.publish(ENTRY).state().record().timestamp()).isEqualTo(1_699_999_999);
        }
    }

    @Test
    void sequenceNumbersGrowWhateverTheClockDoes() throws Exception {
        AtomicLong clock = new AtomicLong(1_700_000_000);
        try (DhtNode node = alone(clock)) {
            long first = node.publish(ENDPOINT).state().record().sequence();
            clock.addAndGet(-5);
            long second = node.publish(ENDPOINT).state().record().sequence();
            clock.addAndGet(100);
            long third = node.publish(ENDPOINT).state().record().sequence();
            assertThat(List.of(first, second, third)).containsExactly(1_700_000_000L, 1_700_000_001L, 1_700_000_095L);
        }
    }

    // ---- records signed elsewhere -----------------------------------------------------------------------------

    @Test
    void whatWasSignedElsewhereIsPublishedAsItIs() throws Exception {
        try (TestNodes nodes = TestNodes.inMemory(6)) {
            RecordSigner elsewhere = RecordSigner.self(Fixtures.C.newSigner());
            SignedRecord endpoint = elsewhere.sign(ENDPOINT, 5, now() - 1, 600);
            SignedRecord entry = elsewhere.sign(ENTRY, 5, now() - 1, 600);

            Publication published = nodes.get(1).publish(endpoint);
            nodes.get(1).publish(entry);

            assertThat(published.state().record()).isEqualTo(endpoint);
            assertThat(published.state().replicas()).isEqualTo(5);
            assertThat(nodes.get(4).resolve(Fixtures.C.address()))
                    .isInstanceOfSatisfying(
                            ResolveResult.Found.class,
                            found -> assertThat(found.endpoint().record()).isEqualTo(endpoint));
            assertThat(nodes.get(5).discover("translation", TopicFilter.ALL).entries())
                    .hasSize(1);
        }
    }

    @Test
    void aTypeThatNamesNoKeyNeedsOne() throws Exception {
        try (TestNodes nodes = TestNodes.inMemory(3)) {
            SignedRecord note = RecordSigner.self(Fixtures.C.newSigner()).sign(0x81, Bytes.zeros(9), 5, now() - 1, 600);

            assertThatThrownBy(() -> nodes.get(0).publish(note))
                    .isInstanceOf(RefusedException.class)
                    .hasMessage("a record of type 129 does not say at which key it lives; give the key");
            NodeId key = Topics.keyOf("anything");
            Publication publication = nodes.get(0).publish(key, note);
            assertThat(publication.key()).isEqualTo(key);
            assertThat(publication.state().replicas()).isEqualTo(2);
        }
    }

    @Test
    void whatOthersWouldRefuseIsRefusedBeforeAnythingIsSent() throws Exception {
        try (DhtNode node = alone(now())) {
            SignedRecord good = RecordSigner.self(Fixtures.C.newSigner()).sign(ENDPOINT, 5, now() - 1, 600);
            byte[] bits = good.encoded().toArray();
            bits[bits.length - 1] ^= 1;
            SignedRecord forged = SignedRecord.decode(Bytes.copyOf(bits));
            SignedRecord foreign = RecordSigner.delegated(
                            Fixtures.C.newSigner(), Fixtures.B.address(), Bytes.fromHex("a0"))
                    .sign(ENDPOINT, 5, now() - 1, 600);
            SignedRecord entry = RecordSigner.self(Fixtures.C.newSigner()).sign(ENTRY, 5, now() - 1, 600);

            assertThatThrownBy(() -> node.publish(forged))
                    .isInstanceOf(RefusedException.class)
                    .hasMessage("the record's signature does not match its fields and key");
            assertThatThrownBy(() -> node.publish(foreign))
                    .isInstanceOf(RefusedException.class)
                    .hasMessage("the signing key may not publish for " + Fixtures.B.address());
            assertThatThrownBy(() -> node.publish(Topics.keyOf("another"), entry))
                    .isInstanceOf(RefusedException.class);
            assertThatThrownBy(() -> node.publish(Fixtures.A.nodeId(), good)).isInstanceOf(RefusedException.class);
            assertThat(node.traffic().sent()).isZero();
        }
    }

    // ---- policies ---------------------------------------------------------------------------------------------

    @Test
    void d22_theStandardPolicyIsTheDefaultAndCanBeExchanged() throws Exception {
        SignedRecord foreign = RecordSigner.delegated(Fixtures.C.newSigner(), Fixtures.B.address(), Bytes.fromHex("a0"))
                .sign(ENDPOINT, 5, now() - 1, 600);
        MemoryNetwork network = new MemoryNetwork();
        try (DhtNode standard = DhtNode.builder()
                        .identity(TestNodes.identity("standard"))
                        .transport(network.newTransport())
                        .build()
                        .start();
                DhtNode open = DhtNode.builder()
                        .identity(TestNodes.identity("open"))
                        .transport(network.newTransport())
                        .recordPolicy(RecordPolicy.acceptAll())
                        .build()
                        .start();
                DhtNode closed = DhtNode.builder()
                        .identity(TestNodes.identity("closed"))
                        .transport(network.newTransport())
                        .recordPolicy(RecordPolicy.standard().and((key, record, at) -> false))
                        .build()
                        .start()) {
            assertThatThrownBy(() -> standard.publish(foreign)).isInstanceOf(RefusedException.class);
            assertThat(open.publish(foreign).state().record().address()).isEqualTo(Fixtures.B.address());
            assertThatThrownBy(() -> closed.publish(ENDPOINT)).isInstanceOf(RefusedException.class);
        }
    }
}
