package io.a2al.bench.load;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** Processor time that the operating system charged a process for, user and system together. Thread-safe. */
public final class CpuTime {

    private final Optional<ProcessHandle> process;

    private CpuTime(Optional<ProcessHandle> process) {
        this.process = process;
    }

    /** Of this process. */
    public static CpuTime own() {
        return new CpuTime(Optional.of(ProcessHandle.current()));
    }

    /**
     * Of a process of this machine; without a number nothing is known.
     *
     * @throws IllegalArgumentException if there is no such process
     */
    public static CpuTime of(OptionalLong pid) {
        if (pid.isEmpty()) {
            return new CpuTime(Optional.empty());
        }
        Optional<ProcessHandle> found = ProcessHandle.of(pid.getAsLong());
        if (found.isEmpty()) {
            throw new IllegalArgumentException("there is no process " + pid.getAsLong());
        }
        return new CpuTime(found);
    }

    /**
     * Since the start of the process, to the hundredth of a second on most systems; nothing where the system tells
     * none.
     */
    public Optional<Duration> read() {
        return process.flatMap(handle -> handle.info().totalCpuDuration());
    }
}
