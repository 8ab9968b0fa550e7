package io.a2al.sim.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.sim.Profiles;
import io.a2al.sim.Progress;
import io.a2al.sim.Simulation;
import io.a2al.sim.SimulationOptions;
import io.a2al.sim.result.SimulationResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceFileTest {

    private static final SimulationOptions SMALL =
            Profiles.find("calm").orElseThrow().withNodes(10).withDuration(Duration.ofSeconds(5));

    private static List<String> trace(SimulationOptions options, Path directory) throws Exception {
        Path file = directory.resolve("trace.txt");
        Simulation simulation = new Simulation(options);
        try (TraceFile trace = TraceFile.create(file, simulation.world(), "a2al sim --seed 1")) {
            simulation.listen(trace);
            trace.end(simulation.run(Progress.NONE));
        }
        return Files.readAllLines(file);
    }

    @Test
    void everyEventIsOneLineInOrderOfTime(@TempDir Path directory) throws Exception {
        List<String> lines = trace(SMALL, directory);
        SimulationResult result = new Simulation(SMALL).run(Progress.NONE);
        List<String> events =
                lines.stream().filter(line -> !line.startsWith("#")).toList();
        assertThat(lines.getFirst()).isEqualTo("# a2al sim --seed 1");
        assertThat(lines.get(1)).matches("# #0 at [0-9.]+:[0-9]+, NodeID [0-9a-f]{64}");
        assertThat(lines.getLast()).isEqualTo("# hash " + result.hash());
        assertThat(events).hasSize((int) result.events());
        assertThat(events.stream().map(line -> Double.valueOf(line.strip().split(" ", -1)[0])))
                .isSorted();
        assertThat(events)
                .anyMatch(line -> line.matches(" +[0-9.]+ +#[0-9] sent FIND_NODE of [0-9]+ bytes to .* \\(#[0-9]\\)"))
                .anyMatch(line -> line.matches(" +[0-9.]+ +#[0-9] got PING of [0-9]+ bytes from .* \\(#[0-9]\\)"));
    }

    @Test
    void peersBehindNatsAreNamed(@TempDir Path directory) throws Exception {
        SimulationOptions natted =
                SMALL.withNodes(20).withAddresses(SMALL.addresses().withNatShare(0.9));
        List<String> lines = trace(natted, directory);
        String hidden = lines.stream()
                .filter(line -> line.startsWith("# #") && line.endsWith(", behind a NAT: port restricted"))
                .map(line -> line.split(" ", -1)[1])
                .findFirst()
                .orElseThrow();
        assertThat(lines).anyMatch(line -> line.contains(" got ") && line.endsWith(" (" + hidden + ")"));
    }
}
