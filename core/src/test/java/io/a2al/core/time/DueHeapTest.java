package io.a2al.core.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Against a list that is searched from end to end. Times go beyond the largest number, as those of a clock may. */
class DueHeapTest {

    private static final class Item extends DueHeap.Entry {
        private long due;
        private int order;
    }

    private static final long START = Long.MAX_VALUE - 500;

    private final DueHeap<Item> heap = new DueHeap<>();
    private final List<Item> model = new ArrayList<>();
    private int order;

    private void set(Item item, long after) {
        heap.set(item, at(after));
        model.remove(item);
        item.due = after;
        item.order = order++;
        model.add(item);
    }

    private void remove(Item item) {
        heap.remove(item);
        model.remove(item);
    }

    private static long at(long after) {
        return START + after;
    }

    private Optional<Item> first() {
        return model.stream()
                .min((a, b) -> a.due != b.due ? Long.compare(a.due, b.due) : Integer.compare(a.order, b.order));
    }

    private void pollAt(long after) {
        Optional<Item> expected = first().filter(item -> item.due <= after);
        assertThat(heap.pollDue(at(after))).isEqualTo(expected);
        expected.ifPresent(item -> {
            assertThat(item.isScheduled()).isFalse();
            model.remove(item);
        });
    }

    @Test
    void everythingComesInTheOrderOfTimesAndThoseOfTheSameTimeInTheOrderTheyWereSet() {
        SplittableRandom random = new SplittableRandom(1);
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            items.add(new Item());
        }
        for (int step = 0; step < 20_000; step++) {
            Item item = items.get(random.nextInt(items.size()));
            switch (random.nextInt(4)) {
                case 0, 1 -> set(item, random.nextLong(1000));
                case 2 -> remove(item);
                default -> pollAt(random.nextLong(1000));
            }
            assertThat(item.isScheduled()).isEqualTo(model.contains(item));
            assertThat(heap.next()).isEqualTo(first().map(next -> at(next.due)).orElse(NodeTime.NEVER));
        }
        while (!model.isEmpty()) {
            pollAt(1000);
        }
        assertThat(heap.pollDue(at(1000))).isEmpty();
    }

    @Test
    void nothingIsDueBeforeItsTime() {
        assertThat(heap.next()).isEqualTo(NodeTime.NEVER);
        set(new Item(), 7);
        pollAt(6);
        assertThat(model).hasSize(1);
        pollAt(7);
        assertThat(model).isEmpty();
    }
}
