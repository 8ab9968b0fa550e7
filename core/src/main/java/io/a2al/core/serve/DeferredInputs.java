package io.a2al.core.serve;

import io.a2al.core.api.Command;
import io.a2al.core.api.Input;
import io.a2al.core.bounds.Occupancy;
import io.a2al.core.rpc.Outbox;
import io.a2al.core.store.RecordStore;
import io.a2al.core.time.NodeTime;
import io.a2al.core.time.TimerName;
import io.a2al.core.time.Timers;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.BiConsumer;

/**
 * What needs the records of a key while those of an earlier run are still being restored: requests for values, STOREs,
 * which must not be judged without the record that they would replace, and the application's own reads. The shell is
 * asked to restore their keys before others. Nothing waits longer than {@link #MAX_WAIT_NANOS}, and no more than
 * {@link #MAX_INPUTS} wait; beyond that, the records restored so far decide. Not thread-safe.
 */
public final class DeferredInputs {

    /**
     * Inputs that wait at most, each with a datagram at most; a flood of keys without records takes no more. It is also
     * how many of one key are looked through for a repetition.
     */
    static final int MAX_INPUTS = 1024;

    /** Well below the two seconds after which the sender of a request takes this node for dead. */
    static final long MAX_WAIT_NANOS = Duration.ofSeconds(1).toNanos();

    private record Waiting(long deadline, List<Input> inputs) {}

    private final Outbox outbox;
    private final BiConsumer<NodeTime, Input> target;
    private final Timers.Timer timer;

    /** What waits, by key; the key with the earliest deadline first. */
    private final SequencedMap<NodeId, Waiting> waiting = new LinkedHashMap<>();

    private int inputs;
    private long restored;
    private long timedOut;
    private long notDeferred;
    private boolean restoring;

    /**
     * Defers nothing yet.
     *
     * @param target takes each input once it does not wait any longer
     */
    public DeferredInputs(Timers timers, Outbox outbox, BiConsumer<NodeTime, Input> target) {
        this.outbox = outbox;
        this.target = target;
        this.timer = timers.create(TimerName.RESTORE, this::onDeadline);
    }

    /** Records are restored from now on, until {@link #end}. */
    public void begin() {
        restoring = true;
    }

    /** Returns whether records are being restored. */
    public boolean isRestoring() {
        return restoring;
    }

    /** Returns true if an input waits from now on; false if it is to be taken at once. */
    public boolean defers(NodeTime now, Input input) {
        if (!restoring) {
            return false;
        }
        Optional<NodeId> key = keyOf(input);
        if (key.isEmpty()) {
            return false;
        }
        Waiting others = waiting.get(key.get());
        if (others != null && others.inputs().stream().anyMatch(other -> isRepetition(input, other))) {
            return true;
        }
        if (inputs == MAX_INPUTS) {
            notDeferred++;
            return false;
        }
        if (others == null) {
            others = new Waiting(now.nanos() + MAX_WAIT_NANOS, new ArrayList<>(1));
            waiting.put(key.get(), others);
            timer.setAtMost(others.deadline());
            outbox.restoreKey(key.get());
        }
        others.inputs().add(input);
        inputs++;
        return true;
    }

    /** Returns whether a request is one that waits already, sent again; one answer is enough for both. */
    private static boolean isRepetition(Input input, Input earlier) {
        return input instanceof Input.Received again
                && earlier instanceof Input.Received first
                && again.envelope().transactionId().equals(first.envelope().transactionId())
                && again.from().equals(first.from())
                && again.envelope().senderId().equals(first.envelope().senderId());
    }

    /** Returns the key whose records an input needs; empty if it needs none. */
    private static Optional<NodeId> keyOf(Input input) {
        return switch (input) {
            case Input.Received received -> keyOf(received);
            case Input.Submit(long operation, Command command) -> keyOf(command);
            default -> Optional.empty();
        };
    }

    private static Optional<NodeId> keyOf(Input.Received received) {
        return switch (received.envelope().message()) {
            case Message.FindValue question -> Optional.of(question.target());
            case Message.Store request ->
                received.records().stream()
                        .findFirst()
                        .map(record -> RecordStore.keyOf(request.wireKey().orElse(NodeId.ZERO), record));
            default -> Optional.empty();
        };
    }

    private static Optional<NodeId> keyOf(Command command) {
        return switch (command) {
            case Command.FindRecords find -> Optional.of(find.key());
            case Command.Listen listen -> Optional.of(listen.key());
            case Command.PutLocally put -> Optional.of(RecordStore.keyOf(put.key(), put.record()));
            case Command.AwaitRestored wait -> Optional.of(wait.key());
            default -> Optional.empty();
        };
    }

    /** Takes what waits for a key, whose records are restored. */
    public void release(NodeTime now, NodeId key) {
        Waiting ready = waiting.remove(key);
        if (ready != null) {
            restored += ready.inputs().size();
            take(now, ready);
            awaitNext();
        }
    }

    /** Takes everything, as all records are restored, and defers nothing from now on. */
    public void end(NodeTime now) {
        restoring = false;
        timer.cancel();
        while (!waiting.isEmpty()) {
            Waiting ready = waiting.pollFirstEntry().getValue();
            restored += ready.inputs().size();
            take(now, ready);
        }
    }

    /** Drops an operation of the application that waits. */
    public void cancel(long operation) {
        waiting.values().forEach(each -> {
            boolean removed =
                    each.inputs().removeIf(input -> input instanceof Input.Submit s && s.operation() == operation);
            inputs -= removed ? 1 : 0;
        });
    }

    /** Returns how many inputs wait and have waited. */
    public RestoreStatistics statistics() {
        return new RestoreStatistics(new Occupancy(inputs, MAX_INPUTS), restored, timedOut, notDeferred);
    }

    private void take(NodeTime now, Waiting ready) {
        inputs -= ready.inputs().size();
        ready.inputs().forEach(input -> target.accept(now, input));
    }

    private void onDeadline(NodeTime now) {
        while (!waiting.isEmpty() && waiting.firstEntry().getValue().deadline() - now.nanos() <= 0) {
            Waiting late = waiting.pollFirstEntry().getValue();
            timedOut += late.inputs().size();
            take(now, late);
        }
        awaitNext();
    }

    private void awaitNext() {
        timer.set(
                waiting.isEmpty()
                        ? NodeTime.NEVER
                        : waiting.firstEntry().getValue().deadline());
    }
}
