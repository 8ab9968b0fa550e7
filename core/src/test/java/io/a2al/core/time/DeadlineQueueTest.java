package io.a2al.core.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Compared with a list that is searched from end to end. Deadlines wrap around the largest number. */
class DeadlineQueueTest {

    private static final class Item extends DeadlineQueue.Entry {
        private long due;
        private int order;
    }

    /** Even, as all deadlines here, so that none is {@link NodeTime#NEVER}. */
    private static final long START = Long.MAX_VALUE - 501;

    private final DeadlineQueue<Item> queue = new DeadlineQueue<>();
    private final List<Item> model = new ArrayList<>();
    private int order;

    private void set(Item item, long after) {
        queue.set(item, at(after));
        model.remove(item);
        item.due = after;
        item.order = order++;
        model.add(item);
    }

    private void remove(Item item) {
        queue.remove(item);
        model.remove(item);
    }

    private static long at(long after) {
        return START + 2 * after;
    }

    private Optional<Item> first() {
        return model.stream()
                .min((a, b) -> a.due != b.due ? Long.compare(a.due, b.due) : Integer.compare(a.order, b.order));
    }

    private void pollAt(long after) {
        Optional<Item> expected = first().filter(item -> item.due <= after);
        assertThat(queue.pollDue(at(after))).isEqualTo(expected);
        expected.ifPresent(item -> {
            assertThat(item.isScheduled()).isFalse();
            model.remove(item);
        });
    }

    @Test
    void entriesAreDueByDeadlineAndThenInTheOrderInWhichTheyWereSet() {
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
            assertThat(queue.next()).isEqualTo(first().map(next -> at(next.due)).orElse(NodeTime.NEVER));
        }
        while (!model.isEmpty()) {
            pollAt(1000);
        }
        assertThat(queue.pollDue(at(1000))).isEmpty();
    }

    @Test
    void neverIsNoDeadline() {
        Item item = new Item();
        queue.setAtMost(item, NodeTime.NEVER);
        assertThat(item.isScheduled()).isFalse();
        queue.set(item, 7);
        queue.set(item, NodeTime.NEVER);
        assertThat(item.isScheduled()).isFalse();
        assertThat(queue.size()).isZero();
    }

    @Test
    void nothingIsDueBeforeItsDeadline() {
        assertThat(queue.next()).isEqualTo(NodeTime.NEVER);
        set(new Item(), 7);
        pollAt(6);
        assertThat(model).hasSize(1);
        pollAt(7);
        assertThat(model).isEmpty();
    }
}
