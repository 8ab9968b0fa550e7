package io.a2al.dht;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.PutResult;
import io.a2al.dht.logging.RateLimitedLogger;
import io.a2al.dht.peers.SeedSource;
import io.a2al.dht.result.CallbackKind;
import io.a2al.dht.transport.Endpoints;
import io.a2al.dht.transport.MemoryNetwork;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.mailbox.Mail;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.RecordPayload;
import io.a2al.protocol.record.RecordPolicy;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.TopicFilter;
import io.a2al.protocol.record.TopicPayload;
import io.a2al.protocol.record.VerifiedRecord;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;
import org.slf4j.event.EventRecordingLogger;
import org.slf4j.event.Level;
import org.slf4j.event.SubstituteLoggingEvent;
import org.slf4j.helpers.SubstituteLogger;

/** Application code that throws: it is counted and logged, and called again the next time. */
@Timeout(60)
class CallbackTest {

    /** Thrown by callbacks in these tests; an error that is not the virtual machine's. */
    private static final class Defect extends Error {

        private static final long serialVersionUID = 1L;

        Defect() {
            super("a defect, on purpose");
        }
    }

    private static DhtNodeBuilder builder(String name, MemoryNetwork network) {
        return DhtNode.builder().identity(TestNodes.identity(name)).transport(network.newTransport());
    }

    private static RecordPayload entry(String name) {
        return TopicPayload.of("news", name, List.of("a2a"), List.of());
    }

    private static EndpointPayload endpoint(int port) {
        return EndpointPayload.of(List.of("quic://203.0.113.7:" + port));
    }

    private static <T> T next(BlockingQueue<T> calls) throws InterruptedException {
        T call = calls.poll(50, TimeUnit.SECONDS);
        assertThat(call).as("a call in time").isNotNull();
        return call;
    }

    private static long failures(DhtNode node, CallbackKind kind) {
        return Objects.requireNonNull(node.callbackStatistics().failures().get(kind));
    }

