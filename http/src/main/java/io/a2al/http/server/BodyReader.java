package io.a2al.http.server;

import io.a2al.http.limits.HttpLimits;
import io.a2al.http.route.ApiException;
import io.a2al.http.route.ErrorCode;
import io.a2al.protocol.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Reads the bodies of requests: JSON, not too long, and within a time limit. The idle timeout alone would let a client
 * send a byte every few seconds. Thread-safe.
 */
public final class BodyReader {

    private static final String JSON = "application/json";

    private final int longest;
    private final Duration limit;

    /** Reads within these limits. */
    public BodyReader(HttpLimits limits) {
        this.longest = limits.bodyBytes();
        this.limit = limits.times().body();
    }

    /**
     * Returns the whole body. If it is not there in time, the connection is closed.
     *
     * @throws ApiException if there is one that is too long or not labelled as JSON
     * @throws IOException if the connection ends before the body
     */
    public Bytes read(Request request) throws ApiException, IOException {
        long length = request.getLength();
        if (length == 0) {
            return Bytes.EMPTY;
        }
        if (length > longest) {
            throw tooLong();
        }
        Scheduler.Task deadline = request.getComponents()
                .getScheduler()
                .schedule(
                        request.getConnectionMetaData().getConnection()::close,
                        limit.toMillis(),
                        TimeUnit.MILLISECONDS);
        byte[] body;
        try (InputStream in = Content.Source.asInputStream(request)) {
            body = in.readNBytes(longest + 1);
        } finally {
            boolean _ = deadline.cancel();
        }
        if (body.length > longest) {
            throw tooLong();
        }
        if (body.length > 0 && !isJson(request)) {
            throw ApiException.of(
                    ErrorCode.UNSUPPORTED_MEDIA_TYPE, "the body is not labelled as JSON; send Content-Type: " + JSON);
        }
        return Bytes.copyOf(body);
    }

    private ApiException tooLong() {
        return ApiException.of(ErrorCode.TOO_LONG, "the body has more than " + longest + " bytes; send a shorter one");
    }

    private static boolean isJson(Request request) {
        String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        return type != null
                && type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(JSON);
    }
}
