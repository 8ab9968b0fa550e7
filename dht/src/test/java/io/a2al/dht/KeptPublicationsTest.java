package io.a2al.dht;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.core.NodeSettings;
import io.a2al.core.publish.PublishSettings;
import io.a2al.core.time.ShellTime;
import io.a2al.dht.files.KeptPublication;
import io.a2al.dht.files.PublicationFile;
import io.a2al.dht.result.NodeClosedException;
import io.a2al.dht.result.RefusedException;
import io.a2al.dht.transport.DatagramHandler;
import io.a2al.dht.transport.Endpoints;
import io.a2al.dht.transport.MemoryNetwork;
import io.a2al.dht.transport.Transport;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.crypto.WalletKey;
import io.a2al.protocol.delegation.Delegation;
import io.a2al.protocol.delegation.DelegationProof;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.RecordSigner;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.TopicPayload;
import io.a2al.protocol.record.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Publications that a node resumes when it is started again. */
@Timeout(60)
class KeptPublicationsTest {

    private static final EndpointPayload ENDPOINT = EndpointPayload.of(List.of("quic://203.0.113.7:4121"));
    private static final TopicPayload TOPIC = TopicPayload.of("weather", "agent", List.of("a2a"), List.of());
    private static final Identity SELF = TestNodes.identity("keeper");
    private static final Agent OTHER = Agent.self(TestNodes.identity("other agent"));

    private final MemoryNetwork network = new MemoryNetwork();
    private final AtomicLong unixSeconds = new AtomicLong(1_700_000_000);

    @TempDir
    private Path folder;

    private Path path;
    private DhtNode holder;

    @BeforeEach
    void open() throws Exception {
        path = folder.resolve("publications");
        holder = DhtNode.builder()
                .identity(TestNodes.identity("holder"))
                .transport(network.newTransport())
                .time(this::now)
                .build()
                .start();
    }

    @AfterEach
    void close() {
        holder.close();
    }

    private ShellTime now() {
        return new ShellTime(0, unixSeconds.get());
    }

    private DhtNodeBuilder builder(Path file) {
        return DhtNode.builder()
                .identity(SELF)
                .transport(network.newTransport())
                .time(this::now)
                .publicationsFile(file);
    }

    private DhtNode start() throws Exception {
        return start(builder(path));
    }

    private static DhtNode start(DhtNodeBuilder builder) throws Exception {
        return builder.build().start();
    }

    private void join(DhtNode node) throws InterruptedException {
        assertThat(node.bootstrap(List.of(Endpoints.toSocketAddress(holder.localEndpoint())))
                        .isConnected())
                .isTrue();
    }

    private static long sequence(DhtNode node, NodeId key, Address publisher) {
        return node.publications()
                .at(key, publisher)
                .getFirst()
                .record()
                .record()
                .sequence();
    }

    /** Waits until the other node holds the record; between two looks there is one round trip. */
    private void awaitHeld(DhtNode node, Address publisher) throws InterruptedException {
        while (node.publications()
                        .counts(NodeId.ofAddress(publisher), publisher)
                        .confirmed()
                == 0) {
            node.ping(Endpoints.toSocketAddress(holder.localEndpoint()));
        }
    }

    // ---- what is resumed --------------------------------------------------------------------------------------

    @Test
    void whatIsKeptIsResumedAfterAStopWithANewerRecord() throws Exception {
        long first;
        try (DhtNode node = start()) {
            join(node);
            first = node.publishKept(ENDPOINT).state().record().sequence();
            node.publishKept(TOPIC);
            node.publish(OTHER, TOPIC);
        }
        try (DhtNode node = start()) {
            assertThat(node.publications().count()).isEqualTo(2);
            assertThat(sequence(node, node.nodeId(), node.address())).isGreaterThan(first);
            assertThat(node.publications().at(Topics.keyOf("weather"), node.address()))
                    .hasSize(1);
            assertThat(node.publications().kept())
                    .containsExactly(
                            new KeptPublication.Renewed(node.address(), ENDPOINT),
                            new KeptPublication.Renewed(node.address(), TOPIC));

            join(node);
            awaitHeld(node, node.address());
            assertThat(holder.store()
                            .getEndpoint(node.nodeId())
                            .orElseThrow()
                            .record()
                            .sequence())
                    .isEqualTo(sequence(node, node.nodeId(), node.address()));
        }
    }

