package io.a2al.core.time;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeyedDeadlinesTest {

    private final KeyedDeadlines<String> deadlines = new KeyedDeadlines<>();

    @Test
    void itemsAreDueInTheOrderOfTheirLatestDeadlines() {
        deadlines.set("a", 10);
        deadlines.set("b", 10);
        deadlines.set("a", 10);
        deadlines.setAtMost("c", 30);
        deadlines.setAtMost("c", 5);
        deadlines.setAtMost("b", 20);
        assertThat(deadlines.next()).isEqualTo(5);
        assertThat(deadlines.pollDue(4)).isEmpty();
        assertThat(deadlines.pollDue(10)).contains("c");
        assertThat(deadlines.pollDue(10)).contains("b");
        assertThat(deadlines.pollDue(10)).contains("a");
        assertThat(deadlines.pollDue(10)).isEmpty();
        assertThat(deadlines.contains("a")).isFalse();
    }

    @Test
    void anItemWithoutADeadlineIsNotKept() {
        deadlines.set("a", 10);
        deadlines.set("a", NodeTime.NEVER);
        deadlines.setAtMost("b", NodeTime.NEVER);
        deadlines.set("c", 10);
        deadlines.remove("c");
        deadlines.remove("c");
        assertThat(deadlines.contains("a")).isFalse();
        assertThat(deadlines.contains("b")).isFalse();
        assertThat(deadlines.contains("c")).isFalse();
        assertThat(deadlines.next()).isEqualTo(NodeTime.NEVER);
    }
}
