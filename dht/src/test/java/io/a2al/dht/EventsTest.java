package io.a2al.dht;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.core.api.LookupStep;
import io.a2al.core.api.NodeEvent;
import io.a2al.dht.result.CallbackKind;
import io.a2al.dht.result.NodeClosedException;
import io.a2al.dht.result.RefusedException;
import io.a2al.dht.result.ResolveResult;
import io.a2al.protocol.record.EndpointPayload;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Watching a node, and following a lookup. */
@Timeout(60)
class EventsTest {

    private static final EndpointPayload PAYLOAD = EndpointPayload.of(List.of("https://a.example"));

    @Test
    void aListenerIsToldOfRecordsUntilItIsClosed() throws Exception {
        try (TestNodes nodes = TestNodes.inMemory(2)) {
            BlockingQueue<NodeEvent> seen = new LinkedBlockingQueue<>();
            EventSubscription subscription = nodes.get(0).listenEvents(seen::add);
            nodes.get(1).publish(PAYLOAD);
            NodeEvent event = seen.poll(20, TimeUnit.SECONDS);
            assertThat(event).isInstanceOfSatisfying(NodeEvent.RecordHeard.class, heard -> {
                assertThat(heard.record().record().address())
                        .isEqualTo(nodes.get(1).address());
                assertThat(heard.from()).contains(nodes.get(1).nodeId());
            });
            subscription.close();
            subscription.close();
            assertThat(subscription.isOpen()).isFalse();
            long delivered = subscription.state().delivered();
            nodes.get(1).publish(PAYLOAD);
            assertThat(subscription.state().delivered()).isEqualTo(delivered);
        }
    }

    @Test
    void aListenerThatThrowsIsToldOfTheNextEvent() throws Exception {
        try (TestNodes nodes = TestNodes.inMemory(2)) {
            BlockingQueue<NodeEvent> seen = new LinkedBlockingQueue<>();
            try (EventSubscription subscription = nodes.get(0).listenEvents(event -> {
                seen.add(event);
                throw new IllegalStateException("by the test");
            })) {
                nodes.get(1).publish(PAYLOAD);
                nodes.get(1).publish(PAYLOAD);
                assertThat(seen.poll(20, TimeUnit.SECONDS)).isNotNull();
                assertThat(seen.poll(20, TimeUnit.SECONDS)).isNotNull();
                assertThat(subscription.isOpen()).isTrue();
            }
            assertThat(nodes.get(0).callbackStatistics().failures().get(CallbackKind.EVENT_CONSUMER))
                    .isPositive();
        }
    }

    @Test
    void listenersAreLimitedAndEndWithTheNode() throws Exception {
        EventSubscription first;
        try (TestNodes nodes = TestNodes.inMemory(1)) {
            first = nodes.get(0).listenEvents(_ -> {});
            for (int i = 1; i < EventListeners.MAX_LISTENERS; i++) {
                nodes.get(0).listenEvents(_ -> {});
            }
            assertThatThrownBy(() -> nodes.get(0).listenEvents(_ -> {}))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("64");
            nodes.get(0).close();
            assertThatThrownBy(() -> nodes.get(0).listenEvents(_ -> {})).isInstanceOf(NodeClosedException.class);
        }
        assertThat(first.isOpen()).isFalse();
    }

    @Test
    void aTraceHasAllStepsWhenTheLookupEnds() throws Exception {
        try (TestNodes nodes = TestNodes.inMemory(3)) {
            nodes.get(1).publish(PAYLOAD);
            List<LookupStep> steps = new ArrayList<>();
            ResolveResult result = nodes.get(2)
                    .query()
                    .withTrace(steps::add)
                    .resolve(nodes.get(1).address());
            assertThat(result).isInstanceOf(ResolveResult.Found.class);
            assertThat(steps)
                    .extracting(LookupStep::event)
                    .filteredOn(LookupStep.Answered.class::isInstance)
                    .flatExtracting(event -> ((LookupStep.Answered) event).records())
                    .extracting(record -> record.record().address())
                    .contains(nodes.get(1).address());
            long asked = steps.stream()
                    .filter(step -> step.event() instanceof LookupStep.Asked)
                    .count();
            assertThat(asked).isGreaterThanOrEqualTo(result.report().asked());
        }
    }

    @Test
    void aTraceThatThrowsDoesNotFailTheLookup() throws Exception {
        try (TestNodes nodes = TestNodes.inMemory(2)) {
            nodes.get(1).publish(PAYLOAD);
            Query query = nodes.get(0).query().withTrace(_ -> {
                throw new IllegalStateException("by the test");
            });
            // Its own record takes no request, that of another node may be in its own store.
            assertThat(query.findNode(nodes.get(1).nodeId()).nodes()).hasSize(1);
            assertThat(nodes.get(0).callbackStatistics().failures().get(CallbackKind.TRACE_CONSUMER))
                    .isPositive();
        }
    }
}
