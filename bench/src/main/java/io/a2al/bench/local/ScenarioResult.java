package io.a2al.bench.local;

import io.a2al.bench.load.LoadReport;
import java.util.Optional;

/**
 * The result of one row. Immutable; thread-safe.
 *
 * @param ceiling cost of signatures, the mean of measurements immediately before and after
 */
public record ScenarioResult(Scenario scenario, LoadReport report, Ceiling ceiling) {

    /** Returns the upper bound for answers per second that signatures set, on the cores that the node may use. */
    public double ceilingPerSecond() {
        return ceiling.perSecond(scenario.verifications()) * scenario.cores();
    }

    /** Returns the answers per second as a share of the upper bound; 1 is a node that only verifies and signs. */
    public double share() {
        return report.answersPerSecond() / ceilingPerSecond();
    }

    /**
     * Returns the cost of signatures as a share of the node's processor time, if that is known. Other programs on the
     * machine affect this share less than {@link #share}.
     */
    public Optional<Double> cpuShare() {
        return report.serverMicrosPerAnswer().map(micros -> ceiling.micros(scenario.verifications()) / micros);
    }
}
