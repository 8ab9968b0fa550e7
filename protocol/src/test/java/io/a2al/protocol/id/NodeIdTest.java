package io.a2al.protocol.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.testing.Fixtures;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NodeIdTest {

    private static final int ROUNDS = 2_000;

    private final Random random = new Random(20_260_101);

    /** Random, and often equal to {@code near} in a random number of leading bits, so that every word matters. */
    private NodeId near(NodeId near) {
        NodeId id = NodeId.of(Fixtures.random(random, NodeId.LENGTH));
        int common = random.nextInt(NodeId.BITS + 1);
        byte[] bytes = id.toArray();
        byte[] other = near.toArray();
        for (int bit = 0; bit < common; bit++) {
            int mask = 0x80 >>> (bit & 7);
            bytes[bit >> 3] = (byte) ((bytes[bit >> 3] & ~mask) | (other[bit >> 3] & mask));
        }
        return NodeId.read(bytes, 0);
    }

    private static BigInteger number(NodeId id) {
        return new BigInteger(1, id.toArray());
    }

    @Test
    void distanceIsAMetricOfExclusiveOr() {
        for (int i = 0; i < ROUNDS; i++) {
            NodeId a = NodeId.of(Fixtures.random(random, NodeId.LENGTH));
            NodeId b = near(a);
            NodeId c = near(b);
            assertThat(number(a.distance(b))).isEqualTo(number(a).xor(number(b)));
            assertThat(a.distance(b)).isEqualTo(b.distance(a));
            assertThat(a.distance(a)).isEqualTo(NodeId.ZERO);
            assertThat(a.distance(b).distance(b)).isEqualTo(a);
            assertThat(number(a.distance(c)))
                    .isLessThanOrEqualTo(number(a.distance(b)).add(number(b.distance(c))));
        }
    }

    @Test
    void commonPrefixLengthIsTheNumberOfLeadingZerosOfTheDistance() {
        for (int i = 0; i < ROUNDS; i++) {
            NodeId a = NodeId.of(Fixtures.random(random, NodeId.LENGTH));
            NodeId b = near(a);
            assertThat(a.commonPrefixLength(b))
                    .isEqualTo(NodeId.BITS - number(a.distance(b)).bitLength())
                    .isEqualTo(b.commonPrefixLength(a));
        }
        assertThat(NodeId.ZERO.commonPrefixLength(NodeId.ZERO)).isEqualTo(NodeId.BITS);
    }

    @Test
    void comparingDistancesAgreesWithBigNumbers() {
        for (int i = 0; i < ROUNDS; i++) {
            NodeId target = NodeId.of(Fixtures.random(random, NodeId.LENGTH));
            NodeId a = near(target);
            NodeId b = near(a);
            int expected = number(target.distance(a)).compareTo(number(target.distance(b)));
            assertThat(Integer.signum(target.compareDistance(a, b))).isEqualTo(expected);
            assertThat(Integer.signum(target.compareDistance(b, a))).isEqualTo(-expected);
            assertThat(target.isNearer(a, b)).isEqualTo(expected < 0);
        }
    }

    @Test
    void theComparatorSortsByDistance() {
        NodeId target = NodeId.of(Fixtures.random(random, NodeId.LENGTH));
        List<NodeId> ids = new ArrayList<>(List.of(target, NodeId.ZERO));
        for (int i = 0; i < 300; i++) {
            ids.add(near(target));
        }
        List<NodeId> expected = new ArrayList<>(ids);
        expected.sort(Comparator.comparing(id -> number(target.distance(id))));
        ids.sort(target.byDistance());
        assertThat(ids).isEqualTo(expected);
        assertThat(ids.getFirst()).isEqualTo(target);
    }

    @Test
    void flippingABitMovesToThatBucketAndBack() {
        NodeId id = NodeId.of(Fixtures.random(random, NodeId.LENGTH));
        for (int bit = 0; bit < NodeId.BITS; bit++) {
            NodeId flipped = id.flipBit(bit);
            assertThat(id.commonPrefixLength(flipped)).isEqualTo(bit);
            assertThat(number(id.distance(flipped))).isEqualTo(BigInteger.ONE.shiftLeft(NodeId.BITS - 1 - bit));
            assertThat(flipped.flipBit(bit)).isEqualTo(id);
        }
        assertThatThrownBy(() -> id.flipBit(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> id.flipBit(NodeId.BITS)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void allFormsHoldTheSameBytes() {
        Bytes bytes = Fixtures.consecutive(0xf0, NodeId.LENGTH);
        NodeId id = NodeId.of(bytes);
        assertThat(id.toBytes()).isEqualTo(bytes);
        assertThat(id.toHex()).isEqualTo(bytes.toHex());
        assertThat(id).hasToString(bytes.toHex());
        assertThat(NodeId.fromHex(bytes.toHex())).isEqualTo(id).hasSameHashCodeAs(id);
        byte[] framed = new byte[NodeId.LENGTH + 2];
        id.copyTo(framed, 1);
        assertThat(NodeId.read(framed, 1)).isEqualTo(id);
        assertThat(framed[0] | framed[NodeId.LENGTH + 1]).isZero();
        assertThatThrownBy(() -> NodeId.of(Bytes.zeros(31))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> NodeId.of(Bytes.zeros(33))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyByteCountsForEquality() {
        NodeId id = NodeId.of(Fixtures.random(random, NodeId.LENGTH));
        for (int bit = 0; bit < NodeId.BITS; bit += 8) {
            assertThat(id.flipBit(bit)).isNotEqualTo(id);
            assertThat(NodeId.ZERO.flipBit(bit).isZero()).isFalse();
        }
        assertThat(NodeId.ZERO.isZero()).isTrue();
    }

    @Test
    void theSpecificationsExamples() {
        // wire.md 18
        assertThat(NodeId.ofAddress(Fixtures.A.address()).toHex())
                .isEqualTo("29528dea9cfb6a940c61143cea7d9f538388755e47fc6869f0dd82d43dd4e85b");
        assertThat(Fixtures.B.nodeId().toHex())
                .isEqualTo("671bbce38f6794743396a362629d59ec7c4fc78ee0ab057dd8a7915992ff199b");
        assertThat(Fixtures.A.address()).hasToString("A056475aa75463474C0285df5Dbf2bcAB73Da65135");
        assertThat(NodeId.ofHash(new byte[] {'a'}, new byte[] {'b', 'c'}).toHex())
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
