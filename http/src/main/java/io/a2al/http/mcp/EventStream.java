package io.a2al.http.mcp;

import io.a2al.protocol.Bytes;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Server-sent events on their way to a client: messages are added by any thread and written by one. What was written
 * stays as far as there is room, so that a client that lost its connection can have the rest by another one.
 * Thread-safe.
 */
final class EventStream {

    /** Messages that wait to be written. A call has one answer, so that only a client that does not read gets there. */
    private static final int MAX_WAITING = 64;

    /** Most bytes of events that are kept beside those that a connection is about to write. */
    private static final int MAX_KEPT = 1 << 16;

    /** A comment ends with an empty line, so that parsers which dispatch by lines see that the stream lives. */
    private static final byte[] COMMENT = ": \n\n".getBytes(StandardCharsets.US_ASCII);

    /** Where a client that has no message yet begins. */
    static final int START = -1;

    static final String START_NAME = "start";

    private final SdkJson json;
    private final long number;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** By their numbers within the stream. */
    private final TreeMap<Integer, Event> events = new TreeMap<>();

    private int bytes;
    private int added;

    /** Events below this number were written. */
    private int written;

    /** Counts connections; only the last one writes. */
    private int connections;

    private boolean isConnected = true;
    private boolean ended;

    /**
     * An event.
     *
     * @param text as it is written
     * @param isKept false if it is dropped as soon as it was written
     */
    private record Event(Bytes text, boolean isKept) {}

    /**
     * An empty stream, which counts as connected.
     *
     * @param number of the stream within its session; part of the ids of its events
     */
    EventStream(SdkJson json, long number) {
        this.json = json;
        this.number = number;
    }

    long number() {
        return number;
    }

    /** Adds a message that is kept after it was written. */
    void add(JSONRPCMessage message) {
        add(message, true);
    }

    /**
     * Adds a message; ends the stream if too many wait, or if there is no connection and no room. A message to a stream
     * that has ended is dropped.
     *
     * @param isKept false for one with secrets, which is dropped as soon as it was written
     */
    void add(JSONRPCMessage message, boolean isKept) {
        String data;
        try {
            data = json.writeValueAsString(message);
        } catch (IOException e) {
            throw new IllegalArgumentException("no JSON: " + message, e);
        }
        lock.lock();
        try {
            Bytes text = Bytes.copyOf(block(String.valueOf(added), data));
            boolean isTooMuch = isConnected ? added - written >= MAX_WAITING : bytes + text.length() > MAX_KEPT;
            if (isTooMuch) {
                clear();
                ended = true;
            } else if (!ended && (isKept || isConnected)) {
                events.put(added, new Event(text, isKept));
                bytes += text.length();
                added++;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private byte[] block(String name, String data) {
        return ("event: message\nid: " + number + "_" + name + "\ndata: " + data + "\n\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private void clear() {
        events.clear();
        bytes = 0;
    }

    /** Ends the stream after what waits. */
    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the stream without what waits, for good. */
    void drop() {
        lock.lock();
        try {
            clear();
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether a client was told of an event, by whose id it could come back. */
    boolean isBegun() {
        lock.lock();
        try {
            return written > 0;
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether a connection writes it, or is about to. */
    boolean isConnected() {
        lock.lock();
        try {
            return isConnected;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Writes until the stream ends, or another connection writes it.
     *
     * @param after the number of the event that the client has already, or {@link #START}
     * @param isPrimed whether the client is told an id at once, by an event without data
     * @param keepAlive after how long without message a comment is written, which shows whether the client is there
     * @throws IOException if the client has gone
     */
    void writeTo(OutputStream out, int after, boolean isPrimed, Duration keepAlive)
            throws IOException, InterruptedException {
        int connection = connect(after);
        try {
            // The first bytes make the header leave at once.
            write(out, isPrimed ? block(START_NAME, "") : COMMENT);
            while (isCurrent(connection)) {
                Optional<byte[]> next = next(connection, keepAlive);
                if (next.isPresent()) {
                    write(out, next.get());
                    wrote(connection);
                } else if (hasEnded()) {
                    return;
                } else {
                    write(out, COMMENT);
                }
            }
        } finally {
            disconnect(connection);
        }
    }

    private static void write(OutputStream out, byte[] text) throws IOException {
        out.write(text);
        out.flush();
    }

    private int connect(int after) {
        lock.lock();
        try {
            written = Math.min(after + 1, added);
            isConnected = true;
            changed.signalAll();
            return ++connections;
        } finally {
            lock.unlock();
        }
    }

    private void disconnect(int connection) {
        lock.lock();
        try {
            if (connection == connections) {
                isConnected = false;
                dropUnkept();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Without a connection, what is not kept is lost, and so is what there is no room for. */
    private void dropUnkept() {
        events.values().removeIf(event -> !event.isKept());
        bytes = events.values().stream()
                .mapToInt(event -> event.text().length())
                .sum();
        if (bytes > MAX_KEPT) {
            clear();
            ended = true;
        }
    }

    private boolean isCurrent(int connection) {
        lock.lock();
        try {
            return connection == connections;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the next event; empty if none came in time, if the stream has ended, or if another one writes it. */
    private Optional<byte[]> next(int connection, Duration keepAlive) throws InterruptedException {
        lock.lock();
        try {
            long left = keepAlive.toNanos();
            while (events.ceilingKey(written) == null && !ended && connection == connections && left > 0) {
                left = changed.awaitNanos(left);
            }
            Map.Entry<Integer, Event> next = events.ceilingEntry(written);
            if (next == null || connection != connections) {
                return Optional.empty();
            }
            written = next.getKey();
            return Optional.of(next.getValue().text().toArray());
        } finally {
            lock.unlock();
        }
    }

    /** Drops what is not kept after it was written, and the oldest if there is no room. */
    private void wrote(int connection) {
        lock.lock();
        try {
            if (connection != connections) {
                return;
            }
            Event event = events.get(written);
            if (event != null && !event.isKept()) {
                remove(written);
            }
            written++;
            while (bytes > MAX_KEPT && !events.isEmpty() && events.firstKey() < written) {
                remove(events.firstKey());
            }
        } finally {
            lock.unlock();
        }
    }

    private void remove(int event) {
        Event removed = events.remove(event);
        bytes -= removed == null ? 0 : removed.text().length();
    }

    /** Returns whether it has ended, and nothing is left to be written. */
    boolean hasEnded() {
        lock.lock();
        try {
            return ended && events.ceilingKey(written) == null;
        } finally {
            lock.unlock();
        }
    }
}
