package io.a2al.http.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.NodeEvent;
import io.a2al.dht.DhtNode;
import io.a2al.dht.EventSubscription;
import io.a2al.dht.Subscription;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.NodeId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EventHubTest {

    private static final NodeEvent EVENT = new NodeEvent.ConnectivitySuspected();

    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong nanos = new AtomicLong();
    private final List<Consumer<NodeEvent>> consumers = new ArrayList<>();
    private boolean isOpen = true;
    private final EventHub hub = new EventHub(node(), () -> 1_700_000_000_123L, _ -> Optional.empty());

    /** A node that only has events. */
    private DhtNode node() {
        EventSubscription subscription = new EventSubscription() {
            @Override
            public Subscription.State state() {
                return new Subscription.State(0, 0, 0, dropped.get());
            }

            @Override
            public boolean isOpen() {
                return isOpen;
            }

            @Override
            public void close() {
                isOpen = false;
            }
        };
        return (DhtNode) Proxy.newProxyInstance(
                DhtNode.class.getClassLoader(), new Class<?>[] {DhtNode.class}, (_, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("listenEvents");
                    @SuppressWarnings("unchecked")
                    Consumer<NodeEvent> consumer = (Consumer<NodeEvent>) arguments[0];
                    consumers.add(consumer);
                    return subscription;
                });
    }

    private void raise(int count) {
        for (int i = 0; i < count; i++) {
            consumers.getFirst().accept(EVENT);
        }
    }

    private static String text(List<HubEvent> events) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        events.forEach(event -> all.writeBytes(event.frame().toArray()));
        return all.toString(StandardCharsets.UTF_8);
    }

    @Test
    void theNodeIsWatchedOnceAndFromTheFirstReaderOn() {
        assertThat(consumers).isEmpty();
        hub.watch();
        hub.watch();
        assertThat(consumers).hasSize(1);
    }

    @Test
    void theLastThousandAreKeptAndASlowReaderIsToldHowManyItMissed() throws Exception {
        hub.watch();
        long start = hub.after(Optional.empty()).number();
        raise(1500);
        EventHub.Batch batch = hub.await(start, 0);
        assertThat(batch.missed()).isEqualTo(500);
        long seen = 0;
        while (!batch.events().isEmpty()) {
            seen += batch.events().size();
            batch = hub.await(batch.next(), 0);
            assertThat(batch.missed()).isZero();
        }
        assertThat(seen).isEqualTo(EventHub.KEPT);
    }

    @Test
    void whatTheNodeDroppedIsToldToAll() throws Exception {
        hub.watch();
        raise(1);
        dropped.set(7);
        raise(2);
        assertThat(text(hub.await(0, 0).events()))
                .contains("event: lost\ndata: {\"type\":\"lost\",\"at\":1700000000.123,\"count\":7}\n\n")
                .containsOnlyOnce("event: lost");
    }

    @Test
    void aKeyThatLooksSurroundedIsToldWithTheNodesOfItsVicinity() throws Exception {
        hub.watch();
        consumers.getFirst().accept(new NodeEvent.KeySurrounded(NodeId.ZERO, 23));
        assertThat(text(hub.await(0, 0).events()))
                .contains("event: key_surrounded\n")
                .contains("\"type\":\"key_surrounded\",\"at\":1700000000.123,\"key\":\"" + NodeId.ZERO.toHex()
                        + "\",\"vicinity\":23}");
    }

    private static final class Sink extends OutputStream {

        private final StringBuilder written = new StringBuilder();
        private final Consumer<String> onWrite;

        Sink(Consumer<String> onWrite) {
            this.onWrite = onWrite;
        }

        @Override
        public void write(int b) {
            throw new AssertionError("byte by byte");
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            String text = new String(bytes, StandardCharsets.UTF_8);
            written.append(text);
            onWrite.accept(text);
        }
    }

    @Test
    void aReaderWithoutEventsOfItsTypesIsKeptAliveWhileOthersCome() throws Exception {
        hub.watch();
        raise(1);
        AtomicLong keepAlives = new AtomicLong();
        Sink sink = new Sink(text -> {
            nanos.addAndGet(1);
            if (keepAlives.incrementAndGet() == 3) {
                hub.close();
            }
            raiseUnlessOver();
        });
        AtomicLong writes = new AtomicLong();
        EventReader reader = new EventReader(hub, _ -> Bytes.EMPTY, writes::incrementAndGet, 1, nanos::getAndIncrement);
        reader.run(new EventHub.Start(0, false), sink);
        assertThat(writes.get()).isEqualTo(keepAlives.get());
        assertThat(sink.written.toString()).startsWith(": keep-alive\n\n".repeat(3));
        assertThat(isOpen).isFalse();
    }

    private void raiseUnlessOver() {
        if (isOpen) {
            raise(1);
        }
    }

    @Test
    void aStreamEndsWithTheNode() throws Exception {
        hub.watch();
        isOpen = false;
        assertThat(hub.await(0, 0).isLast()).isTrue();
    }
}
