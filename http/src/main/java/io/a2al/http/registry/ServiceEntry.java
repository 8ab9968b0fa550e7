package io.a2al.http.registry;

import io.a2al.protocol.record.TopicPayload;
import java.util.Objects;

/**
 * What an agent offers under a topic. Immutable, with value equality; thread-safe.
 *
 * @param payload what its records contain
 * @param ttl the time to live that the agent asked for, in seconds; records live an hour and are renewed at half of it,
 *     whatever this says, so that there is no gap
 */
public record ServiceEntry(TopicPayload payload, long ttl) {

    /** Refuses null. */
    public ServiceEntry {
        Objects.requireNonNull(payload, "payload");
    }

    /** Returns the topic. */
    public String topic() {
        return payload.topic();
    }
}
