package io.a2al.dht;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.core.NodeSettings;
import io.a2al.core.push.PushSettings;
import io.a2al.dht.logging.RateLimitedLogger;
import io.a2al.dht.result.CallbackKind;
import io.a2al.dht.result.ReceivedMail;
import io.a2al.dht.result.RefusedException;
import io.a2al.dht.result.TopicEntry;
import io.a2al.dht.shell.MailKeeper;
import io.a2al.dht.shell.Tasks;
import io.a2al.dht.transport.MemoryNetwork;
import io.a2al.dht.transport.TimeSource;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.mailbox.Mail;
import io.a2al.protocol.mailbox.SealedMail;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.InvalidRecordException;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.RecordVerifier;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.TopicFilter;
import io.a2al.protocol.record.TopicPayload;
import io.a2al.protocol.record.Topics;
import io.a2al.protocol.record.VerifiedRecord;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

@Timeout(60)
class SubscriptionTest {

    private static final Logger LOG = LoggerFactory.getLogger(SubscriptionTest.class);
    private static final String TOPIC = "news";
    private static final long NOW = 1_700_000_000L;

    /** What was handed to the executor and not run yet. */
    private final Deque<Runnable> tasks = new ArrayDeque<>();

    private static TopicPayload entry(String name, String... tags) {
        return TopicPayload.of(TOPIC, name, List.of("a2a"), List.of(tags));
    }

    // ---- the queue of one consumer ----------------------------------------------------------------------------

    private interface Check {
        void check(VerifiedRecord record) throws Exception;
    }

    private void withRecord(Check check) throws Exception {
        try (DhtNode node = DhtNode.builder()
                .identity(TestNodes.identity("alone"))
                .transport(new MemoryNetwork().newTransport())
                .build()
                .start()) {
            BlockingQueue<VerifiedRecord> heard = new LinkedBlockingQueue<>();
            node.listen(Topics.keyOf(TOPIC), RecordType.TOPIC, heard::add);
            node.publish(entry("one"));
            check.check(heard.take());
        }
    }

    private QueuedSubscription subscription(Consumer<VerifiedRecord> consumer) {
        ApplicationCalls calls = new ApplicationCalls(new RateLimitedLogger(LOG, () -> 0));
        CallbackQueue.Delivery<VerifiedRecord> delivery =
                new CallbackQueue.Delivery<>(CallbackKind.RECORD_CONSUMER, consumer, calls);
        return new QueuedSubscription(ignored -> {}, NodeId.ZERO, tasks::add, delivery);
    }

    @Test
    void whileTheConsumerIsBusyRecordsWaitUpToALimit() throws Exception {
        withRecord(record -> {
            List<VerifiedRecord> delivered = new ArrayList<>();
            QueuedSubscription subscription = subscription(delivered::add);
            for (int i = 0; i < Subscription.QUEUE + 5; i++) {
                subscription.offer(record);
            }
            assertThat(delivered).as("never on the caller's thread").isEmpty();
            assertThat(tasks).as("one at a time").hasSize(1);
            assertThat(subscription.state()).isEqualTo(new Subscription.State(0, 0, Subscription.QUEUE, 5));

            tasks.remove().run();
            assertThat(delivered).hasSize(Subscription.QUEUE);
            assertThat(subscription.state()).isEqualTo(new Subscription.State(Subscription.QUEUE, 0, 0, 5));
            subscription.offer(record);
            assertThat(tasks).hasSize(1);
        });
    }

    @Test
    void aConsumerThatThrowsIsCalledAgain() throws Exception {
        withRecord(record -> {
            QueuedSubscription subscription = subscription(ignored -> {
                throw new IllegalStateException("a defect, on purpose");
            });
            subscription.offer(record);
            subscription.offer(record);
            tasks.remove().run();
            assertThat(subscription.state()).isEqualTo(new Subscription.State(2, 2, 0, 0));
        });
    }

    @Test
    void afterClosingNothingIsDelivered() throws Exception {
        withRecord(record -> {
            List<VerifiedRecord> delivered = new ArrayList<>();
            QueuedSubscription subscription = subscription(delivered::add);
            subscription.offer(record);
            subscription.close();
            subscription.close();
            tasks.remove().run();
            subscription.offer(record);
            assertThat(delivered).isEmpty();
            assertThat(tasks).isEmpty();
            assertThat(subscription.isOpen()).isFalse();
        });
    }

    // ---- nodes ------------------------------------------------------------------------------------------------

    /** The listener is none of the eight replicas of the topic, so that the second record comes by a push. */
    @Test
    void aRecordIsPushedToAListenerFarAway() throws Exception {
        NodeId key = Topics.keyOf(TOPIC);
        try (TestNodes nodes = TestNodes.inMemory(12)) {
            List<DhtNode> byDistance = IntStream.range(0, 12)
                    .mapToObj(nodes::get)
                    .sorted(Comparator.comparing(DhtNode::nodeId, key.byDistance()))
                    .toList();
            DhtNode listener = byDistance.getLast();
            DhtNode publisher = byDistance.get(10);
            publisher.publish(entry("first"));

            BlockingQueue<TopicEntry> heard = new LinkedBlockingQueue<>();
            try (Subscription subscription = listener.listenTopic(TOPIC, TopicFilter.ALL, heard::add)) {
                assertThat(subscription.key()).isEqualTo(key);
                assertThat(next(heard).payload().name()).isEqualTo("first");
                nodes.awaitQuiet();
                assertThat(byDistance).anyMatch(SubscriptionTest::hasSubscribers);
                byDistance.getFirst().publish(entry("second"));
                assertThat(next(heard).payload().name()).isEqualTo("second");
                assertThat(listener.statistics().push().pushesAccepted()).isPositive();
            }
            assertThat(listener.statistics().push().listeners().used()).isZero();
        }
    }

