package io.a2al.http.limits;

import java.time.Duration;
import java.util.Objects;

/**
 * What connections and requests may cost.
 *
 * @param connections connections that are open at a time; at the limit, further ones wait in the backlog of the system
 * @param streams streams of events among them; further ones are refused with 503
 * @param headerBytes longest header of a request, with its first line; a longer one is answered with 431
 * @param bodyBytes longest body of a request; a longer one is answered with 413
 * @param times how long the parts of an exchange may take
 */
public record HttpLimits(int connections, int streams, int headerBytes, int bodyBytes, Times times) {

    /** Limits for the programs and agents of one machine. */
    public static final HttpLimits DEFAULT = new HttpLimits(
            1280,
            1024,
            8 << 10,
            1 << 20,
            new Times(Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(30)));

    /**
     * How long the parts of an exchange may take.
     *
     * @param header from the opening of a connection until the header of its first request must be there
     * @param body from each header until its body must be there
     * @param idle how long nothing may be received or sent on a connection
     * @param write until the client must have taken 64 KB of an answer, or the whole of a shorter one
     */
    public record Times(Duration header, Duration body, Duration idle, Duration write) {

        /** Refuses times that are not positive. */
        public Times {
            requirePositive(Objects.requireNonNull(header, "header").toMillis(), "header");
            requirePositive(Objects.requireNonNull(body, "body").toMillis(), "body");
            requirePositive(Objects.requireNonNull(idle, "idle").toMillis(), "idle");
            requirePositive(Objects.requireNonNull(write, "write").toMillis(), "write");
        }
    }

    /** Refuses limits that are not positive. */
    public HttpLimits {
        requirePositive(connections, "connections");
        requirePositive(streams, "streams");
        requirePositive(headerBytes, "headerBytes");
        requirePositive(bodyBytes, "bodyBytes");
        Objects.requireNonNull(times, "times");
    }

    private static void requirePositive(long value, String name) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " " + value + " is not positive; use 1 or more");
        }
    }

    /** Returns these limits with another number of connections. */
    public HttpLimits withConnections(int other) {
        return new HttpLimits(other, streams, headerBytes, bodyBytes, times);
    }

    /** Returns these limits with another number of streams. */
    public HttpLimits withStreams(int other) {
        return new HttpLimits(connections, other, headerBytes, bodyBytes, times);
    }

    /** Returns these limits with other bounds of bytes. */
    public HttpLimits withBytes(int ofHeader, int ofBody) {
        return new HttpLimits(connections, streams, ofHeader, ofBody, times);
    }

    /** Returns these limits with other bounds of time. */
    public HttpLimits withTimes(Times other) {
        return new HttpLimits(connections, streams, headerBytes, bodyBytes, other);
    }
}
