package io.a2al.bench.local;

import io.a2al.bench.load.LoadReport;
import java.util.Optional;

/**
 * What came of one row. Immutable; thread-safe.
 *
 * @param ceiling what signatures took just before and after
 */
public record ScenarioResult(Scenario scenario, LoadReport report, Ceiling ceiling) {

    /** Answers per second that signatures alone would allow on the cores that the node may use. */
    public double ceilingPerSecond() {
        return ceiling.perSecond(scenario.verifications()) * scenario.cores();
    }

    /** Answers beside the ceiling: 1 would be a node that does nothing but verify and sign. */
    public double share() {
        return report.answersPerSecond() / ceilingPerSecond();
    }

    /**
     * The node's processor time beside what signatures take of it, which other programs on the machine disturb less.
     */
    public Optional<Double> cpuShare() {
        return report.serverMicrosPerAnswer().map(micros -> ceiling.micros(scenario.verifications()) / micros);
    }
}
