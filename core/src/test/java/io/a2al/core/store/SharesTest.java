package io.a2al.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.Topics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class SharesTest {

    private final Shares shares = new Shares();

    /** The number of records of each network at each key, those keys first that changed longest ago. */
    private final Map<Long, SequencedMap<NodeId, Integer>> expected = new HashMap<>();

    /** Networks in the order in which they reached the number of records that they have. */
    private final Set<Long> order = new LinkedHashSet<>();

    private void moveLast(long network) {
        order.remove(network);
        order.add(network);
    }

    private int recordsOf(long network) {
        return expected.get(network).values().stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    private void check() {
        assertThat(shares.total())
                .isEqualTo(expected.keySet().stream().mapToInt(this::recordsOf).sum());
        int largest = expected.keySet().stream().mapToInt(this::recordsOf).max().orElse(0);
        assertThat(shares.largest()).isEqualTo(largest);
        if (largest > 0) {
            long first = order.stream()
                    .max(Comparator.comparingInt(this::recordsOf)
                            .thenComparing(new ArrayList<>(order)::indexOf, Comparator.reverseOrder()))
                    .orElseThrow();
            assertThat(shares.largestNetwork()).isEqualTo(first);
        }
        expected.forEach((network, keys) -> {
            assertThat(shares.of(network)).isEqualTo(recordsOf(network));
            if (!keys.isEmpty()) {
                assertThat(shares.firstKey(network)).isEqualTo(keys.firstEntry().getKey());
            }
        });
    }

    /** A network may have several records at one key, as in a topic. */
    @Test
    void theLargestNetworkAndItsKeysAreKnownWhateverIsAddedAndRemoved() {
        RandomGenerator random = new SplittableRandom(1);
        for (int i = 0; i < 2000; i++) {
            long network = random.nextInt(5);
            SequencedMap<NodeId, Integer> keys = expected.computeIfAbsent(network, none -> new LinkedHashMap<>());
            NodeId key = Topics.keyOf("topic " + random.nextInt(6));
            Integer before = keys.remove(key);
            int records = before == null ? 0 : before;
            int after = records > 0 && random.nextInt(2) > 0 ? records - 1 : records + 1;
            if (after > 0) {
                keys.put(key, after);
            }
            if (after < records) {
                shares.remove(key, network);
            } else {
                shares.add(key, network);
            }
            moveLast(network);
            check();
        }
    }
}
