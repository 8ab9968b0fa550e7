package io.a2al.bench.local;

import java.time.Duration;
import java.util.Optional;

/**
 * The resources that an idle node used. Immutable; thread-safe.
 *
 * @param observed measured time
 * @param cpu processor time of the node in that time; empty if the operating system does not report it
 * @param heap used heap in bytes after a garbage collection; empty if this Java platform has no {@code jcmd}
 * @param resident resident memory of the process in bytes, after that collection; empty except on Linux
 */
public record IdleReport(Duration observed, Optional<Duration> cpu, Optional<Long> heap, Optional<Long> resident) {

    /** Returns the mean number of cores that the node used; empty if the processor time is unknown. */
    public Optional<Double> coreShare() {
        return cpu.map(time -> (double) time.toNanos() / observed.toNanos());
    }
}
