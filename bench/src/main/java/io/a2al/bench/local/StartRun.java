package io.a2al.bench.local;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Measures the time from the start of a node's process to its first answer. Stateless. */
public final class StartRun {

    private StartRun() {}

    /**
     * The measurement of one start.
     *
     * @param elapsed time until the first answer
     * @param cpu processor time of the node until then, if it is known; other programs on the machine affect it less
     */
    public record Start(Duration elapsed, Optional<Duration> cpu) {}

    /**
     * Starts nodes one after the other.
     *
     * @return the measurements, shortest elapsed time first
     * @throws IOException if a node does not start
     */
    public static List<Start> run(Launch launch, int times) throws IOException {
        List<Start> starts = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            try (NodeProcess node = NodeProcess.start(launch, 0)) {
                starts.add(new Start(node.startup(), node.cpu()));
            }
        }
        starts.sort(Comparator.comparing(Start::elapsed));
        return List.copyOf(starts);
    }
}
