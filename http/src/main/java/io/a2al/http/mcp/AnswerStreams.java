package io.a2al.http.mcp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The last streams of answers of a session, so that a client that lost its connection can have the rest of one by its
 * id. Thread-safe.
 */
final class AnswerStreams {

    private static final Pattern ID = Pattern.compile("(\\d{1,18})_(\\d{1,9}|" + EventStream.START_NAME + ")");

    private final McpLimits limits;
    private final Map<Long, Kept> streams = new LinkedHashMap<>();

    /** A stream, the thread that fills it, and since when it has no connection. */
    private static final class Kept {

        private final EventStream stream;
        private final Thread worker;
        private long left;

        Kept(EventStream stream, Thread worker, long now) {
            this.stream = stream;
            this.worker = worker;
            this.left = now;
        }

        void drop() {
            stream.drop();
            worker.interrupt();
        }
    }

    /**
     * The place from which a stream is to be resumed.
     *
     * @param after the number of the event that the client has
     */
    record Resumption(EventStream stream, int after) {}

    AnswerStreams(McpLimits limits) {
        this.limits = limits;
    }

    /** Adds a stream that has a connection. Of too many, those that were left first are dropped, with their calls. */
    void add(EventStream stream, Thread worker, long now) {
        List<Kept> dropped = new ArrayList<>();
        synchronized (this) {
            streams.put(stream.number(), new Kept(stream, worker, now));
            List<Kept> left = streams.values().stream()
                    .filter(kept -> !kept.stream.isConnected())
                    .toList();
            for (Kept kept : left.subList(0, Math.max(0, left.size() - limits.resumable()))) {
                streams.remove(kept.stream.number());
                dropped.add(kept);
            }
        }
        dropped.forEach(Kept::drop);
    }

    /**
     * Notes that a stream has lost its connection, or was written to its end.
     *
     * @param isKnown whether the client can name it; if not, it is dropped with its call
     */
    void leave(EventStream stream, boolean isKnown, long now) {
        Optional<Kept> dropped;
        synchronized (this) {
            Optional.ofNullable(streams.get(stream.number())).ifPresent(kept -> kept.left = now);
            dropped = isKnown ? Optional.empty() : Optional.ofNullable(streams.remove(stream.number()));
        }
        dropped.ifPresent(Kept::drop);
    }

    /** Drops the streams that were left for too long. */
    void dropOld(long now) {
        List<Kept> dropped = new ArrayList<>();
        synchronized (this) {
            streams.values().removeIf(kept -> {
                boolean isOld = !kept.stream.isConnected()
                        && now - kept.left > limits.resume().toNanos();
                if (isOld) {
                    dropped.add(kept);
                }
                return isOld;
            });
        }
        dropped.forEach(Kept::drop);
    }

    /** Drops all of them. */
    void close() {
        List<Kept> dropped;
        synchronized (this) {
            dropped = List.copyOf(streams.values());
            streams.clear();
        }
        dropped.forEach(Kept::drop);
    }

    /** Returns where the event with this id was; empty if its stream is not kept any more, or was for no answers. */
    synchronized Optional<Resumption> after(String id) {
        Matcher form = ID.matcher(id);
        if (!form.matches()) {
            return Optional.empty();
        }
        int after = form.group(2).equals(EventStream.START_NAME) ? EventStream.START : Integer.parseInt(form.group(2));
        return Optional.ofNullable(streams.get(Long.parseLong(form.group(1))))
                .map(kept -> new Resumption(kept.stream, after));
    }
}