    /** A crash leaves the files as they are at one moment; a copy of them is the same. */
    @Test
    void whatIsKeptIsResumedAfterACrash() throws Exception {
        Path copy = folder.resolve("copy");
        try (DhtNode crashed = start()) {
            join(crashed);
            SignedRecord ready =
                    RecordSigner.self(OTHER.key().newSigner()).sign(ENDPOINT, 1, unixSeconds.get() - 200, 3600);
            crashed.publish(ready);
            long first = crashed.publishKept(ENDPOINT).state().record().sequence();
            Files.copy(path, copy);
            Files.copy(folder.resolve("publications.sequence"), folder.resolve("copy.sequence"));
            // The clock of a machine that was reset may be behind.
            unixSeconds.addAndGet(-100);

            try (DhtNode node = start(builder(copy))) {
                assertThat(node.publications().count()).isEqualTo(2);
                assertThat(sequence(node, node.nodeId(), node.address())).isGreaterThan(first);
                assertThat(node.publications().at(OTHER.nodeId(), OTHER.address()))
                        .singleElement()
                        .satisfies(state -> assertThat(state.record().record()).isEqualTo(ready));
            }
        }
    }

    @Test
    void nothingBeginsBeforeTheFileIsWritten() throws Exception {
        try (DhtNode node = start()) {
            CompletableFuture<Publication> publishing = node.publishKeptAsync(ENDPOINT);
            boolean begun = node.publications().count() > 0;
            boolean written = Files.exists(path);
            assertThat(begun && !written).isFalse();
            publishing.join();
            assertThat(path).exists();
        }
    }

    @Test
    void aSentNoteIsResumedUntilItExpires() throws Exception {
        try (DhtNode node = start();
                DhtNode reader = start(builder(folder.resolve("reader")).identity(OTHER.key()))) {
            join(reader);
            reader.publish(ENDPOINT);
            join(node);
            assertThat(node.sendMail(OTHER.address(), 1, Bytes.fromHex("cafe"))).isInstanceOf(SendResult.Sent.class);
        }
        unixSeconds.addAndGet(3000);
        try (DhtNode node = start()) {
            assertThat(node.publications().at(OTHER.nodeId(), node.address())).hasSize(1);
            assertThat(node.publications().kept())
                    .singleElement()
                    .satisfies(note -> assertThat(note.type()).isEqualTo(RecordType.MAILBOX));
        }
        unixSeconds.addAndGet(3000);
        try (DhtNode node = start()) {
            assertThat(node.publications().count()).isZero();
            assertThat(node.publications().kept()).isEmpty();
        }
    }

    // ---- for whom ---------------------------------------------------------------------------------------------

    @Test
    void otherAgentsAreResumedWhenTheyAreNamed() throws Exception {
        long first;
        try (DhtNode node = start()) {
            first = node.publishKept(OTHER, ENDPOINT).state().record().sequence();
        }
        for (int run = 0; run < 2; run++) {
            try (DhtNode node = start()) {
                assertThat(node.publications().count()).isZero();
                assertThat(node.publications().kept())
                        .as("waits for its agent")
                        .containsExactly(new KeptPublication.Renewed(OTHER.address(), ENDPOINT));
            }
        }
        try (DhtNode node = start()) {
            List<Publication> resumed = node.publications().resume(OTHER);
            assertThat(resumed).singleElement().satisfies(publication -> {
                assertThat(publication.isOpen()).isTrue();
                assertThat(publication.state().record().sequence()).isGreaterThan(first);
            });
            assertThat(node.publications().resume(OTHER))
                    .as("is not begun twice")
                    .isEqualTo(resumed);
            assertThat(node.publications().count()).isOne();
        }
    }

    @Test
    void theDelegatedAgentOfTheBuilderIsItsOwn() throws Exception {
        WalletKey wallet = WalletKey.generate(new SecureRandom());
        long end = unixSeconds.get() + 7200;
        Agent delegated = Agent.delegated(
                SELF, DelegationProof.sign(wallet, Delegation.of(SELF.publicKey(), wallet.ethereumAddress(), 0, end)));
        try (DhtNode node = start(builder(path).agent(delegated))) {
            node.publishKept(ENDPOINT);
            node.publishKept(Agent.self(SELF), ENDPOINT);
        }
        try (DhtNode node = start(builder(path).agent(delegated))) {
            assertThat(node.publications().at(delegated.nodeId(), delegated.address()))
                    .hasSize(1);
            assertThat(node.publications().at(node.nodeId(), node.address())).hasSize(1);
        }
        unixSeconds.set(end + 1);
        try (DhtNode node = start(builder(path).agent(delegated))) {
            assertThat(node.publications().count())
                    .as("of an agent whose delegation has ended, nothing")
                    .isOne();
            assertThat(node.publications().kept())
                    .as("until its owner has signed another")
                    .hasSize(2);
        }
    }

