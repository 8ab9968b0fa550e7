package io.a2al.core.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.routing.RoutingSettings.Vicinity;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.testing.Fixtures;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which nodes around a key look like an eclipse. */
class KeyDensityTest {

    private static final KeyDensity DENSITY = new KeyDensity(Vicinity.DEFAULT);
    private static final NodeId KEY = NodeId.ZERO;

    private static NodeId randomId(SplittableRandom random) {
        return NodeId.of(Fixtures.random(random, NodeId.LENGTH));
    }

    private static List<NodeId> nearest(Stream<NodeId> nodes, int count) {
        return nodes.sorted(KEY.byDistance()).limit(count).toList();
    }

    private static List<NodeId> network(int size, SplittableRandom random) {
        return Stream.generate(() -> randomId(random)).limit(size).toList();
    }

    /** NodeIDs that are nearer to the key than the nearest of the others. */
    private static List<NodeId> sybils(int count, List<NodeId> others, SplittableRandom random) {
        int bits = KEY.commonPrefixLength(nearest(others.stream(), 1).getFirst()) + 1;
        return IntStream.range(0, count)
                .mapToObj(i -> RoutingTable.randomIdBeside(KEY, bits, random))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"128, 5", "128, 16", "500, 5", "500, 16", "2000, 5", "2000, 8", "2000, 16"})
    void nodesAtRandomAreNoEclipse(int size, int heard) {
        SplittableRandom random = new SplittableRandom(size + heard);
        int alarms = 0;
        for (int trial = 0; trial < 300; trial++) {
            List<NodeId> nearest = nearest(network(size, random).stream(), heard);
            alarms += DENSITY.isImprobable(KEY, nearest, size) ? 1 : 0;
            assertThat(DENSITY.isImprobable(KEY, nearest, size * 20L)).isFalse();
        }
        assertThat(alarms).isLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 64, 256})
    void identitiesNearerThanAllOthersAreAnEclipseEvenIfTheSizeIsWrongByHalf(int count) {
        SplittableRandom random = new SplittableRandom(count);
        int missed = 0;
        for (int trial = 0; trial < 100; trial++) {
            List<NodeId> others = network(2000, random);
            Stream<NodeId> all = Stream.concat(others.stream(), sybils(count, others, random).stream());
            List<NodeId> nearest = nearest(all, 16);
            missed += DENSITY.isImprobable(KEY, nearest, 1000) ? 0 : 1;
            missed += DENSITY.isImprobable(KEY, nearest, 3000) ? 0 : 1;
        }
        assertThat(missed).isLessThanOrEqualTo(count == 16 ? 20 : 2);
    }

    @Test
    void oneNodeNextToTheKeyIsNoEclipse() {
        SplittableRandom random = new SplittableRandom(3);
        List<NodeId> nearest = new ArrayList<>(nearest(network(2000, random).stream(), 15));
        nearest.add(KEY.flipBit(255));
        assertThat(DENSITY.isImprobable(KEY, nearest, 2000)).isFalse();
    }

    @Test
    void smallNetworksAndFewNodesHaveNoVerdict() {
        SplittableRandom random = new SplittableRandom(4);
        List<NodeId> others = network(2000, random);
        List<NodeId> sybils = sybils(64, others, random);
        assertThat(DENSITY.isImprobable(KEY, sybils, 128)).isTrue();
        assertThat(DENSITY.isImprobable(KEY, sybils, 127)).isFalse();
        assertThat(DENSITY.isImprobable(KEY, sybils.subList(0, 4), 2000)).isFalse();
        assertThat(DENSITY.isImprobable(KEY, List.of(), 2000)).isFalse();
    }

    @Test
    void theVicinityHasTwentyToFortyNodesAndTheFarthestComeFirst() {
        SplittableRandom random = new SplittableRandom(5);
        for (int size : new int[] {1, 20, 128, 1279, 1280, 5000}) {
            double expected = Math.scalb((double) size, -DENSITY.vicinityBits(size));
            assertThat(expected).isBetween(Math.min(size, 20.0), 40.0);
        }
        List<Contact> nodes = network(3000, random).stream()
                .map(id -> new Contact(Fixtures.A.address(), id, Fixtures.ipv4("cb007107", 4121)))
                .toList();
        List<Contact> vicinity = DENSITY.inVicinity(KEY, nodes, 3000);
        assertThat(vicinity)
                .hasSizeBetween(10, 60)
                .isSortedAccordingTo((a, b) -> KEY.compareDistance(b.nodeId(), a.nodeId()));
    }
}
