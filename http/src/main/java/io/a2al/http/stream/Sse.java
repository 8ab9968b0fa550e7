package io.a2al.http.stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.http.route.ApiRequest;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The format of server-sent events (the HTML standard, section 9.2). Stateless and thread-safe. */
public final class Sse {

    /** The media type of a stream. */
    public static final String TYPE = "text/event-stream";

    private static final byte[] KEEP_ALIVE = ": keep-alive\n\n".getBytes(StandardCharsets.US_ASCII);

    private Sse() {}

    /** Returns true if a request asks for a stream. */
    public static boolean isWanted(ApiRequest request) {
        return request.accept().toLowerCase(Locale.ROOT).contains(TYPE);
    }

    /** Returns an event without id. Neither the type nor JSON on one line has a line break. */
    public static byte[] event(String type, ObjectNode data) {
        return ("event: " + type + "\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Returns an event with an id, which a client gives back as {@code Last-Event-ID}. */
    public static byte[] event(String id, String type, ObjectNode data) {
        return ("id: " + id + "\nevent: " + type + "\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Returns a comment, which clients ignore. */
    public static byte[] keepAlive() {
        return KEEP_ALIVE.clone();
    }
}
