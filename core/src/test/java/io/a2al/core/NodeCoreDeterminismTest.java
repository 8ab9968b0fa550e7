package io.a2al.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.Command;
import io.a2al.core.api.Command.Want;
import io.a2al.core.testing.TestRecords;
import io.a2al.core.testing.VirtualNetwork;
import io.a2al.core.testing.VirtualNetwork.Node;
import io.a2al.protocol.record.RecordType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Equal inputs, times and random numbers give equal effects. */
class NodeCoreDeterminismTest {

    /** What the others are compared with. */
    private static final long FIRST = run(1, 0);

    /** Runs a network with losses and failing nodes; returns a hash of every effect and its time. */
    private static long run(long seed, long originNanos) {
        VirtualNetwork network = new VirtualNetwork(seed, originNanos);
        network.setLoss(0.05);
        List<Node> nodes = network.grow(30);
        List<Long> operations = new ArrayList<>();
        for (Node node : nodes) {
            operations.add(network.submit(
                    node,
                    new Command.Publish(
                            node.id(),
                            TestRecords.endpoint(
                                    node.identity(), "x", 1, network.now().unixSeconds(), 3600))));
        }
        operations.forEach(network::await);
        for (Node dead : nodes.subList(0, 5)) {
            network.kill(dead);
        }
        for (int i = 5; i < 30; i++) {
            network.await(network.submit(
                    nodes.get(i),
                    new Command.FindRecords(
                            nodes.get((i * 7) % 30).id(), RecordType.ENDPOINT, Want.NEWEST, Duration.ofSeconds(10))));
        }
        network.runFor(Duration.ofHours(2));
        return network.digest();
    }

    @Test
    void theSameSeedGivesTheSameRunAndAnotherSeedAnother() {
        assertThat(run(1, 0)).isEqualTo(FIRST);
        assertThat(run(2, 0)).isNotEqualTo(FIRST);
    }

    /** A monotonic clock may start anywhere, below zero, too. */
    @ParameterizedTest
    @ValueSource(
            longs = {-1_000_000_000_000_000_000L, -3_600_000_000_000L, 57_000_000_000L, 1_000_000_000_000_000_000L})
    void theOriginOfTheClockDoesNotMatter(long originNanos) {
        assertThat(run(1, originNanos)).isEqualTo(FIRST);
    }
}
