package io.a2al.sim.check;

import io.a2al.sim.result.Violation;
import io.a2al.sim.world.EventListener;
import io.a2al.sim.world.SimEvent;
import io.a2al.sim.world.World;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Runs the checkers of a run and keeps the first violation, with the events that led to it. Not thread-safe. */
public final class Checks implements EventListener {

    private final World world;
    private final List<Checker> checkers;
    private final RecentEvents recent = new RecentEvents();
    private Optional<Violation> violation = Optional.empty();

    /** These checkers, for this world. */
    public Checks(World world, List<Checker> checkers) {
        this.world = world;
        this.checkers = List.copyOf(checkers);
    }

    @Override
    public void onEvent(SimEvent event) {
        recent.add(event);
        for (Checker checker : checkers) {
            checker.afterEvent(world, event, reporterOf(checker));
        }
    }

    /** An interval is over. */
    public void atInterval() {
        checkers.forEach(checker -> checker.atInterval(world, reporterOf(checker)));
    }

    /** The run is over. */
    public void atEnd() {
        checkers.forEach(checker -> checker.atEnd(world, reporterOf(checker)));
    }

    /** The first violation. */
    public Optional<Violation> violation() {
        return violation;
    }

    private Checker.Reporter reporterOf(Checker checker) {
        return (message, participants) -> {
            if (violation.isEmpty()) {
                violation = Optional.of(new Violation(
                        checker.name(),
                        Duration.ofNanos(world.now()),
                        Arrays.stream(participants).boxed().toList(),
                        message,
                        recent.concerning(participants)));
            }
        };
    }
}
