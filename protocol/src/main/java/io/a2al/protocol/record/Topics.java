package io.a2al.protocol.record;

import io.a2al.protocol.id.NodeId;
import java.nio.charset.StandardCharsets;

/** Where the entries of a topic are kept (wire.md 11.3). */
public final class Topics {

    private static final byte[] PREFIX = "topic:".getBytes(StandardCharsets.US_ASCII);

    private Topics() {}

    /** DHT key of a topic: SHA-256 of {@code topic:} and its UTF-8 form, without any normalization. */
    public static NodeId keyOf(String topic) {
        return NodeId.ofHash(PREFIX, topic.getBytes(StandardCharsets.UTF_8));
    }
}
