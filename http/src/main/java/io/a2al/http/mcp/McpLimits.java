package io.a2al.http.mcp;

import java.time.Duration;

/**
 * What sessions of the Model Context Protocol may cost.
 *
 * @param sessions sessions at a time; a further one takes the place of the one that was idle for longest
 * @param idle a session that is not used for so long ends
 * @param keepAlive how often a stream that has nothing to send sends a comment; less than the idle time of connections
 * @param batch messages in one request
 * @param calls requests of a session that have no answer yet; at least a batch
 * @param resumable streams of answers that a session keeps after their connections, for clients that lost these
 * @param resume for how long they are kept
 */
public record McpLimits(
        int sessions, Duration idle, Duration keepAlive, int batch, int calls, int resumable, Duration resume) {

    /** Limits for the hosts of one machine. {@code a2al mcp} relays 16 batches at a time, so that it may be full. */
    public static final McpLimits DEFAULT =
            new McpLimits(64, Duration.ofHours(1), Duration.ofSeconds(10), 32, 512, 4, Duration.ofMinutes(1));

    /** Refuses limits that are not positive, or room for fewer calls than are in a batch. */
    public McpLimits {
        if (sessions <= 0
                || batch <= 0
                || calls < batch
                || resumable <= 0
                || !idle.isPositive()
                || !keepAlive.isPositive()
                || !resume.isPositive()) {
            throw new IllegalArgumentException("limits of MCP must be positive, and calls at least batch");
        }
    }
}
