package io.a2al.protocol.record;

import io.a2al.protocol.id.NodeId;
import java.nio.charset.StandardCharsets;

/** Derives the DHT keys of topics (wire.md 11.3). Stateless and thread-safe. */
public final class Topics {

    private static final byte[] PREFIX = "topic:".getBytes(StandardCharsets.US_ASCII);

    private Topics() {}

    /** Returns the DHT key of a topic: the SHA-256 of {@code topic:} and the name in UTF-8, without normalisation. */
    public static NodeId keyOf(String topic) {
        return NodeId.ofHash(PREFIX, topic.getBytes(StandardCharsets.UTF_8));
    }
}
