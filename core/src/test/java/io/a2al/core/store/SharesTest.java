package io.a2al.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.Topics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class SharesTest {

    private final Shares shares = new Shares();

    /** The keys of the records of each network, those that changed longest ago first. */
    private final Map<Long, List<NodeId>> expected = new HashMap<>();

    /** Networks in the order in which they reached the number of records that they have. */
    private final Set<Long> order = new LinkedHashSet<>();

    private void moveLast(long network) {
        order.remove(network);
        order.add(network);
    }

    private void check() {
        assertThat(shares.total())
                .isEqualTo(expected.values().stream().mapToInt(List::size).sum());
        int largest = expected.values().stream().mapToInt(List::size).max().orElse(0);
        assertThat(shares.largest()).isEqualTo(largest);
        if (largest > 0) {
            long first = order.stream()
                    .max(Comparator.comparingInt(
                                    (Long network) -> expected.get(network).size())
                            .thenComparing(new ArrayList<>(order)::indexOf, Comparator.reverseOrder()))
                    .orElseThrow();
            assertThat(shares.largestNetwork()).isEqualTo(first);
        }
        expected.forEach((network, keys) -> {
            assertThat(shares.of(network)).isEqualTo(keys.size());
            if (!keys.isEmpty()) {
                assertThat(shares.firstKey(network)).isEqualTo(keys.getFirst());
            }
        });
    }

    @Test
    void theLargestNetworkAndItsKeysAreKnownWhateverIsAddedAndRemoved() {
        RandomGenerator random = new SplittableRandom(1);
        for (int i = 0; i < 2000; i++) {
            long network = random.nextInt(5);
            List<NodeId> keys = expected.computeIfAbsent(network, none -> new ArrayList<>());
            NodeId key = Topics.keyOf("topic " + random.nextInt(6));
            if (keys.remove(key)) {
                shares.remove(key, network);
            } else {
                shares.add(key, network);
                keys.add(key);
            }
            moveLast(network);
            check();
        }
    }
}
