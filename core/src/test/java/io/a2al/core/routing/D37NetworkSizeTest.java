package io.a2al.core.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.routing.RoutingTable.Evidence;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.testing.Fixtures;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Known-defects D-37: the network's size is not what one invented NodeID makes of it. */
class D37NetworkSizeTest {

    private static final int TRIALS = 100;

    private final SplittableRandom random = new SplittableRandom(37);

    private RoutingTable emptyTable() {
        return new RoutingTable(NodeId.of(Fixtures.random(random, 32)), contact -> true);
    }

    /** A table that knows as much as it can hold of a network of this size. */
    private RoutingTable tableIn(int networkSize) {
        RoutingTable table = emptyTable();
        for (int i = 0; i < networkSize; i++) {
            offer(table, NodeId.of(Fixtures.random(random, 32)), Evidence.VERIFIED);
        }
        return table;
    }

    private static void offer(RoutingTable table, NodeId nodeId, Evidence evidence) {
        table.offer(new Contact(Fixtures.B.address(), nodeId, Fixtures.ipv4("0a000001", 4121)), evidence, 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 100, 300, 1000, 5000})
    void theEstimateIsOfTheRightOrder(int size) {
        int good = 0;
        for (int trial = 0; trial < TRIALS; trial++) {
            long estimate = tableIn(size).networkSize();
            assertThat(estimate).isBetween(size / 4L, size * 3L);
            good += estimate >= size / 2 && estimate <= 3 * size / 2 ? 1 : 0;
        }
        assertThat(good).isGreaterThanOrEqualTo(TRIALS * 8 / 10);
    }

    @Test
    void aFewInventedNeighboursChangeNothing() {
        RoutingTable table = tableIn(1000);
        long honest = table.networkSize();
        for (int bucket : new int[] {30, 60, 120, 255}) {
            offer(table, table.randomIdIn(bucket, random), Evidence.VERIFIED);
        }
        assertThat(table.networkSize()).isEqualTo(honest);
        assertThat(table.estimateNetworkSize()).as("the original formula").isGreaterThan(1L << 60);
    }

    @Test
    void aBucketFullOfInventedNeighboursDoesNotEither() {
        RoutingTable table = tableIn(1000);
        long honest = table.networkSize();
        for (int i = 0; i < RoutingTable.K; i++) {
            offer(table, table.randomIdIn(40, random), Evidence.VERIFIED);
        }
        assertThat(table.networkSize()).isEqualTo(honest);
    }

    @Test
    void onlyThoseThatAnsweredCount() {
        RoutingTable table = emptyTable();
        for (int bucket = 0; bucket < 200; bucket++) {
            offer(table, table.randomIdIn(bucket, random), Evidence.REPORTED);
        }
        assertThat(table.networkSize()).isZero();
        for (int bucket = 100; bucket < 107; bucket++) {
            offer(table, table.randomIdIn(bucket, random), Evidence.VERIFIED);
        }
        assertThat(table.networkSize()).as("never less than the peers observed").isEqualTo(7);
    }

    @Test
    void aTableFullOfAnswersDoesNotOverflow() {
        RoutingTable table = emptyTable();
        for (int bucket = 0; bucket < NodeId.BITS; bucket++) {
            for (int i = 0; i < RoutingTable.K; i++) {
                offer(table, table.randomIdIn(bucket, random), Evidence.VERIFIED);
            }
        }
        assertThat(table.networkSize()).isEqualTo(1L << 60);
    }
}
