package io.a2al.http.lookup;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.core.api.LookupStep;
import io.a2al.dht.DhtNode;
import io.a2al.dht.result.NodeClosedException;
import io.a2al.dht.result.RefusedException;
import io.a2al.dht.result.TooManyLookupsException;
import io.a2al.http.route.ApiException;
import io.a2al.http.route.ApiRequest;
import io.a2al.http.route.ApiResult;
import io.a2al.http.route.ErrorCode;
import io.a2al.http.route.Json;
import io.a2al.http.route.Router;
import io.a2al.http.stream.Sse;
import io.a2al.http.stream.StreamSlots;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;

/** Makes a lookup and tells its steps, all together or as they come. Thread-safe. */
public final class TraceResource {

    private final DhtNode node;
    private final StreamSlots slots;

    /** Lookups by {@code node}, whose streams have these slots. */
    public TraceResource(DhtNode node, StreamSlots slots) {
        this.node = node;
        this.slots = slots;
    }

    /** Adds the path. */
    public void addTo(Router.Builder routes) {
        routes.post("/v1/lookups", this::lookUp);
    }

    private ApiResult lookUp(ApiRequest request) throws ApiException, InterruptedException {
        TracedLookup lookup = TracedLookup.of(node, request);
        return Sse.isWanted(request)
                ? slots.stream(request, out -> stream(lookup, out))
                : ApiResult.json(whole(lookup));
    }

    private static ObjectNode whole(TracedLookup lookup) throws InterruptedException {
        List<LookupStep> steps = Collections.synchronizedList(new ArrayList<>());
        CompletableFuture<ObjectNode> running = lookup.begin(steps::add);
        ObjectNode end = await(running);
        ObjectNode json = Json.object();
        ArrayNode array = json.putArray("steps");
        List<LookupStep> inOrder = new ArrayList<>(steps);
        inOrder.sort(Comparator.comparing(LookupStep::elapsed));
        inOrder.forEach(step -> array.add(TraceJson.of(step)));
        return json.setAll(end);
    }

    private static ObjectNode await(CompletableFuture<ObjectNode> running) throws InterruptedException {
        try {
            return running.get();
        } catch (InterruptedException e) {
            running.cancel(false);
            throw e;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e.getCause());
        }
    }

    /** The core limits the number of steps, and a lookup takes a minute at most. */
    private static void stream(TracedLookup lookup, OutputStream out) throws IOException {
        BlockingQueue<Supplier<byte[]>> events = new LinkedBlockingQueue<>();
        CompletableFuture<ObjectNode> running = lookup.begin(step -> events.add(() -> event(step)));
        var _ = running.whenComplete((end, failure) -> events.add(() -> new byte[0]));
        try {
            out.write(Sse.keepAlive());
            for (byte[] event = events.take().get();
                    event.length > 0;
                    event = events.take().get()) {
                out.write(event);
            }
            out.write(last(running));
        } catch (InterruptedException e) {
            throw new InterruptedIOException("the server is being stopped");
        } finally {
            running.cancel(false);
        }
    }

    private static byte[] event(LookupStep step) {
        return Sse.event("step", TraceJson.of(step));
    }

    private static byte[] last(CompletableFuture<ObjectNode> ended) throws InterruptedException {
        try {
            return Sse.event("result", await(ended));
        } catch (TooManyLookupsException e) {
            return Sse.event("error", Json.error(ErrorCode.TOO_MANY, String.valueOf(e.getMessage())));
        } catch (RefusedException | NodeClosedException e) {
            return Sse.event("error", Json.error(ErrorCode.REFUSED, String.valueOf(e.getMessage())));
        }
    }
}
