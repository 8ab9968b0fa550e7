package io.a2al.dht;

import io.a2al.core.api.Command;
import io.a2al.core.api.LookupStep;
import io.a2al.core.api.Outcome;
import io.a2al.dht.result.CallbackKind;
import io.a2al.dht.shell.Operations;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Passes the steps of traced lookups on to the application. A traced lookup ends for the application after its consumer
 * was called for the last step. The core bounds the number of steps. Thread-safe.
 */
final class Traces {

    private final Operations operations;
    private final Executor executor;
    private final ApplicationCalls calls;
    private final Map<Long, Trace> open = new ConcurrentHashMap<>();

    Traces(Operations operations, Executor executor, ApplicationCalls calls) {
        this.operations = operations;
        this.executor = executor;
        this.calls = calls;
    }

    /** Begins a lookup that was asked to be traced. */
    CompletableFuture<Outcome> submit(Command lookup, Consumer<LookupStep> consumer) {
        Trace trace = new Trace(consumer);
        CompletableFuture<Outcome> source = operations.submit(lookup, operation -> {
            trace.operation = operation;
            open.put(operation, trace);
        });
        return Futures.settle(source, _ -> end(trace), _ -> open.remove(trace.operation));
    }

    private void end(Trace trace) {
        open.remove(trace.operation);
        trace.drain();
    }

    /** Takes a step; returns at once. Nothing happens if the lookup is over for the application. */
    void onStep(long operation, LookupStep step) {
        Trace trace = open.get(operation);
        if (trace != null) {
            trace.waiting.add(step);
            executor.execute(trace::drain);
        }
    }

    private final class Trace {

        private final Consumer<LookupStep> consumer;
        private final Queue<LookupStep> waiting = new ConcurrentLinkedQueue<>();

        /** Held while the consumer is called, so that it is called for one step at a time, in order. */
        private final Object delivering = new Object();

        private volatile long operation;

        Trace(Consumer<LookupStep> consumer) {
            this.consumer = consumer;
        }

        void drain() {
            synchronized (delivering) {
                for (LookupStep step = waiting.poll(); step != null; step = waiting.poll()) {
                    LookupStep next = step;
                    boolean _ = calls.run(CallbackKind.TRACE_CONSUMER, () -> consumer.accept(next));
                }
            }
        }
    }
}
