package io.a2al.dht.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Lookups begin as fast as the receiving threads keep up, in their order, and those beyond a limit are refused. */
class LookupWindowTest {

    private static final int FIRST = 32;
    private static final int LEAST = 4;
    private static final int MOST = 128;

    private long now = -Duration.ofSeconds(5).toNanos();
    private final Reception reception = new Reception(() -> now);
    private final Reception.Progress thread = reception.newThread();
    private final LookupWindow window = new LookupWindow(reception, () -> now, 1);
    private final List<Integer> begun = new ArrayList<>();

    private void begin(int count) {
        for (int i = 0; i < count; i++) {
            int number = begun.size() + window.waiting();
            assertThat(window.begin(() -> begun.add(number))).isTrue();
        }
    }

    private void end(int count) {
        for (int i = 0; i < count; i++) {
            window.onEnded();
        }
    }

    private void pass(int millis) {
        now += Duration.ofMillis(millis).toNanos();
    }

    @Test
    void furtherLookupsWaitInTheirOrder() {
        begin(FIRST + 10);
        assertThat(begun).hasSize(FIRST);
        assertThat(window.waiting()).isEqualTo(10);
        end(FIRST);
        assertThat(begun).isEqualTo(IntStream.range(0, FIRST + 10).boxed().toList());
        assertThat(window.waiting()).isZero();
    }

    @Test
    void moreAreUnderWayWhileTheThreadsKeepUp() {
        begin(1000);
        end(FIRST);
        assertThat(window.size()).isEqualTo(2 * FIRST);
        assertThat(begun).hasSize(FIRST + 2 * FIRST);
        end(500);
        assertThat(window.size()).isEqualTo(MOST);
    }

    @Test
    void aWindowThatIsNotFilledDoesNotGrow() {
        for (int i = 0; i < 200; i++) {
            begin(1);
            end(1);
        }
        assertThat(window.size()).isEqualTo(FIRST);
    }

    @Test
    void fewerAreUnderWayOnceTheThreadsAreBehind() {
        begin(1000);
        thread.onDatagram();
        pass(6);
        end(10);
        assertThat(window.size()).as("one cut for the ten").isEqualTo((int) (FIRST * 0.7));
        for (int i = 0; i < 20; i++) {
            pass(100);
            end(1);
        }
        assertThat(window.size()).isEqualTo(LEAST);
    }

    @Test
    void afterACutTheWindowGrowsByOneForEachRound() {
        begin(1000);
        thread.onDatagram();
        pass(6);
        end(1);
        thread.onDrained();
        int cut = window.size();
        // Those beyond the cut window end first, and nothing takes their places.
        end(FIRST - cut);
        assertThat(window.size()).isEqualTo(cut);
        end(cut + 1);
        assertThat(window.size()).isEqualTo(cut + 1);
    }

    @Test
    void oneThreadThatWaitsForDatagramsIsEnough() {
        Reception.Progress other = reception.newThread();
        thread.onDatagram();
        pass(1000);
        assertThat(reception.nanosBehind()).isZero();
        other.onDatagram();
        pass(3);
        thread.onDatagram();
        assertThat(reception.nanosBehind()).isEqualTo(Duration.ofMillis(3).toNanos());
    }

    @Test
    void beyondTheLimitLookupsAreRefused() {
        begin(FIRST + LookupWindow.MOST_WAITING);
        assertThat(window.begin(() -> begun.add(0))).isFalse();
        end(1);
        begin(1);
    }

    @Test
    void lookupsThatAreNotWantedAnyLongerTakeNoPlace() {
        begin(FIRST);
        for (int i = 0; i < 100; i++) {
            assertThat(window.begin(() -> false)).isTrue();
        }
        begin(1);
        end(1);
        assertThat(begun).hasSize(FIRST + 1);
        assertThat(window.waiting()).isZero();
    }

    @Test
    void lookupsThatEndAtOnceDoNotNest() {
        begin(FIRST);
        AtomicInteger depth = new AtomicInteger();
        AtomicInteger ended = new AtomicInteger();
        for (int i = 0; i < 100; i++) {
            window.begin(() -> {
                assertThat(depth.incrementAndGet()).isEqualTo(1);
                ended.incrementAndGet();
                window.onEnded();
                depth.decrementAndGet();
                return true;
            });
        }
        end(1);
        assertThat(ended).hasValue(100);
        assertThat(window.waiting()).isZero();
    }

    @Test
    void aLookupThatCannotBeginTakesNoPlace() {
        for (int i = 0; i < 2 * FIRST; i++) {
            assertThatThrownBy(() -> window.begin(() -> {
                        throw new IllegalStateException("on purpose");
                    }))
                    .hasMessage("on purpose");
        }
        begin(FIRST);
        assertThat(begun).hasSize(FIRST);
    }
}
