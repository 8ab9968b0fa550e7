package io.a2al.dht;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.PublicationState.Condition;
import io.a2al.dht.result.ReplicaCounts;
import io.a2al.dht.result.ResolveResult;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.TopicPayload;
import io.a2al.protocol.record.Topics;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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
    void aPublicationTellsWhoHoldsItSinceWhen() throws Exception {
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
    void aClosedPublicationIsLookedAfterNoMore() throws Exception {
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
}
