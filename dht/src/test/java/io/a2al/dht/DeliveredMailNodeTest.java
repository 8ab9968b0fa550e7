package io.a2al.dht;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.dht.files.DeliveredMail;
import io.a2al.dht.logging.RateLimitedLogger;
import io.a2al.dht.result.ReceivedMail;
import io.a2al.dht.shell.MailKeeper;
import io.a2al.dht.shell.Tasks;
import io.a2al.dht.transport.Endpoints;
import io.a2al.dht.transport.MemoryNetwork;
import io.a2al.dht.transport.TimeSource;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.mailbox.Mail;
import io.a2al.protocol.mailbox.SealedMail;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.RecordVerifier;
import io.a2al.protocol.record.VerifiedRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Mail that was delivered is not delivered again after a restart, and no other is lost. */
@Timeout(60)
class DeliveredMailNodeTest {

    private final RateLimitedLogger log =
            new RateLimitedLogger(LoggerFactory.getLogger(DeliveredMailNodeTest.class), () -> 0);
    private final Agent sender = Agent.self(TestNodes.identity("sender"));
    private final Agent reader = Agent.self(TestNodes.identity("reader"));

    @TempDir
    private Path folder;

    private MailKeeper keeper() {
        return new MailKeeper(
                Optional.of(new DeliveredMail(folder.resolve("mail-delivered"))),
                TimeSource.SYSTEM,
                new Tasks(log),
                log);
    }

    private VerifiedRecord note(long sequence) throws Exception {
        Bytes sealed = SealedMail.seal(
                sender.address(), reader.address(), reader.publicKey(), Mail.TEXT, Bytes.EMPTY, new SecureRandom());
        long now = TimeSource.SYSTEM.now().unixSeconds();
        return new RecordVerifier(Ed25519.preferred().newVerifier())
                .verify(sender.newSigner().sign(RecordType.MAILBOX, sealed, sequence, now, 3600));
    }

