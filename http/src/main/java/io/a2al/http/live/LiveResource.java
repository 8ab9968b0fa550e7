package io.a2al.http.live;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.dht.DhtNode;
import io.a2al.dht.result.NodeClosedException;
import io.a2al.http.node.NodeResource;
import io.a2al.http.node.PeerResource;
import io.a2al.http.publish.PublicationResource;
import io.a2al.http.route.ApiException;
import io.a2al.http.route.ApiRequest;
import io.a2al.http.route.ApiResult;
import io.a2al.http.route.Router;
import io.a2al.http.schedule.Periodic;
import io.a2al.http.stream.Sse;
import io.a2al.http.stream.StreamSlots;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Streams what readers watch of the node: its state every second, its contacts and publications when they change, its
 * traffic of the last hour and each further point of that. However many read, the node is asked once a second.
 * Thread-safe.
 */
public final class LiveResource implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LiveResource.class);

    private static final Duration PERIOD = Duration.ofSeconds(1);

    /** What can be watched. */
    private enum View {
        NODE,
        PEERS,
        PUBLICATIONS,
        HISTORY
    }

    private final DhtNode node;
    private final StreamSlots slots;
    private final TrafficRates rates = new TrafficRates();
    private final Map<View, Shared> shared = new EnumMap<>(View.class);
    private final Periodic sampler = new Periodic("a2al-rates", "sampling the traffic", this::sample, LOG);
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Optional<TrafficRates.Point> latest = Optional.empty();

    /** Streams of {@code node}, whose state these resources tell. Samples its traffic until this is closed. */
    public LiveResource(
            DhtNode node, NodeResource state, PeerResource peers, PublicationResource publications, StreamSlots slots) {
        this.node = node;
        this.slots = slots;
        NodeView view = new NodeView(node, state, System::nanoTime);
        shared.put(View.NODE, new Shared(view::now));
        shared.put(View.PEERS, new Shared(peers::all));
        shared.put(View.PUBLICATIONS, new Shared(publications::all));
        sampler.every(TrafficRates.STEP);
    }

    private void sample() {
        rates.add(
                        System.nanoTime(),
                        Clock.systemUTC().millis(),
                        node.statistics().messages(),
                        node.traffic())
                .ifPresent(point -> latest = Optional.of(point));
    }

    /** Adds the paths. */
    public void addTo(Router.Builder routes) {
        routes.get("/v1/live", this::live, "views").get("/v1/traffic", _ -> ApiResult.json(rates.json()));
    }

    private ApiResult live(ApiRequest request) throws ApiException {
        Set<View> wanted = EnumSet.noneOf(View.class);
        for (String name : request.query("views").orElse("node").split(",", -1)) {
            wanted.add(parse(name));
        }
        return slots.stream(request, out -> follow(wanted, out));
    }

    private static View parse(String name) throws ApiException {
        for (View view : View.values()) {
            if (view.name().toLowerCase(Locale.ROOT).equals(name)) {
                return view;
            }
        }
        throw ApiException.invalid(
                "views: \"" + name + "\" is not known; choose from node, peers, publications, history");
    }

    /** Writes until the reader leaves, which fails a write, or the node or this is closed. */
    private void follow(Set<View> wanted, OutputStream out) throws IOException {
        Optional<TrafficRates.Point> told = latest;
        Map<View, ObjectNode> before = new EnumMap<>(View.class);
        if (wanted.contains(View.HISTORY)) {
            out.write(Sse.event("history", rates.json()));
        }
        try {
            do {
                for (Map.Entry<View, Shared> entry : shared.entrySet()) {
                    View view = entry.getKey();
                    if (wanted.contains(view)) {
                        ObjectNode now = entry.getValue().now();
                        if (!now.equals(before.put(view, now))) {
                            out.write(Sse.event(view.name().toLowerCase(Locale.ROOT), now));
                        }
                    }
                }
                Optional<TrafficRates.Point> point = latest;
                if (wanted.contains(View.HISTORY) && !point.equals(told)) {
                    out.write(Sse.event("point", TrafficRates.json(point.orElseThrow())));
                    told = point;
                }
                out.write(Sse.keepAlive());
                out.flush();
            } while (!closed.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS));
        } catch (NodeClosedException nothingToTell) {
            // The stream ends.
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends all streams. */
    @Override
    public void close() {
        closed.countDown();
        sampler.close();
    }

    /** JSON that is made at most once a second, for all readers. */
    private static final class Shared {

        private static final long FRESH_NANOS = PERIOD.toNanos() * 9 / 10;

        private final Supplier<ObjectNode> maker;
        private Optional<ObjectNode> made = Optional.empty();
        private long madeAt;

        Shared(Supplier<ObjectNode> maker) {
            this.maker = maker;
        }

        synchronized ObjectNode now() {
            long now = System.nanoTime();
            if (made.isEmpty() || now - madeAt >= FRESH_NANOS) {
                made = Optional.of(maker.get());
                madeAt = now;
            }
            return made.get();
        }
    }
}
