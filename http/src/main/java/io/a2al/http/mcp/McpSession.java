package io.a2al.http.mcp;

import io.modelcontextprotocol.spec.McpStreamableServerSession;
import io.modelcontextprotocol.spec.McpStreamableServerSession.McpStreamableServerSessionStream;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A session of a host: that of the SDK, its streams, and when it was used. Thread-safe. */
final class McpSession {

    private final McpStreamableServerSession session;
    private final SdkJson json;
    private final AtomicLong streams = new AtomicLong();
    private final AtomicReference<@Nullable EventStream> listening = new AtomicReference<>();

    /** When it was used last, and by how many requests it is used now; guarded by {@link McpSessions}. */
    long lastUsed;

    int users;

    McpSession(McpStreamableServerSession session, SdkJson json) {
        this.session = session;
        this.json = json;
    }

    String id() {
        return session.getId();
    }

    McpStreamableServerSession sdk() {
        return session;
    }

    /** Returns a new stream for the answers to one request. */
    EventStream answers() {
        return new EventStream(json, streams.incrementAndGet());
    }

    /** A stream for what the server says of its own accord, and what the SDK has of it. */
    record Listening(EventStream stream, McpStreamableServerSessionStream sdk) {}

    /** Opens the one stream for what the server says of its own accord; one that is open ends. */
    Listening listen() {
        EventStream stream = answers();
        end(listening.getAndSet(stream));
        return new Listening(stream, session.listeningStream(new SdkStream(stream, json, true)));
    }

    /** Ends the session and the stream that is open. */
    void close() {
        end(listening.getAndSet(null));
        session.close();
    }

    private static void end(@Nullable EventStream stream) {
        if (stream != null) {
            stream.end();
        }
    }
}
