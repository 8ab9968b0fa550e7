package io.a2al.http.limits;

import java.time.Duration;
import java.util.Objects;

/**
 * What connections and requests may cost.
 *
 * @param connections connections that are open at a time; at the limit, further ones wait in the backlog of the system
 * @param headerBytes longest header of a request, with its first line; a longer one is answered with 431
 * @param bodyBytes longest body of a request; a longer one is answered with 413
 * @param header from the opening of a connection until the header of its first request must be there
 * @param body from each header until its body must be there
 * @param idle how long nothing may be received or sent on a connection
 */
public record HttpLimits(
        int connections, int headerBytes, int bodyBytes, Duration header, Duration body, Duration idle) {

    /** Limits for the programs and agents of one machine. */
    public static final HttpLimits DEFAULT = new HttpLimits(
            256, 8 << 10, 1 << 20, Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(30));

    /** Refuses limits that are not positive. */
    public HttpLimits {
        requirePositive(connections, "connections");
        requirePositive(headerBytes, "headerBytes");
        requirePositive(bodyBytes, "bodyBytes");
        requirePositive(Objects.requireNonNull(header, "header").toMillis(), "header");
        requirePositive(Objects.requireNonNull(body, "body").toMillis(), "body");
        requirePositive(Objects.requireNonNull(idle, "idle").toMillis(), "idle");
    }

    private static void requirePositive(long value, String name) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " " + value + " is not positive; use 1 or more");
        }
    }

    /** Returns these limits with another number of connections. */
    public HttpLimits withConnections(int other) {
        return new HttpLimits(other, headerBytes, bodyBytes, header, body, idle);
    }

    /** Returns these limits with other bounds of bytes. */
    public HttpLimits withBytes(int ofHeader, int ofBody) {
        return new HttpLimits(connections, ofHeader, ofBody, header, body, idle);
    }

    /** Returns these limits with other bounds of time. */
    public HttpLimits withTimes(Duration otherHeader, Duration otherBody, Duration otherIdle) {
        return new HttpLimits(connections, headerBytes, bodyBytes, otherHeader, otherBody, otherIdle);
    }
}
