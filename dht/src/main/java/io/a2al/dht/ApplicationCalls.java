package io.a2al.dht;

import io.a2al.dht.logging.RateLimitedLogger;
import io.a2al.dht.result.CallbackKind;
import io.a2al.dht.result.CallbackStatistics;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/**
 * Calls application code and survives what it throws: the failure is counted, and logged at most once in half a minute
 * for each kind; the next call is made all the same. A {@link VirtualMachineError}, such as running out of memory, is
 * counted and goes on to the thread's own handler. Thread-safe.
 */
final class ApplicationCalls {

    private final RateLimitedLogger log;
    private final Map<CallbackKind, LongAdder> failures = new EnumMap<>(CallbackKind.class);

    ApplicationCalls(RateLimitedLogger log) {
        this.log = log;
        for (CallbackKind kind : CallbackKind.values()) {
            failures.put(kind, new LongAdder());
        }
    }

    /** Returns whether the call returned normally. */
    boolean run(CallbackKind kind, Runnable call) {
        try {
            call.run();
            return true;
        } catch (Throwable thrown) {
            onFailure(kind, thrown);
            return false;
        }
    }

    /** Counts and logs a failure; throws on what the node must not survive. */
    void onFailure(CallbackKind kind, Throwable thrown) {
        Objects.requireNonNull(failures.get(kind)).increment();
        if (thrown instanceof VirtualMachineError fatal) {
            throw fatal;
        }
        log.warn(kind.text() + " threw; the node goes on and calls it again", thrown);
    }

    CallbackStatistics statistics() {
        Map<CallbackKind, Long> counts = new EnumMap<>(CallbackKind.class);
        failures.forEach((kind, count) -> counts.put(kind, count.sum()));
        return new CallbackStatistics(counts);
    }
}
