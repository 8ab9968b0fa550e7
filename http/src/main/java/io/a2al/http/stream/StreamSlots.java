package io.a2al.http.stream;

import io.a2al.http.route.ApiException;
import io.a2al.http.route.ApiRequest;
import io.a2al.http.route.ApiResult;
import io.a2al.http.route.ErrorCode;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the streams that are open, and refuses further ones at a limit. Thread-safe. */
public final class StreamSlots {

    private static final String RETRY_AFTER = "10";

    private final int limit;
    private final AtomicInteger open = new AtomicInteger();

    /** At most this many streams. */
    public StreamSlots(int limit) {
        this.limit = limit;
    }

    /** Returns how many streams are open. */
    public int open() {
        return open.get();
    }

    /**
     * Returns a streamed answer that is counted until it is written.
     *
     * @throws ApiException at the limit
     */
    public ApiResult stream(ApiRequest request, ApiResult.Writing writing) throws ApiException {
        if (request.isHead()) {
            // Nothing is written.
            return ApiResult.streamed(Sse.TYPE, writing);
        }
        if (open.incrementAndGet() > limit) {
            open.decrementAndGet();
            throw ApiException.of(
                            ErrorCode.UNAVAILABLE,
                            "the limit of streams at a time, " + limit + ", is reached; close one, or ask again later")
                    .withHeader("Retry-After", RETRY_AFTER);
        }
        return ApiResult.streamed(Sse.TYPE, out -> {
            try {
                writing.writeTo(out);
            } finally {
                open.decrementAndGet();
            }
        });
    }
}
