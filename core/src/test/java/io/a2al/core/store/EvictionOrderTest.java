package io.a2al.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.testing.Fixtures;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvictionOrderTest {

    private static final NodeId A = Fixtures.A.nodeId();
    private static final NodeId B = Fixtures.B.nodeId();
    private static final NodeId C = Fixtures.C.nodeId();

    private final EvictionOrder order = new EvictionOrder();
    private final Shelf shelfOfA = new Shelf();
    private final Shelf shelfOfB = new Shelf();
    private final Shelf shelfOfC = new Shelf();

    EvictionOrderTest() {
        order.add(7, A, shelfOfA);
        order.add(3, B, shelfOfB);
        order.add(3, C, shelfOfC);
    }

    private List<NodeId> keys() {
        List<NodeId> keys = new ArrayList<>();
        order.forEach((key, shelf) -> {
            keys.add(key);
            assertThat(shelf).isSameAs(key.equals(A) ? shelfOfA : key.equals(B) ? shelfOfB : shelfOfC);
        });
        return keys;
    }

    @Test
    void theLowestZoneComesFirstAndInItTheShelfUsedLongestAgo() {
        assertThat(keys()).containsExactly(B, C, A);
        assertThat(order.firstZone()).isEqualTo(3);
        assertThat(order.first()).isEqualTo(B);
        order.markUsed(3, B, shelfOfB);
        assertThat(keys()).containsExactly(C, B, A);
        assertThat(order.first()).isEqualTo(C);
        assertThat(order.size()).isEqualTo(3);
    }

    @Test
    void anEmptyZoneIsNotTheFirst() {
        order.remove(3, B);
        assertThat(order.firstZone()).isEqualTo(3);
        order.remove(3, C);
        assertThat(order.firstZone()).isEqualTo(7);
        assertThat(order.first()).isEqualTo(A);
        assertThat(order.size()).isEqualTo(1);
    }

    @Test
    void aShelfIsFoundInItsZoneOnly() {
        assertThat(order.find(3, C)).containsSame(shelfOfC);
        assertThat(order.find(7, C)).isEmpty();
        assertThat(order.find(5, C)).isEmpty();
    }

    @Test
    void usingAShelfMakesNoZone() {
        order.markUsed(1, B, shelfOfB);
        assertThat(order.firstZone()).isEqualTo(3);
    }
}