    private static boolean hasSubscribers(DhtNode node) {
        return node.statistics().push().subscribers().used() > 0;
    }

    @Test
    void onlyWhatTheFilterLetsPassIsDelivered() throws Exception {
        try (TestNodes nodes = TestNodes.inMemory(3)) {
            BlockingQueue<TopicEntry> heard = new LinkedBlockingQueue<>();
            nodes.get(0).listenTopic(TOPIC, new TopicFilter(List.of(), List.of("de")), heard::add);
            nodes.get(1).publish(entry("english", "en"));
            nodes.get(2).publish(entry("deutsch", "de"));
            assertThat(next(heard).payload().name()).isEqualTo("deutsch");
            assertThat(heard).isEmpty();
        }
    }

    @Test
    void mailIsOpenedAndToldOnce() throws Exception {
        try (TestNodes nodes = TestNodes.inMemory(3)) {
            DhtNode recipient = nodes.get(0);
            recipient.publish(EndpointPayload.of(List.of("quic://203.0.113.7:4121")));
            BlockingQueue<ReceivedMail> heard = new LinkedBlockingQueue<>();
            recipient.listenMail(heard::add);
            for (String text : List.of("one", "two")) {
                Bytes body = Bytes.copyOf(text.getBytes(StandardCharsets.UTF_8));
                nodes.get(1).sendMail(recipient.address(), Mail.TEXT, body);
                ReceivedMail mail = heard.poll(50, TimeUnit.SECONDS);
                assertThat(mail).as("a note in time").isNotNull();
                assertThat(mail.mail().body()).isEqualTo(body);
                assertThat(mail.mail().sender()).isEqualTo(nodes.get(1).address());
            }
            assertThat(heard).isEmpty();
        }
    }

    /** A sender that seals and sends a note again, as it does not know whether it arrived, is heard once. */
    @Test
    void aNoteThatWasSealedTwiceIsTheSameNote() throws Exception {
        Agent sender = Agent.self(TestNodes.identity("sender"));
        Agent reader = Agent.self(TestNodes.identity("reader"));
        List<ReceivedMail> heard = new ArrayList<>();
        RateLimitedLogger log = new RateLimitedLogger(LOG, () -> 0);
        MailKeeper nothingKept = new MailKeeper(Optional.empty(), TimeSource.SYSTEM, new Tasks(log), log);
        MailListener listener = new MailListener(reader, heard::add, nothingKept);
        for (int sequence : new int[] {1, 1, 2}) {
            Bytes sealed = SealedMail.seal(
                    sender.address(), reader.address(), reader.publicKey(), Mail.TEXT, Bytes.EMPTY, new SecureRandom());
            listener.accept(verified(sender.newSigner().sign(RecordType.MAILBOX, sealed, sequence, NOW, 3600)));
        }
        Bytes toSomebodyElse = SealedMail.seal(
                sender.address(), sender.address(), sender.publicKey(), Mail.TEXT, Bytes.EMPTY, new SecureRandom());
        listener.accept(verified(sender.newSigner().sign(RecordType.MAILBOX, toSomebodyElse, 3, NOW, 3600)));
        listener.accept(verified(sender.newSigner().sign(0x11, Bytes.EMPTY, 4, NOW, 3600)));
        assertThat(heard).extracting(mail -> mail.mail().sequence()).containsExactly(1L, 2L);
    }

    private static VerifiedRecord verified(SignedRecord record) throws InvalidRecordException {
        return new RecordVerifier(Ed25519.preferred().newVerifier()).verify(record);
    }

    @Test
    void theLimitOfListenersIsTold() throws Exception {
        try (DhtNode node = DhtNode.builder()
                .identity(TestNodes.identity("alone"))
                .transport(new MemoryNetwork().newTransport())
                .settings(NodeSettings.DEFAULT.withPush(PushSettings.DEFAULT.withMaxListeners(1)))
                .build()
                .start()) {
            Subscription first = node.listen(NodeId.ZERO, RecordType.ANY, record -> {});
            assertThatThrownBy(() -> node.listen(NodeId.ZERO, RecordType.ANY, record -> {}))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("limit of listeners");
            first.close();
            node.listen(NodeId.ZERO, RecordType.ANY, record -> {}).close();
        }
    }

    @Test
    void closingTheNodeClosesItsSubscriptions() throws Exception {
        Subscription subscription;
        try (DhtNode node = DhtNode.builder()
                .identity(TestNodes.identity("alone"))
                .transport(new MemoryNetwork().newTransport())
                .build()
                .start()) {
            subscription = node.listen(NodeId.ZERO, RecordType.ANY, record -> {});
            assertThat(subscription.isOpen()).isTrue();
        }
        assertThat(subscription.isOpen()).isFalse();
        subscription.close();
    }

    private static TopicEntry next(BlockingQueue<TopicEntry> heard) throws InterruptedException {
        TopicEntry entry = heard.poll(50, TimeUnit.SECONDS);
        assertThat(entry).as("an entry in time").isNotNull();
        return entry;
    }
}
