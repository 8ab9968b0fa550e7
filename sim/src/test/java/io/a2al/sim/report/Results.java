package io.a2al.sim.report;

import io.a2al.sim.result.LookupSample;
import io.a2al.sim.result.LookupSummary;
import io.a2al.sim.result.LookupTally;
import io.a2al.sim.result.LookupTrend;
import io.a2al.sim.result.Phase;
import io.a2al.sim.result.RunDescription;
import io.a2al.sim.result.SimulationResult;
import io.a2al.sim.result.TimePoint;
import io.a2al.sim.result.Traffic;
import io.a2al.sim.result.Verdict;
import io.a2al.sim.result.Violation;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** Artificial results for tests of reports. */
final class Results {

    private static final int LOOKUPS = 400;

    private Results() {}

    /** Returns a result in which all checks held. */
    static SimulationResult good() {
        return of("10", Optional.empty(), false);
    }

    /** Returns a result with a failed check, whose texts and the value of one option are {@code text}. */
    static SimulationResult bad(String text) {
        Violation violation = new Violation(
                "forgery",
                Duration.ofMillis(61_500),
                List.of(3, 17),
                List.of("#3 " + text, "#17"),
                text,
                List.of(text, text));
        return of(text, Optional.of(violation), false);
    }

    /** Returns a result of a run that was stopped before its end. */
    static SimulationResult stopped() {
        return of("10", Optional.empty(), true);
    }

    /** Returns a result with latencies of 1 to 400 ms; all lookups but the last are right. */
    private static SimulationResult of(String nodes, Optional<Violation> violation, boolean stopped) {
        LookupTally tally = new LookupTally();
        for (int i = 1; i <= LOOKUPS; i++) {
            Verdict verdict = i == LOOKUPS ? Verdict.MISSING : Verdict.RIGHT;
            tally.add(new LookupSample(
                    Duration.ofSeconds(i),
                    0,
                    i % 5,
                    verdict,
                    Duration.ofMillis(i),
                    new LookupSample.Cost(i % 3, 4, 3, false)));
        }
        LookupSummary lookups = tally.summary();
        SequencedMap<String, String> options = new LinkedHashMap<>();
        options.put("profile", "calm");
        options.put("seed", "7");
        options.put("nodes", nodes);
        options.put("attack", "silent,liar");
        options.put("attackers", "0.0");
        Traffic traffic = new Traffic(
                List.of(new Traffic.Count("PING", 600, 60_000), new Traffic.Count("PONG", 590, 64_900)), 10, 1);
        TimePoint point = new TimePoint(
                Duration.ofMinutes(1),
                10,
                lookups,
                traffic,
                new TimePoint.TableHealth(10, 8.5, 0.25, 0),
                new TimePoint.ReplicaHealth(5, 7.5, 6));
        return new SimulationResult(
                new RunDescription("a2al sim --profile calm --seed 7 --nodes " + nodes, options),
                new SimulationResult.Trace(
                        "0123456789abcdef",
                        1190,
                        Duration.ofMinutes(1),
                        List.of(new Phase("joining", Duration.ZERO), new Phase("running", Duration.ofSeconds(20))),
                        stopped),
                new SimulationResult.Effort(Duration.ofMillis(1500), 64 << 20),
                new SimulationResult.Work(
                        lookups,
                        Optional.of(new LookupTrend(lookups, new LookupTally().summary())),
                        Optional.empty(),
                        new SimulationResult.PublishSummary(5, 2, 6, 7),
                        Optional.empty(),
                        Optional.empty()),
                traffic,
                List.of(point),
                violation);
    }
}
