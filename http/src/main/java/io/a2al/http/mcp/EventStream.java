package io.a2al.http.mcp;

import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Server-sent events on their way to a client: messages are added by any thread and written by one. What is written is
 * kept no longer, so that a stream cannot be resumed. Thread-safe.
 */
final class EventStream {

    /** Messages that wait to be written. A call has one answer, so that only a client that does not read gets there. */
    private static final int MAX_WAITING = 64;

    private static final byte[] COMMENT = ": \n\n".getBytes(StandardCharsets.US_ASCII);

    private final SdkJson json;
    private final long number;
    private final Deque<JSONRPCMessage> waiting = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean ended;

    /**
     * An empty stream.
     *
     * @param number of the stream within its session; part of the ids of its events
     */
    EventStream(SdkJson json, long number) {
        this.json = json;
        this.number = number;
    }

    /** Adds a message; ends the stream if too many wait. A message to a stream that has ended is dropped. */
    void add(JSONRPCMessage message) {
        lock.lock();
        try {
            if (waiting.size() >= MAX_WAITING) {
                waiting.clear();
                ended = true;
            } else if (!ended) {
                waiting.add(message);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
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

    /**
     * Writes until the stream ends.
     *
     * @param keepAlive after how long without message a comment is written, which shows whether the client is there
     * @throws IOException if the client has gone
     */
    void writeTo(OutputStream out, Duration keepAlive) throws IOException, InterruptedException {
        // The first comment makes the header leave at once.
        write(out, COMMENT);
        int sent = 0;
        while (true) {
            JSONRPCMessage message = next(keepAlive);
            if (message != null) {
                String event = "event: message\nid: " + number + "_" + sent + "\ndata: "
                        + json.writeValueAsString(message) + "\n\n";
                write(out, event.getBytes(StandardCharsets.UTF_8));
                sent++;
            } else if (hasEnded()) {
                return;
            } else {
                write(out, COMMENT);
            }
        }
    }

    private static void write(OutputStream out, byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    /** Waits for a message; null if none came in time, or if the stream has ended. */
    private @Nullable JSONRPCMessage next(Duration keepAlive) throws InterruptedException {
        lock.lock();
        try {
            long left = keepAlive.toNanos();
            while (waiting.isEmpty() && !ended && left > 0) {
                left = changed.awaitNanos(left);
            }
            return waiting.poll();
        } finally {
            lock.unlock();
        }
    }

    private boolean hasEnded() {
        lock.lock();
        try {
            return ended && waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }
}
