package io.a2al.http.mcp;

import java.time.Duration;

/**
 * What sessions of the Model Context Protocol may cost.
 *
 * @param sessions sessions at a time; a further one takes the place of the one that was idle for longest
 * @param idle a session that is not used for so long ends
 * @param keepAlive how often a stream that has nothing to send sends a comment; less than the idle time of connections
 * @param batch messages in one request
 */
public record McpLimits(int sessions, Duration idle, Duration keepAlive, int batch) {

    /** Limits for the hosts of one machine. */
    public static final McpLimits DEFAULT = new McpLimits(64, Duration.ofHours(1), Duration.ofSeconds(10), 32);

    /** Refuses limits that are not positive. */
    public McpLimits {
        if (sessions <= 0 || batch <= 0 || !idle.isPositive() || !keepAlive.isPositive()) {
            throw new IllegalArgumentException("limits of MCP must be positive");
        }
    }
}
