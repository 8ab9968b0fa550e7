package io.a2al.http.mcp;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The sessions that exist: not more than the limit, and none that was idle for too long (daemon-api.md A-09). A session
 * is in use while it has a request or an open stream. Thread-safe.
 */
final class McpSessions {

    private final McpLimits limits;
    private final LongSupplier nanos;
    private final Map<String, McpSession> sessions = new LinkedHashMap<>();
    private boolean closed;

    /**
     * None at first.
     *
     * @param nanos a monotonic clock, in nanoseconds
     */
    McpSessions(McpLimits limits, LongSupplier nanos) {
        this.limits = limits;
        this.nanos = nanos;
    }

    /**
     * Adds a session, which is in use. If there are too many, the one that was idle for longest ends.
     *
     * @return false if all others are in use, or no more are wanted
     */
    boolean add(McpSession session) {
        List<McpSession> ended = new ArrayList<>();
        boolean hasRoom;
        synchronized (this) {
            removeIdle(ended);
            if (sessions.size() >= limits.sessions()) {
                sessions.values().stream()
                        .filter(other -> other.users == 0)
                        .min(Comparator.comparingLong(other -> other.lastUsed - nanos.getAsLong()))
                        .ifPresent(idlest -> {
                            sessions.remove(idlest.id());
                            ended.add(idlest);
                        });
            }
            hasRoom = !closed && sessions.size() < limits.sessions();
            if (hasRoom) {
                session.users++;
                sessions.put(session.id(), session);
            }
        }
        ended.forEach(McpSession::close);
        return hasRoom;
    }

    /** Returns a session, which is in use until it is {@linkplain #release released}. */
    Optional<McpSession> use(String id) {
        List<McpSession> ended = new ArrayList<>();
        Optional<McpSession> found;
        synchronized (this) {
            removeIdle(ended);
            found = Optional.ofNullable(sessions.get(id));
            found.ifPresent(session -> session.users++);
        }
        ended.forEach(McpSession::close);
        return found;
    }

    /** Ends one use of a session. */
    synchronized void release(McpSession session) {
        session.users--;
        session.lastUsed = nanos.getAsLong();
    }

    /** Ends a session; false if there is none. */
    boolean remove(String id) {
        Optional<McpSession> found;
        synchronized (this) {
            found = Optional.ofNullable(sessions.remove(id));
        }
        found.ifPresent(McpSession::close);
        return found.isPresent();
    }

    /** Returns all sessions. */
    synchronized List<McpSession> all() {
        return List.copyOf(sessions.values());
    }

    /** Ends all sessions; no more can be added. */
    void close() {
        List<McpSession> all;
        synchronized (this) {
            closed = true;
            all = all();
            sessions.clear();
        }
        all.forEach(McpSession::close);
    }

    private void removeIdle(List<McpSession> ended) {
        long now = nanos.getAsLong();
        sessions.values().forEach(session -> session.answers().dropOld(now));
        sessions.values().removeIf(session -> {
            boolean idle =
                    session.users == 0 && now - session.lastUsed > limits.idle().toNanos();
            if (idle) {
                ended.add(session);
            }
            return idle;
        });
    }
}
