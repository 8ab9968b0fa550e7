package io.a2al.dht;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.dht.result.NodeClosedException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Without threads; {@link StartFailureTest} does the same with a node. */
class LifeCycleTest {

    private final List<String> steps = new ArrayList<>();
    private final LifeCycle life = new LifeCycle(() -> steps.add("start"), () -> steps.add("close"));

    private Runnable failing(String step) {
        return () -> {
            steps.add(step);
            throw new IllegalStateException(step);
        };
    }

    @Test
    void startsOnceAndClosesOnce() {
        life.start();
        life.start();
        life.close();
        life.close();
        assertThat(steps).containsExactly("start", "close");
    }

    @Test
    void whatIsClosedIsNeverStarted() {
        life.close();
        assertThatThrownBy(life::start).isInstanceOf(NodeClosedException.class);
        assertThat(steps).containsExactly("close");
    }

    @Test
    void whatCannotBeStartedIsClosed() {
        LifeCycle broken = new LifeCycle(failing("start"), () -> steps.add("close"));
        assertThatIllegalStateException().isThrownBy(broken::start).withMessage("start");
        assertThatThrownBy(broken::start).isInstanceOf(NodeClosedException.class);
        broken.close();
        assertThat(steps).containsExactly("start", "close");
    }

    @Test
    void allStepsAreTakenAndTheFirstFailureIsThrown() {
        assertThatIllegalStateException()
                .isThrownBy(() -> LifeCycle.takeAll(
                        () -> steps.add("one"), failing("two"), failing("three"), () -> steps.add("four")))
                .withMessage("two")
                .satisfies(thrown -> assertThat(thrown.getSuppressed())
                        .singleElement()
                        .satisfies(other -> assertThat(other).hasMessage("three")));
        assertThat(steps).containsExactly("one", "two", "three", "four");
    }
}