    // ---- what ends --------------------------------------------------------------------------------------------

    @Test
    void whatIsClosedIsNotResumed() throws Exception {
        try (DhtNode node = start()) {
            node.publishKept(ENDPOINT).close();
            assertThat(node.publications().kept()).isEmpty();
            node.publishKept(TOPIC);
            node.publishKept(OTHER, TOPIC);
            node.publications().closeAll(node.address());
        }
        try (DhtNode node = start()) {
            assertThat(node.publications().count()).isZero();
            assertThat(node.publications().kept()).containsExactly(new KeptPublication.Renewed(OTHER.address(), TOPIC));
            node.publications().closeAll(OTHER.address());
        }
        try (DhtNode node = start()) {
            assertThat(node.publications().kept()).as("it waited, and ended").isEmpty();
        }
    }

    @Test
    void aResumedPublicationIsClosedByItsHandle() throws Exception {
        try (DhtNode node = start()) {
            node.publishKept(ENDPOINT);
        }
        try (DhtNode node = start()) {
            node.publications().resume(node.agent()).forEach(Publication::close);
            assertThat(node.publications().count()).isZero();
        }
        try (DhtNode node = start()) {
            assertThat(node.publications().count()).isZero();
        }
    }

    /** As many as the node may publish; what an agent has is found among them. */
    @Test
    void manyAgentsAreKeptAndOneOfThemIsResumed() throws Exception {
        List<KeptPublication> many = IntStream.range(0, 5000)
                .<KeptPublication>mapToObj(i -> new KeptPublication.Renewed(
                        OTHER.address(), TopicPayload.of("topic " + i, "agent", List.of(), List.of())))
                .toList();
        new PublicationFile(path).write(many);
        Agent third = Agent.self(TestNodes.identity("third"));
        try (DhtNode node = start()) {
            node.publishKept(ENDPOINT);
            node.publishKept(third, TOPIC);
            node.publishKept(third, ENDPOINT);
        }
        try (DhtNode node = start()) {
            List<KeptPublication> kept = node.publications().kept();
            assertThat(kept).hasSize(5003);
            assertThat(kept.subList(0, many.size())).isEqualTo(many);
            assertThat(node.publications().count()).isOne();
            List<Publication> resumed = node.publications().resume(third);
            assertThat(resumed).extracting(Publication::key).containsExactly(Topics.keyOf("weather"), third.nodeId());
            assertThat(node.publications().resume(third)).isEqualTo(resumed);
            resumed.getFirst().close();
            assertThat(node.publications().closeAll(third.address())).isOne();
            assertThat(node.publications().resume(third)).isEmpty();
        }
        assertThat(new PublicationFile(path).read().publications()).hasSize(5001);
    }

    @Test
    void anotherOfTheSameKindTakesItsPlace() throws Exception {
        EndpointPayload moved = EndpointPayload.of(List.of("quic://203.0.113.8:4121"));
        try (DhtNode node = start()) {
            node.publishKept(ENDPOINT);
        }
        try (DhtNode node = start()) {
            Publication resumed = node.publications().resume(node.agent()).getFirst();
            Publication second = node.publishKept(moved);
            assertThat(resumed.isOpen()).isFalse();
            assertThat(second.isOpen()).isTrue();
            assertThat(node.publications().count()).isOne();
            assertThat(node.publications().kept()).containsExactly(new KeptPublication.Renewed(SELF.address(), moved));
        }
        try (DhtNode node = start()) {
            assertThat(node.publications().count()).isOne();
            assertThat(new PublicationFile(path).read().publications())
                    .containsExactly(new KeptPublication.Renewed(SELF.address(), moved));
        }
    }

