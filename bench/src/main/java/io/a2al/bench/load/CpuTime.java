package io.a2al.bench.load;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** The processor time of a process, user and system time together. Thread-safe. */
public final class CpuTime {

    private final Optional<ProcessHandle> process;

    private CpuTime(Optional<ProcessHandle> process) {
        this.process = process;
    }

    /** Returns the processor time of this process. */
    public static CpuTime own() {
        return new CpuTime(Optional.of(ProcessHandle.current()));
    }

    /**
     * Returns the processor time of a process on this machine. Without a process id, {@link #read} returns empty.
     *
     * @throws IllegalArgumentException if the process does not exist
     */
    public static CpuTime of(OptionalLong pid) {
        if (pid.isEmpty()) {
            return new CpuTime(Optional.empty());
        }
        Optional<ProcessHandle> found = ProcessHandle.of(pid.getAsLong());
        if (found.isEmpty()) {
            throw new IllegalArgumentException(
                    "no such process: " + pid.getAsLong() + "; give the process id of a running node");
        }
        return new CpuTime(found);
    }

    /**
     * Returns the processor time since the start of the process, with a resolution of 10 ms on most systems; empty if
     * the operating system does not report it.
     */
    public Optional<Duration> read() {
        return process.flatMap(handle -> handle.info().totalCpuDuration());
    }
}
