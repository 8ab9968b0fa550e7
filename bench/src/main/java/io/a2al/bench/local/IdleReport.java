package io.a2al.bench.local;

import java.time.Duration;
import java.util.Optional;

/**
 * What a node took while nobody asked anything of it. Immutable; thread-safe.
 *
 * @param observed how long it was watched
 * @param cpu processor time meanwhile; nothing where the system does not tell
 * @param heap bytes in its heap after a collection; nothing if the Java machine has no tool to ask
 * @param resident bytes of memory that the system gave the whole process, after that collection; nothing but on Linux
 */
public record IdleReport(Duration observed, Optional<Duration> cpu, Optional<Long> heap, Optional<Long> resident) {

    /** Its part of one core, from 0 to the number of cores; nothing where the system does not tell. */
    public Optional<Double> coreShare() {
        return cpu.map(time -> (double) time.toNanos() / observed.toNanos());
    }
}