    @Test
    void whatIsRefusedIsNotKept() throws Exception {
        NodeSettings one = NodeSettings.DEFAULT.withPublish(PublishSettings.DEFAULT.withMaxPublications(1));
        EndpointPayload moved = EndpointPayload.of(List.of("quic://203.0.113.8:4121"));
        try (DhtNode node = start(builder(path).settings(one))) {
            node.publishKept(ENDPOINT);
            assertThatThrownBy(() -> node.publishKept(TOPIC)).isInstanceOf(RefusedException.class);
            assertThatThrownBy(() -> node.publishKept(moved)).isInstanceOf(RefusedException.class);
            assertThat(node.publications().kept())
                    .containsExactly(new KeptPublication.Renewed(SELF.address(), ENDPOINT));
        }
        assertThat(new PublicationFile(path).read().publications())
                .containsExactly(new KeptPublication.Renewed(SELF.address(), ENDPOINT));
    }

    /** Time stands still, so that an answer that is lost is waited for until the test cancels. */
    @Test
    void whatIsCancelledIsNotKept() throws Exception {
        AtomicBoolean losing = new AtomicBoolean();
        try (DhtNode node = start(builder(path).transport(new LossyTransport(network.newTransport(), losing)))) {
            join(node);
            losing.set(true);
            CompletableFuture<Publication> publishing = node.publishKeptAsync(ENDPOINT);
            while (node.publications().count() == 0) {
                Thread.onSpinWait();
            }
            assertThat(node.publications().kept()).hasSize(1);

            assertThat(publishing.cancel(false)).isTrue();

            assertThat(node.publications().kept()).isEmpty();
            // The thread that began the publication may be between its beginning and noticing that it was cancelled.
            while (node.publications().count() > 0) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void withoutAFileNothingCanBeKept() throws Exception {
        try (DhtNode node = start(DhtNode.builder()
                .identity(SELF)
                .transport(network.newTransport())
                .time(this::now))) {
            assertThatThrownBy(() -> node.publishKept(ENDPOINT))
                    .isInstanceOf(RefusedException.class)
                    .hasMessage("the node has no file of publications; give its builder publicationsFile(…)");
            assertThat(node.publications().count()).isZero();
            assertThat(node.publications().kept()).isEmpty();
        }
    }

    @Test
    void aNodeThatDoesNotRunKeepsNothing() throws Exception {
        DhtNode node = builder(path).build();
        assertThatThrownBy(() -> node.publishKeptAsync(ENDPOINT)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> node.publications().resume(OTHER)).isInstanceOf(IllegalStateException.class);
        node.start().close();
        assertThat(node.publishKeptAsync(ENDPOINT))
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableThat()
                .withCauseInstanceOf(NodeClosedException.class);
        assertThatThrownBy(() -> node.publications().resume(OTHER)).isInstanceOf(NodeClosedException.class);
        assertThat(path).doesNotExist();
    }

    // ---- the disk ---------------------------------------------------------------------------------------------

    @Test
    void aDamagedFileIsSetAsideAndTheNodeGoesOn() throws Exception {
        Files.writeString(path, "{\"version\":1,\"publications\":[{\"type\":1");
        try (DhtNode node = start()) {
            assertThat(node.publications().kept()).isEmpty();
            node.publishKept(ENDPOINT);
        }
        assertThat(folder.resolve("publications.damaged")).content().contains("\"type\":1");
        try (DhtNode node = start()) {
            assertThat(node.publications().count()).isOne();
        }
    }

    @Test
    void aDiskThatRefusesStopsNoPublication() throws Exception {
        for (Path unusable : List.of(folder, folder.resolve("none").resolve("publications"))) {
            try (DhtNode node = start(builder(unusable))) {
                join(node);
                assertThat(node.publishKept(ENDPOINT).state().replicas()).isOne();
                assertThat(node.publications().kept()).hasSize(1);
            }
        }
    }

    /** A later program wrote it, and will read it again. */
    @Test
    void aFileThatCannotBeReadIsNotReplaced() throws Exception {
        String content = "{\"version\":3,\"publications\":{}}";
        Files.writeString(path, content);
        try (DhtNode node = start()) {
            node.publishKept(ENDPOINT);
        }
        assertThat(path).hasContent(content);
    }

    /** Loses what is sent while it is told to. */
    private record LossyTransport(Transport transport, AtomicBoolean losing) implements Transport {

        @Override
        public void start(Supplier<DatagramHandler> handlers) {
            transport.start(handlers);
        }

        @Override
        public boolean send(Endpoint to, byte[] datagram, int length) {
            return losing.get() || transport.send(to, datagram, length);
        }

        @Override
        public Endpoint localEndpoint() {
            return transport.localEndpoint();
        }

        @Override
        public void close() {
            transport.close();
        }
    }
}
