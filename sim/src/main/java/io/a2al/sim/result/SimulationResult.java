package io.a2al.sim.result;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a run came to. Everything but {@code effort} is equal for equal runs. Immutable; thread-safe.
 *
 * @param run what it was
 * @param hash of the trace, 16 hexadecimal digits
 * @param events in the trace
 * @param virtualTime how long it lasted, joining included
 * @param effort what it cost
 * @param lookups a summary of all lookups
 * @param samples the lookups, oldest first; the first {@value #MAX_SAMPLES}
 * @param settled a summary of lookups for every record from everywhere after things had settled, if they were to
 * @param publishes how publishing went
 * @param crowds how topics and notes went, if there were any
 * @param traffic all datagrams
 * @param series how things developed, oldest first
 * @param violation the first check that did not hold, which ended the run
 */
public record SimulationResult(
        RunDescription run,
        String hash,
        long events,
        Duration virtualTime,
        Effort effort,
        LookupSummary lookups,
        List<LookupSample> samples,
        Optional<LookupSummary> settled,
        PublishSummary publishes,
        Optional<CrowdSummary> crowds,
        Traffic traffic,
        List<TimePoint> series,
        Optional<Violation> violation) {

    /** Lookups that are kept one by one. */
    public static final int MAX_SAMPLES = 200_000;

    /** Copies the lists. */
    public SimulationResult {
        samples = List.copyOf(samples);
        series = List.copyOf(series);
    }

    /**
     * What a run cost.
     *
     * @param wallTime real time
     * @param heapBytes memory in use at the end, before anything was collected
     */
    public record Effort(Duration wallTime, long heapBytes) {}

    /**
     * How publishing went.
     *
     * @param records first records published
     * @param renewals newer ones that followed
     * @param complete rounds of storing, of both, that reached as many replicas as wanted
     * @param rounds rounds of storing that ended
     */
    public record PublishSummary(int records, int renewals, int complete, int rounds) {}

    /** True if no check failed. */
    public boolean isGood() {
        return violation.isEmpty();
    }
}
