package io.a2al.sim.report;

import io.a2al.sim.result.LookupSample;
import io.a2al.sim.result.LookupSummary;
import io.a2al.sim.result.RunDescription;
import io.a2al.sim.result.SimulationResult;
import io.a2al.sim.result.TimePoint;
import io.a2al.sim.result.Traffic;
import io.a2al.sim.result.Verdict;
import io.a2al.sim.result.Violation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** Results that no run made, for tests of how results are shown. */
final class Results {

    private static final int LOOKUPS = 400;

    private Results() {}

    /** All checks held. */
    static SimulationResult good() {
        return of("10", Optional.empty());
    }

    /** A check failed; the texts of its violation, and the value of an option, are this. */
    static SimulationResult bad(String text) {
        Violation violation = new Violation(
                "forgery",
                Duration.ofMillis(61_500),
                List.of(3, 17),
                List.of("#3 " + text, "#17"),
                text,
                List.of(text, text));
        return of(text, Optional.of(violation));
    }

    /** Latencies of 1 to 400 ms, the last lookup being wrong. */
    private static SimulationResult of(String nodes, Optional<Violation> violation) {
        List<LookupSample> samples = new ArrayList<>();
        for (int i = 1; i <= LOOKUPS; i++) {
            Verdict verdict = i == LOOKUPS ? Verdict.MISSING : Verdict.RIGHT;
            samples.add(new LookupSample(Duration.ofSeconds(i), 0, i % 5, verdict, Duration.ofMillis(i), i % 3, 4, 3));
        }
        SequencedMap<String, String> options = new LinkedHashMap<>();
        options.put("profile", "calm");
        options.put("seed", "7");
        options.put("nodes", nodes);
        Traffic traffic = new Traffic(
                List.of(new Traffic.Count("PING", 600, 60_000), new Traffic.Count("PONG", 590, 64_900)), 10, 1);
        TimePoint point = new TimePoint(
                Duration.ofMinutes(1),
                10,
                LOOKUPS,
                LOOKUPS - 1,
                traffic,
                new TimePoint.TableHealth(10, 8.5, 0.25, 0),
                new TimePoint.ReplicaHealth(5, 7.5, 6));
        return new SimulationResult(
                new RunDescription("a2al sim --profile calm --seed 7 --nodes " + nodes, options),
                "0123456789abcdef",
                1190,
                Duration.ofMinutes(1),
                new SimulationResult.Effort(Duration.ofMillis(1500), 64 << 20),
                LookupSummary.of(samples),
                samples,
                Optional.empty(),
                new SimulationResult.PublishSummary(5, 2, 6, 7),
                Optional.empty(),
                traffic,
                List.of(point),
                violation);
    }
}