    /** Calls are made one at a time, so that each one sees the failures of all before it. */
    @Test
    void aConsumerOfRecordsThatThrowsAnErrorIsCalledAgain() throws Exception {
        try (DhtNode node = builder("alone", new MemoryNetwork()).build().start()) {
            BlockingQueue<Long> before = new LinkedBlockingQueue<>();
            Subscription subscription = node.listen(node.nodeId(), RecordType.ENDPOINT, record -> {
                before.add(failures(node, CallbackKind.RECORD_CONSUMER));
                throw new Defect();
            });
            for (int i = 0; i < 3; i++) {
                node.publish(endpoint(1 + i));
                assertThat(next(before)).isEqualTo(i);
            }
            assertThat(subscription.isOpen()).isTrue();
            assertThat(subscription.state().failed()).isGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void aConsumerOfTopicEntriesThatThrowsAnErrorIsCalledAgain() throws Exception {
        try (DhtNode node = builder("alone", new MemoryNetwork()).build().start()) {
            BlockingQueue<Long> before = new LinkedBlockingQueue<>();
            node.listenTopic("news", TopicFilter.ALL, found -> {
                before.add(failures(node, CallbackKind.TOPIC_CONSUMER));
                throw new Defect();
            });
            for (int i = 0; i < 3; i++) {
                node.publish(entry("version " + i));
                assertThat(next(before)).isEqualTo(i);
            }
        }
    }

    @Test
    void aConsumerOfMailThatThrowsAnErrorIsCalledAgain() throws Exception {
        try (TestNodes nodes = TestNodes.inMemory(2)) {
            DhtNode recipient = nodes.get(0);
            recipient.publish(endpoint(1));
            BlockingQueue<Long> before = new LinkedBlockingQueue<>();
            recipient.listenMail(mail -> {
                before.add(failures(recipient, CallbackKind.MAIL_CONSUMER));
                throw new Defect();
            });
            for (int i = 0; i < 3; i++) {
                nodes.get(1).sendMail(recipient.address(), Mail.TEXT, Bytes.zeros(i));
                assertThat(next(before)).isEqualTo(i);
            }
        }
    }

    /** Each call has a thread of its own, so that one may be counted after the next has begun. */
    @Test
    void aListenerToObservedAddressesThatThrowsAnErrorIsCalledAgain() throws Exception {
        MemoryNetwork network = new MemoryNetwork();
        BlockingQueue<NodeId> calls = new LinkedBlockingQueue<>();
        try (DhtNode peer = builder("peer", network).build().start();
                DhtNode node = builder("node", network)
                        .onObservedAddress((reporter, observed) -> {
                            calls.add(reporter);
                            throw new Defect();
                        })
                        .build()
                        .start()) {
            InetSocketAddress to = Endpoints.toSocketAddress(peer.localEndpoint());
            do {
                node.ping(to);
                assertThat(next(calls)).isEqualTo(peer.nodeId());
            } while (failures(node, CallbackKind.OBSERVED_ADDRESS) < 2);
        }
    }

    @Test
    void aRecordPolicyThatThrowsAnErrorRefusesTheRecordAndIsAskedAgain() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        RecordPolicy policy = (key, record, now) -> {
            if (asked.incrementAndGet() == 1) {
                throw new Defect();
            }
            return true;
        };
        try (TestNodes others = TestNodes.inMemory(1);
                DhtNode node = builder("node", new MemoryNetwork())
                        .recordPolicy(policy)
                        .build()
                        .start()) {
            SignedRecord record = others.get(0).publish(endpoint(1)).state().record();

            assertThat(node.store().put(NodeId.ZERO, record)).isEqualTo(PutResult.UNAUTHORIZED);
            assertThat(node.store().put(NodeId.ZERO, record)).isEqualTo(PutResult.STORED);
            assertThat(failures(node, CallbackKind.RECORD_POLICY)).isEqualTo(1);
        }
    }

    @Test
    void aSourceOfSeedsThatThrowsAnErrorLeavesTheOthers() throws Exception {
        MemoryNetwork network = new MemoryNetwork();
        try (DhtNode peer = builder("peer", network).build().start();
                DhtNode node = builder("node", network)
                        .seedSource(new SeedSource() {
                            @Override
                            public String description() {
                                return "a broken source";
                            }

                            @Override
                            public List<InetSocketAddress> addresses() {
                                throw new Defect();
                            }
                        })
                        .seeds(List.of(Endpoints.toSocketAddress(peer.localEndpoint())))
                        .build()
                        .start()) {
            assertThat(node.join().isConnected()).isTrue();
            do {
                node.join();
            } while (failures(node, CallbackKind.SEED_SOURCE) < 2);
        }
    }

    @Test
    void failuresAreLoggedOnceForEachKind() {
        Queue<SubstituteLoggingEvent> lines = new ArrayDeque<>();
        ApplicationCalls calls = new ApplicationCalls(new RateLimitedLogger(
                new EventRecordingLogger(new SubstituteLogger("test", lines, true), lines), () -> 0));
        Defect defect = new Defect();
        for (int i = 0; i < 10; i++) {
            for (CallbackKind kind : CallbackKind.values()) {
                assertThat(calls.run(kind, () -> {
                            throw defect;
                        }))
                        .isFalse();
            }
        }
        assertThat(lines)
                .extracting(SubstituteLoggingEvent::getMessage)
                .containsExactly(Stream.of(CallbackKind.values())
                        .map(kind -> kind.text() + " threw; the node goes on and calls it again")
                        .toArray(String[]::new));
        assertThat(lines).allMatch(line -> line.getThrowable() == defect && line.getLevel() == Level.WARN);
        assertThat(calls.statistics().failuresTotal()).isEqualTo(10L * CallbackKind.values().length);
        assertThat(calls.run(CallbackKind.RECORD_CONSUMER, () -> {})).isTrue();
    }

    /** An error of the virtual machine ends the thread that delivers, not the subscription. */
    @Test
    void runningOutOfMemoryGoesToTheThreadAndTheSubscriptionStaysUsable() throws Exception {
        Deque<Runnable> tasks = new ArrayDeque<>();
        AtomicInteger calls = new AtomicInteger();
        ApplicationCalls application =
                new ApplicationCalls(new RateLimitedLogger(LoggerFactory.getLogger(CallbackTest.class), () -> 0));
        OutOfMemoryError exhausted = new OutOfMemoryError("on purpose");
        CallbackQueue.Delivery<VerifiedRecord> delivery = new CallbackQueue.Delivery<>(
                CallbackKind.RECORD_CONSUMER,
                record -> {
                    if (calls.incrementAndGet() == 1) {
                        throw exhausted;
                    }
                },
                application);
        VerifiedRecord record = published();
        QueuedSubscription subscription = new QueuedSubscription(ignored -> {}, NodeId.ZERO, tasks::add, delivery);
        subscription.offer(record);
        subscription.offer(record);
        assertThat(tasks).hasSize(1);

        assertThat(thrownBy(tasks.remove())).isSameAs(exhausted);
        assertThat(tasks)
                .as("the record that waits is delivered by another thread")
                .hasSize(1);
        tasks.remove().run();
        subscription.offer(record);
        tasks.remove().run();

        assertThat(calls).hasValue(3);
        assertThat(subscription.state()).isEqualTo(new Subscription.State(3, 1, 0, 0));
        assertThat(application.statistics().failures()).containsEntry(CallbackKind.RECORD_CONSUMER, 1L);
    }

    private static Throwable thrownBy(Runnable task) {
        try {
            task.run();
        } catch (OutOfMemoryError thrown) {
            return thrown;
        }
        throw new AssertionError("nothing was thrown");
    }

    private static VerifiedRecord published() throws Exception {
        try (DhtNode node = builder("alone", new MemoryNetwork()).build().start()) {
            node.publish(endpoint(1));
            return node.store().get(node.nodeId(), RecordType.ANY).getFirst();
        }
    }
}
