package io.a2al.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.Command;
import io.a2al.core.bounds.Occupancy;
import io.a2al.core.liveness.PeerHealth;
import io.a2al.core.testing.SoloNode;
import io.a2al.core.testing.SoloNode.Peer;
import io.a2al.core.testing.TestRecords;
import io.a2al.core.testing.VirtualNetwork;
import io.a2al.core.time.TimerName;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.MessageType;
import io.a2al.protocol.record.RecordCategory;
import io.a2al.protocol.testing.Fixtures;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Statistics count what happened and show how full each collection is. */
class NodeStatisticsTest {

    private final SoloNode node = new SoloNode();

    private static int used(NodeStatistics statistics, String name) {
        return Optional.ofNullable(statistics.occupancies().get(name))
                .orElseThrow()
                .used();
    }

    @Test
    void everythingThatHasALimitIsListedByGroupAndName() {
        NodeStatistics statistics = node.core().statistics();
        assertThat(statistics.occupancies())
                .containsEntry("table.contacts", new Occupancy(0, 256 * 16))
                .containsEntry("table.health", new Occupancy(0, 10_000))
                .containsEntry("store.keys", new Occupancy(0, 100_000))
                .containsEntry("requests.pending", new Occupancy(0, 8192))
                .containsEntry("requests.generations", new Occupancy(0, 10_000))
                .containsEntry("lookups.running", new Occupancy(0, 4096))
                .containsEntry("learning.proofs", new Occupancy(0, 64))
                .containsEntry("learning.recentContacts", new Occupancy(0, 16_384))
                .containsEntry("learning.depositors", new Occupancy(0, 1024))
                .containsEntry("replication.publications", new Occupancy(0, 131_072))
                .containsEntry("hiding.findings", new Occupancy(0, 10_000))
                .containsEntry("hiding.checks", new Occupancy(0, 1024))
                .containsEntry("maintenance.former", new Occupancy(0, 64));
        assertThat(statistics.occupancies().firstEntry().getKey()).isEqualTo("table.contacts");
    }

    @Test
    void theNumbersFollowWhatHappens() {
        Peer friend = node.newPeer();
        node.befriend(friend);
        node.pingFrom(node.newPeer());
        node.submit(1, new Command.FindNode(NodeId.ZERO, Duration.ofSeconds(5)));
        node.request(
                friend,
                new Message.Store(
                        TestRecords.endpoint(Fixtures.B, "x", 1, VirtualNetwork.START_SECONDS, 60)
                                .record(),
                        Optional.empty()),
                TestRecords.endpoint(Fixtures.B, "x", 1, VirtualNetwork.START_SECONDS, 60));

        NodeStatistics statistics = node.core().statistics();
        assertThat(used(statistics, "table.contacts")).isEqualTo(1);
        assertThat(used(statistics, "table.health")).isEqualTo(1);
        assertThat(used(statistics, "store.keys")).isEqualTo(1);
        assertThat(used(statistics, "learning.proofs")).isEqualTo(1);
        assertThat(used(statistics, "lookups.running")).isEqualTo(1);
        assertThat(used(statistics, "requests.pending"))
                .as("a proof and a lookup")
                .isEqualTo(2);
        assertThat(statistics.maintenance().timersByName())
                .containsEntry(TimerName.REQUEST, 2)
                .containsEntry(TimerName.LOOKUP, 1)
                .containsEntry(TimerName.LISTEN, 0);
        assertThat(statistics.maintenance().timers())
                .isEqualTo(statistics.maintenance().timersByName().values().stream()
                        .mapToInt(Integer::intValue)
                        .sum());
        assertThat(statistics.lookups().started()).isEqualTo(1);
        assertThat(statistics.messages().requestsReceived()).isEqualTo(3);
        assertThat(statistics.messages().responsesReceived()).isEqualTo(1);
        assertThat(statistics.messages().sent()).isEqualTo(6);
        assertThat(statistics.messages().receivedByType())
                .containsEntry(MessageType.PING, 2L)
                .containsEntry(MessageType.STORE, 1L)
                .containsEntry(MessageType.PONG, 1L)
                .containsEntry(MessageType.FIND_NODE, 0L);
        assertThat(statistics.messages().sentByType())
                .containsEntry(MessageType.PONG, 2L)
                .containsEntry(MessageType.FIND_NODE, 1L)
                .containsEntry(MessageType.STORE_RESPONSE, 1L);
        assertThat(statistics.store().byCategory())
                .containsEntry(RecordCategory.SOVEREIGN, 1L)
                .containsEntry(RecordCategory.TOPIC, 0L);
        assertThat(statistics.table().byHealth())
                .containsEntry(PeerHealth.State.GOOD, 1L)
                .containsEntry(PeerHealth.State.BAD, 0L);
    }
}
