package io.a2al.sim.result;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The result of a run. Equal runs have equal results except for {@code effort}. Immutable; thread-safe.
 *
 * @param run options of the run, and the command that repeats it
 * @param trace summary of the trace
 * @param effort resources that the run took
 * @param work results of lookups, publications and crowds
 * @param traffic all datagrams
 * @param series development over time, oldest point first
 * @param violation the first check that failed, which ended the run
 */
public record SimulationResult(
        RunDescription run,
        Trace trace,
        Effort effort,
        Work work,
        Traffic traffic,
        List<TimePoint> series,
        Optional<Violation> violation) {

    /** Copies the list. */
    public SimulationResult {
        series = List.copyOf(series);
    }

    /**
     * A summary of the trace.
     *
     * @param hash hash over all events, 16 hexadecimal digits
     * @param events number of events
     * @param virtualTime length of the run, including the time in which nodes join
     * @param phases the phases of the run, in order; a run that ended early did not come to the last ones
     * @param stopped true if the run was stopped from outside before its end
     */
    public record Trace(String hash, long events, Duration virtualTime, List<Phase> phases, boolean stopped) {

        /** Copies the list. */
        public Trace {
            phases = List.copyOf(phases);
        }
    }

    /**
     * The resources that a run took.
     *
     * @param wallTime real time
     * @param heapBytes heap in use at the end, garbage included
     */
    public record Effort(Duration wallTime, long heapBytes) {}

    /**
     * The results of the workload.
     *
     * @param lookups summary of all lookups in the measured time
     * @param trend how the first and the last of them went, if that time is long enough
     * @param settled summary of the lookups for all records after settling, if the run had a time to settle
     * @param publishes summary of publications
     * @param crowds results of topics and notes, if there were any
     * @param host what a node did that publishes for many agents, if there was one
     */
    public record Work(
            LookupSummary lookups,
            Optional<LookupTrend> trend,
            Optional<LookupSummary> settled,
            PublishSummary publishes,
            Optional<CrowdSummary> crowds,
            Optional<HostSummary> host) {}

    /**
     * A summary of publications.
     *
     * @param records number of first publications
     * @param renewals number of newer versions published after them
     * @param complete rounds of storing that reached the wanted number of replicas
     * @param rounds rounds of storing that ended, for first publications and renewals
     */
    public record PublishSummary(int records, int renewals, int complete, int rounds) {}

    /** Returns true if no check failed. */
    public boolean isGood() {
        return violation.isEmpty();
    }

    /** Returns true if the run was stopped from outside before its end; checks at the end were not made then. */
    public boolean isStopped() {
        return trace.stopped();
    }

    /** Returns the hash over all events, 16 hexadecimal digits. */
    public String hash() {
        return trace.hash();
    }

    /** Returns the number of events. */
    public long events() {
        return trace.events();
    }

    /** Returns the length of the run in virtual time. */
    public Duration virtualTime() {
        return trace.virtualTime();
    }

    /** Returns the summary of all lookups in the measured time. */
    public LookupSummary lookups() {
        return work.lookups();
    }

    /** Returns how the first and the last lookups in the measured time went, if that time is long enough. */
    public Optional<LookupTrend> trend() {
        return work.trend();
    }

    /** Returns the summary of the lookups after settling, if any. */
    public Optional<LookupSummary> settled() {
        return work.settled();
    }

    /** Returns the summary of publications. */
    public PublishSummary publishes() {
        return work.publishes();
    }

    /** Returns the results of topics and notes, if any. */
    public Optional<CrowdSummary> crowds() {
        return work.crowds();
    }

    /** Returns what a node did that publishes for many agents, if there was one. */
    public Optional<HostSummary> host() {
        return work.host();
    }
}
