package io.a2al.sim.check;

import io.a2al.sim.result.Violation;
import io.a2al.sim.world.EventListener;
import io.a2al.sim.world.EventText;
import io.a2al.sim.world.SimEvent;
import io.a2al.sim.world.World;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Calls the checkers of a run and keeps the first violation, with the events before it. Not thread-safe. */
public final class Checks implements EventListener {

    private record Watch(Checker checker, Checker.Reporter reporter) {}

    private final World world;
    private final List<Watch> watches;
    private final RecentEvents recent;
    private Optional<Violation> violation = Optional.empty();

    /** Creates the checks of a world. */
    public Checks(World world, List<Checker> checkers) {
        this.world = world;
        this.recent = new RecentEvents(new EventText(world));
        this.watches = checkers.stream()
                .map(checker -> new Watch(checker, reporterOf(checker)))
                .toList();
    }

    @Override
    public void onEvent(SimEvent event) {
        recent.add(event);
        for (int i = 0; i < watches.size(); i++) {
            Watch watch = watches.get(i);
            watch.checker.afterEvent(world, event, watch.reporter);
        }
    }

    /** Calls all checkers at an interval. */
    public void atInterval() {
        watches.forEach(watch -> watch.checker.atInterval(world, watch.reporter));
    }

    /** Calls all checkers at the end of the run. */
    public void atEnd() {
        watches.forEach(watch -> watch.checker.atEnd(world, watch.reporter));
    }

    /** Returns the first violation, if any. */
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
                        Arrays.stream(participants)
                                .mapToObj(world.nodes()::get)
                                .map(EventText::of)
                                .toList(),
                        message,
                        recent.concerning(participants)));
            }
        };
    }
}