    @Test
    void whatIsMarkedIsNotDelivered() throws Exception {
        VerifiedRecord first = note(1);
        ReceivedMail opened = ReceivedMail.open(reader.address(), reader.key(), first.record());
        MailKeeper keeper = keeper();
        keeper.mark(reader.address(), DeliveredMail.keyOf(opened.note()), DeliveredMail.endOf(first.record()));
        keeper.close();

        assertThat(heardAfterARestart(first, note(2))).containsExactly(2L);
        assertThatThrownBy(() -> keeper.mark(reader.address(), Bytes.EMPTY, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private List<Long> heardAfterARestart(VerifiedRecord... notes) {
        List<Long> heard = new ArrayList<>();
        MailKeeper keeper = keeper();
        MailListener listener =
                new MailListener(reader, mail -> heard.add(mail.mail().sequence()), keeper);
        List.of(notes).forEach(listener);
        keeper.close();
        return heard;
    }

    @Test
    void aNoteIsDeliveredOnceAlsoIfItIsSealedAgainAfterARestart() throws Exception {
        assertThat(heardAfterARestart(note(1), note(2))).containsExactly(1L, 2L);
        assertThat(heardAfterARestart(note(1), note(3), note(2))).containsExactly(3L);
        assertThat(heardAfterARestart(note(3))).isEmpty();
    }

    @Test
    void aNoteThatTheListenerDidNotTakeIsDeliveredAgain() throws Exception {
        MailKeeper keeper = keeper();
        Consumer<ReceivedMail> failing = mail -> {
            throw new IllegalStateException("a defect, on purpose");
        };
        VerifiedRecord note = note(1);
        MailListener listener = new MailListener(reader, failing, keeper);
        assertThatThrownBy(() -> listener.accept(note)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> listener.accept(note)).isInstanceOf(IllegalStateException.class);
        keeper.close();

        assertThat(heardAfterARestart(note)).containsExactly(1L);
    }

    @Test
    void listenersAtTheSameTimeHearTheSame() throws Exception {
        MailKeeper keeper = keeper();
        List<Long> heard = new ArrayList<>();
        MailListener one = new MailListener(reader, mail -> heard.add(1L), keeper);
        MailListener other = new MailListener(reader, mail -> heard.add(2L), keeper);
        VerifiedRecord note = note(1);
        List.of(one, other).forEach(listener -> listener.accept(note));
        new MailListener(reader, mail -> heard.add(3L), keeper).accept(note);
        keeper.close();
        assertThat(heard).containsExactly(1L, 2L);
    }

    @Test
    void whatWasDeliveredIsWrittenWhileTheNodeRuns() throws Exception {
        Path file = folder.resolve("mail-delivered");
        MailKeeper keeper = keeper();
        try (WatchService changes = folder.getFileSystem().newWatchService()) {
            folder.register(changes, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
            MailListener listener = new MailListener(reader, mail -> {}, keeper);
            for (int count = 1; count <= 3; count++) {
                listener.accept(note(count));
                while (!Files.exists(file) || Files.readAllLines(file).size() < count) {
                    assertThat(changes.take().reset()).isTrue();
                }
            }
        }
        keeper.close();
    }

    @Test
    void nothingIsWrittenAfterClosing() throws Exception {
        MailKeeper keeper = keeper();
        MailListener listener = new MailListener(reader, mail -> {}, keeper);
        keeper.close();
        listener.accept(note(1));
        keeper.close();
        assertThat(folder.resolve("mail-delivered")).doesNotExist();
    }

    // ---- nodes ------------------------------------------------------------------------------------------------

    private static String next(BlockingQueue<String> heard) throws InterruptedException {
        String text = heard.poll(50, TimeUnit.SECONDS);
        assertThat(text).as("a note in time").isNotNull();
        return text;
    }

    private static void send(DhtNode from, DhtNode to, String text) throws InterruptedException {
        from.sendMail(to.address(), Mail.TEXT, Bytes.copyOf(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static BlockingQueue<String> listen(DhtNode recipient) {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        recipient.listenMail(mail -> heard.add(new String(mail.mail().body().toArray(), StandardCharsets.UTF_8)));
        return heard;
    }

    private static DhtNode recipient(MemoryNetwork network, DhtNode member, Optional<Path> file) throws Exception {
        DhtNodeBuilder builder =
                DhtNode.builder().identity(TestNodes.identity("recipient")).transport(network.newTransport());
        file.ifPresent(builder::deliveredMail);
        DhtNode node = builder.build().start();
        node.bootstrap(List.of(Endpoints.toSocketAddress(member.localEndpoint())));
        return node;
    }

    @Test
    void aRestartedNodeDeliversOnlyWhatIsNew() throws Exception {
        MemoryNetwork network = new MemoryNetwork();
        Path file = folder.resolve("mail-delivered");
        try (DhtNode member = DhtNode.builder()
                .identity(TestNodes.identity("member"))
                .transport(network.newTransport())
                .build()
                .start()) {
            try (DhtNode node = recipient(network, member, Optional.of(file))) {
                node.publish(EndpointPayload.of(List.of("quic://203.0.113.7:4121")));
                BlockingQueue<String> heard = listen(node);
                send(member, node, "one");
                assertThat(next(heard)).isEqualTo("one");
            }
            try (DhtNode node = recipient(network, member, Optional.of(file))) {
                send(member, node, "two");
                BlockingQueue<String> heard = listen(node);
                assertThat(next(heard)).isEqualTo("two");
                // Records are delivered in the order in which they came, so that the first would be heard before this.
                send(member, node, "three");
                assertThat(next(heard)).isEqualTo("three");
                assertThat(heard).isEmpty();
            }
            try (DhtNode node = recipient(network, member, Optional.empty())) {
                BlockingQueue<String> heard = listen(node);
                assertThat(List.of(next(heard), next(heard), next(heard)))
                        .as("without the file")
                        .containsExactlyInAnyOrder("one", "two", "three");
            }
        }
    }
}
