package io.a2al.dht;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.PublicationState.Condition;
import io.a2al.core.time.ShellTime;
import io.a2al.dht.result.ReplicaCounts;
import io.a2al.dht.result.ResolveResult;
import io.a2al.dht.transport.Endpoints;
import io.a2al.dht.transport.MemoryNetwork;
import io.a2al.dht.transport.TimeSource;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.TopicPayload;
import io.a2al.protocol.record.Topics;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class PublicationsTest {

    private static final EndpointPayload ENDPOINT = EndpointPayload.of(List.of("quic://203.0.113.7:4121"));

    private static TestNodes nodes;

    @BeforeAll
    static void open() throws Exception {
        nodes = TestNodes.inMemory(12);
    }

    @AfterAll
    static void close() {
        nodes.close();
    }

    @Test
    void aPublicationShowsItsHoldersAndTheirAge() throws Exception {
        try (Publication publication = nodes.get(1).publish(ENDPOINT)) {
            assertThat(publication.replicas()).hasSize(8).allSatisfy(replica -> {
                assertThat(replica.condition()).isEqualTo(Condition.CONFIRMED);
                assertThat(replica.isHolder()).isTrue();
                assertThat(replica.age().orElseThrow()).isLessThan(Duration.ofMinutes(1));
                assertThat(replica.node().nodeId()).isNotEqualTo(nodes.get(1).nodeId());
            });
            assertThat(publication.problem()).isEmpty();
            assertThat(publication.isOpen()).isTrue();
        }
    }

    @Test
    void aClosedPublicationIsNoLongerWatched() throws Exception {
        DhtNode node = nodes.get(2);
        Publication publication = node.publish(ENDPOINT);
        Publication.State last = publication.state();
        int watched = node.statistics().replication().watchedNodes();
        assertThat(watched).isEqualTo(8);

        publication.close();
        publication.close();

        assertThat(publication.isOpen()).isFalse();
        assertThat(publication.replicas()).isEmpty();
        assertThat(publication.state()).as("as it was last known").isEqualTo(last);
        assertThat(node.publications().count()).isZero();
        assertThat(node.statistics().replication().watchedNodes()).isZero();
    }

    @Test
    void allPublicationsOfOneAddressEndTogether() throws Exception {
        DhtNode node = nodes.get(3);
        Agent other = Agent.self(TestNodes.identity("other agent"));
        TopicPayload topic = TopicPayload.of("weather", "agent", List.of("a2a"), List.of());
        Publication endpoint = node.publish(ENDPOINT);
        Publication entry = node.publish(topic);
        Publication others = node.publish(other, ENDPOINT);
        assertThat(node.publications().count()).isEqualTo(3);
        assertThat(node.publications().counts(node.nodeId(), node.address())).isEqualTo(new ReplicaCounts(8, 8));
        assertThat(node.publications().at(Topics.keyOf("weather"), node.address()))
                .singleElement()
                .satisfies(state -> assertThat(state.confirmed()).isEqualTo(8));

        assertThat(node.publications().closeAll(node.address())).isEqualTo(2);

        assertThat(endpoint.isOpen()).isFalse();
        assertThat(entry.isOpen()).isFalse();
        assertThat(others.isOpen()).isTrue();
        assertThat(node.publications().count()).isOne();
        assertThat(node.publications().counts(node.nodeId(), node.address())).isEqualTo(new ReplicaCounts(0, 0));
        assertThat(node.publications().closeAll(node.address())).isZero();
        assertThat(nodes.get(7).resolve(node.address())).as("copies stay").isInstanceOf(ResolveResult.Found.class);
        others.close();
    }

    /** The core asks again, and then a record must come. */
    @Test
    void aRefusedRenewalIsFollowedByAnother() throws Exception {
        DhtNode node = nodes.get(4);
        Agent agent = Agent.self(TestNodes.identity("agent with a refused renewal"));
        long now = TimeSource.SYSTEM.now().unixSeconds();
        Deque<SignedRecord> records = new ArrayDeque<>();
        records.add(agent.newSigner().sign(ENDPOINT, 2, now - 100, 3600));
        records.add(agent.newSigner().sign(ENDPOINT, 1, now - 1, 3600));
        records.add(agent.newSigner().sign(ENDPOINT, 3, now - 1, 3600));
        SignedRecord last = records.getLast();
        NodePublications publications = (NodePublications) node.publications();
        NodePublication publication =
                (NodePublication) publications.keep(records::remove).get();

        publications.renew(publication.id());
        node.ping(nodes.socketAddress(5));
        assertThat(publication.state().record().sequence()).as("1 is refused").isEqualTo(2);

        publications.renew(publication.id());
        while (!publication.state().record().equals(last)) {
            // Between two looks, one round trip, which leaves the processor to the nodes.
            node.ping(nodes.socketAddress(5));
        }
        publication.close();
    }

    /** Two hours ahead, and so little ahead that the record is valid again before half of its time to live. */
    @ParameterizedTest
    @ValueSource(longs = {7200, 90})
    void aPublisherWhoseClockIsSetBackIsFoundWithinAMinute(long ahead) throws Exception {
        MemoryNetwork network = new MemoryNetwork();
        AdjustableTime time = new AdjustableTime();
        List<DhtNode> all = new ArrayList<>();
        try {
            for (int i = 0; i < 9; i++) {
                DhtNodeBuilder builder = DhtNode.builder()
                        .identity(TestNodes.identity("clock-" + i))
                        .transport(network.newTransport());
                all.add((i == 0 ? builder.time(time) : builder).build().start());
            }
            List<InetSocketAddress> addresses = all.stream()
                    .map(node -> Endpoints.toSocketAddress(node.localEndpoint()))
                    .toList();
            for (DhtNode node : all.subList(1, 9)) {
                node.bootstrap(List.of(addresses.getFirst()));
            }
            DhtNode publisher = all.getFirst();
            for (InetSocketAddress other : addresses.subList(1, 9)) {
                publisher.ping(other);
            }
            time.setBack(-ahead);
            Publication publication = publisher.publish(ENDPOINT);
            SignedRecord early = publication.state().record();
            assertThat(publication.state().replicas()).as("refused by all").isZero();

            time.setBack(ahead);
            // Not more than ten seconds at once, which would be taken for sleep of the machine.
            for (int seconds = 0; seconds < 40; seconds += 8) {
                time.advance(Duration.ofSeconds(8));
                publisher.ping(addresses.getLast());
            }
            while (publication.state().replicas() < 8) {
                publisher.ping(addresses.getLast());
            }

            SignedRecord corrected = publication.state().record();
            assertThat(corrected.sequence()).isGreaterThan(early.sequence());
            assertThat(corrected.timestamp()).isLessThan(early.timestamp());
            assertThat(all.getLast().resolve(publisher.address())).isInstanceOf(ResolveResult.Found.class);
        } finally {
            all.forEach(DhtNode::close);
        }
    }

    /** The system's clocks, moved. */
    private static final class AdjustableTime implements TimeSource {
        private final AtomicLong skippedNanos = new AtomicLong();
        private final AtomicLong aheadSeconds = new AtomicLong();

        void advance(Duration duration) {
            skippedNanos.addAndGet(duration.toNanos());
            aheadSeconds.addAndGet(duration.toSeconds());
        }

        void setBack(long seconds) {
            aheadSeconds.addAndGet(-seconds);
        }

        @Override
        public ShellTime now() {
            ShellTime system = TimeSource.SYSTEM.now();
            return new ShellTime(system.nanos() + skippedNanos.get(), system.unixSeconds() + aheadSeconds.get());
        }
    }
}
