package io.a2al.http.mcp;

import io.modelcontextprotocol.spec.McpStreamableServerSession;
import io.modelcontextprotocol.spec.McpStreamableServerSession.McpStreamableServerSessionStream;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A session of a host: that of the SDK, its streams, and when it was used. Thread-safe. */
final class McpSession {

    private final McpStreamableServerSession session;
    private final SdkJson json;
    private final boolean isPrimed;
    private final AnswerStreams answers;
    private final Calls calls;
    private final AtomicLong streams = new AtomicLong();
    private final AtomicReference<@Nullable EventStream> listening = new AtomicReference<>();

    /** Held by the call that changes something; fair, so that the next one is the one that came next. */
    private final Lock changing = new ReentrantLock(true);

    /** When it was used last, and by how many requests it is used now; guarded by {@link McpSessions}. */
    long lastUsed;

    int users;

    /**
     * A session that was begun.
     *
     * @param version of the protocol that was agreed on
     */
    McpSession(McpStreamableServerSession session, SdkJson json, String version, McpLimits limits) {
        this.session = session;
        this.json = json;
        this.isPrimed = version.compareTo(McpTools.PRIMING_VERSION) >= 0;
        this.answers = new AnswerStreams(limits);
        this.calls = new Calls(limits.calls());
    }

    String id() {
        return session.getId();
    }

    McpStreamableServerSession sdk() {
        return session;
    }

    /** Returns a new stream for the answers to one request. */
    EventStream newStream() {
        return new EventStream(json, streams.incrementAndGet());
    }

    /** Returns the requests that have no answer yet. */
    Calls calls() {
        return calls;
    }

    /** Returns the streams of answers that can be resumed. */
    AnswerStreams answers() {
        return answers;
    }

    /** Returns whether streams begin with an event without data, by whose id they can be resumed. */
    boolean isPrimed() {
        return isPrimed;
    }

    /** Returns the lock of calls that change something. */
    Lock changing() {
        return changing;
    }

    /** A stream for what the server says of its own accord, and what the SDK has of it. */
    record Listening(EventStream stream, McpStreamableServerSessionStream sdk) {}

    /** Opens the one stream for what the server says of its own accord; one that is open ends. */
    Listening listen() {
        EventStream stream = newStream();
        end(listening.getAndSet(stream));
        return new Listening(stream, session.listeningStream(new SdkStream(stream, calls, json, true, true)));
    }

    /** Ends the session, the stream that is open, and the calls without a connected client. */
    void close() {
        end(listening.getAndSet(null));
        answers.close();
        session.close();
    }

    private static void end(@Nullable EventStream stream) {
        if (stream != null) {
            stream.end();
        }
    }
}
