package io.a2al.dht;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.PublicationState.Condition;
import io.a2al.core.time.ShellTime;
import io.a2al.core.publish.ReplicaTotals;
import io.a2al.dht.result.ReplicaCounts;
import io.a2al.dht.result.PublicationStatistics;
import io.a2al.dht.result.RenewalOutcome;
import io.a2al.dht.result.ResolveResult;
import io.a2al.dht.transport.Endpoints;
import io.a2al.dht.transport.MemoryNetwork;
import io.a2al.dht.transport.TimeSource;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.TopicPayload;
import io.a2al.protocol.record.Topics;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
                .satisfies(state -> assertThat(state.confirmed())
                        .as("all other nodes of a small network hold a topic")
                        .isEqualTo(11));

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
        assertThat(publication.state().record()).isEqualTo(last);
        while (publications.statistics().renewals().get(RenewalOutcome.RENEWED) == 0) {
            // It counts once the round of storing has ended.
            node.ping(nodes.socketAddress(5));
        }
        PublicationStatistics statistics = publications.statistics();
        assertThat(statistics.renewals())
                .containsEntry(RenewalOutcome.FAILED, 1L)
                .containsEntry(RenewalOutcome.RENEWED, 1L)
                .containsEntry(RenewalOutcome.NOT_NEEDED, 0L);
        assertThat(statistics.replicas())
                .isEqualTo(new ReplicaTotals(1, publication.state().replicas(), 8, 0));
        publication.close();
        assertThat(publications.statistics().replicas()).isEqualTo(new ReplicaTotals(0, 0, 0, 0));
    }

    /** Two hours ahead, and so little ahead that the record is valid again before half of its time to live. */
    @ParameterizedTest
    @ValueSource(longs = {7200, 90})
    void aPublisherWhoseClockIsSetBackIsFoundWithinAMinute(long tooFar) throws Exception {
        MemoryNetwork network = new MemoryNetwork();
        SteppedTime time = new SteppedTime();
        AtomicLong ahead = new AtomicLong(tooFar);
        CountDownLatch signing = new CountDownLatch(2);
        List<DhtNode> others = new ArrayList<>();
        try (DhtNode publisher = DhtNode.builder()
                .identity(TestNodes.identity("clock-0"))
                .transport(network.newTransport())
                .time(() -> time.ahead(ahead.get()))
                .build()
                .start()) {
            for (int i = 1; i < 9; i++) {
                others.add(DhtNode.builder()
                        .identity(TestNodes.identity("clock-" + i))
                        .transport(network.newTransport())
                        .time(time)
                        .build()
                        .start());
                others.getLast().bootstrap(List.of(Endpoints.toSocketAddress(publisher.localEndpoint())));
            }
            pingAll(publisher, others);
            Agent agent = publisher.agent();
            Publication publication = ((NodePublications) publisher.publications())
                    .keep(() -> {
                        signing.countDown();
                        long now = time.ahead(ahead.get()).unixSeconds();
                        return agent.newSigner().sign(ENDPOINT, 3 - signing.getCount(), now, 3600);
                    })
                    .get();
            SignedRecord early = publication.state().record();
            assertThat(publication.state().replicas()).as("refused by all").isZero();

            ahead.set(0);
            for (int second = 0; second < 60; second++) {
                passASecond(time, publisher, others);
            }
            // The renewal was due within that minute, and is signed on a thread of its own.
            assertThat(signing.await(50, TimeUnit.SECONDS)).isTrue();
            while (publication.state().replicas() < 8) {
                passASecond(time, publisher, others);
            }

            SignedRecord corrected = publication.state().record();
            assertThat(corrected.sequence()).isGreaterThan(early.sequence());
            assertThat(corrected.timestamp()).isLessThan(early.timestamp());
            assertThat(others.getLast().resolve(publisher.address())).isInstanceOf(ResolveResult.Found.class);
        } finally {
            others.forEach(DhtNode::close);
        }
    }

    private static void pingAll(DhtNode from, List<DhtNode> others) throws InterruptedException {
        for (DhtNode other : others) {
            from.ping(Endpoints.toSocketAddress(other.localEndpoint()));
        }
    }

    /** Lets a second pass; the PINGs let the publisher see it, and their answers come after those to its STOREs. */
    private static void passASecond(SteppedTime time, DhtNode publisher, List<DhtNode> others)
            throws InterruptedException {
        time.advance(Duration.ofSeconds(1));
        pingAll(publisher, others);
    }

    /** Time that passes when the test says so. */
    private static final class SteppedTime implements TimeSource {

        private final AtomicLong passedSeconds = new AtomicLong();

        void advance(Duration duration) {
            passedSeconds.addAndGet(duration.toSeconds());
        }

        @Override
        public ShellTime now() {
            return ahead(0);
        }

        /** Returns the time with a wall clock that is ahead. */
        ShellTime ahead(long seconds) {
            long passed = passedSeconds.get();
            return new ShellTime(passed * 1_000_000_000, 1_700_000_000 + passed + seconds);
        }
    }
}
