package io.a2al.http;

import io.a2al.http.route.ApiException;
import io.a2al.http.route.ApiRequest;
import io.a2al.http.route.ApiResult;
import io.a2al.http.route.Router;
import io.a2al.http.stream.Sse;
import io.a2al.http.stream.StreamSlots;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Streams the film of a simulation: its header, its frames as they are made, and its end. Thread-safe. */
final class FilmResource implements AutoCloseable {

    /** Frames that are sent at a time. */
    private static final int BATCH = 256;

    /** Longest silence on a stream, so that a reader that has left, or the end of the server, is soon noticed. */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(1);

    private final FilmServer.Source source;
    private final StreamSlots slots;
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Streams of this film. */
    FilmResource(FilmServer.Source source, StreamSlots slots) {
        this.source = source;
        this.slots = slots;
    }

    /** Adds the path. */
    void addTo(Router.Builder routes) {
        routes.get("/sim/film", this::film);
    }

    private ApiResult film(ApiRequest request) throws ApiException {
        return slots.stream(request, this::follow);
    }

    private void follow(OutputStream out) throws IOException {
        write(out, "header", source.header());
        try {
            int seen = 0;
            Optional<String> end = Optional.empty();
            while (end.isEmpty() && closed.getCount() > 0) {
                // Asked before the frames, so that none is left when it is there.
                Optional<String> over = source.end();
                List<String> frames = source.after(seen, BATCH, KEEP_ALIVE);
                for (String frame : frames) {
                    write(out, "frame", frame);
                }
                seen += frames.size();
                end = frames.isEmpty() ? over : end;
                if (frames.isEmpty()) {
                    out.write(Sse.keepAlive());
                }
                out.flush();
            }
            if (end.isPresent()) {
                write(out, "end", end.get());
                out.flush();
            }
            // An ended stream would be asked for again; this one has nothing more to tell.
            while (!closed.await(KEEP_ALIVE.toMillis(), TimeUnit.MILLISECONDS)) {
                out.write(Sse.keepAlive());
                out.flush();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private static void write(OutputStream out, String type, String json) throws IOException {
        out.write(("event: " + type + "\ndata: " + json + "\n\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Ends all streams. */
    @Override
    public void close() {
        closed.countDown();
    }
}
