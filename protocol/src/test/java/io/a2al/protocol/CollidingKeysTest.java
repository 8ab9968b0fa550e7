package io.a2al.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.TransactionId;
import io.a2al.protocol.record.RecordSlot;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What strangers choose has hashes that they can make collide. A hash table finds one of many such keys by their order,
 * which has to tell apart exactly what equality tells apart.
 */
class CollidingKeysTest {

    private static final int MANY = 8;

    private static <K extends Comparable<K>> void assertOrderTellsApart(IntFunction<K> colliding) {
        List<K> keys = IntStream.range(0, MANY).mapToObj(colliding).toList();
        assertThat(keys.stream().map(Object::hashCode))
                .as("one hash")
                .containsOnly(keys.getFirst().hashCode());
        assertThat(new HashSet<>(keys)).hasSize(MANY);
        assertThat(new TreeSet<>(keys)).hasSize(MANY);
        for (int i = 0; i < MANY; i++) {
            assertThat(keys.get(i)).isEqualByComparingTo(colliding.apply(i));
        }
    }

    /** One more in the last byte but one outweighs 31 less in the last. */
    private static byte[] bytes(int length, int number) {
        byte[] bytes = new byte[length];
        bytes[length - 2] = (byte) number;
        bytes[length - 1] = (byte) (120 - 31 * number);
        return bytes;
    }

    @Test
    void endpoints() {
        assertOrderTellsApart(number -> Endpoint.of(new byte[] {9, 9, 9, (byte) number}, 40_000 - 31 * number));
        assertOrderTellsApart(number -> Endpoint.of(bytes(16, number), 4121));
    }

    @Test
    void transactionIdsAndBytes() {
        assertOrderTellsApart(number -> TransactionId.of(Bytes.copyOf(bytes(TransactionId.LENGTH, number))));
        assertOrderTellsApart(number -> Bytes.copyOf(bytes(32, number)));
    }

    @Test
    void nodeIds() {
        assertOrderTellsApart(number -> {
            byte[] id = new byte[NodeId.LENGTH];
            id[3] = (byte) number;
            id[7] = (byte) number;
            return NodeId.of(Bytes.copyOf(id));
        });
    }

    @Test
    void slotsOfRecords() {
        assertOrderTellsApart(number ->
                new RecordSlot(RecordSlot.Group.MAILBOX, Bytes.copyOf(bytes(32, number)), 3, Optional.empty()));
        assertOrderTellsApart(number ->
                new RecordSlot(RecordSlot.Group.MAILBOX, Bytes.EMPTY, 3, Optional.of(Bytes.copyOf(bytes(32, number)))));
    }

    @Test
    void nodeIdsAreOrderedAsNumbers() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 1000; i++) {
            byte[] one = new byte[NodeId.LENGTH];
            byte[] other = new byte[NodeId.LENGTH];
            random.nextBytes(one);
            random.nextBytes(other);
            Bytes first = Bytes.copyOf(one);
            Bytes second = Bytes.copyOf(other);
            assertThat(Integer.signum(NodeId.of(first).compareTo(NodeId.of(second))))
                    .isEqualTo(Integer.signum(first.compareTo(second)));
        }
    }
}
