package io.a2al.http.events;

import io.a2al.dht.DhtNode;
import io.a2al.http.limits.HttpLimits;
import io.a2al.http.route.ApiException;
import io.a2al.http.route.ApiRequest;
import io.a2al.http.route.ApiResult;
import io.a2al.http.route.Router;
import io.a2al.http.stream.StreamSlots;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.Address;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Streams of events: the node's own, and those that the network's other daemons have. A stream lasts until its client
 * or the server ends it. Thread-safe.
 */
public final class EventResource implements AutoCloseable {

    /** Between two signs of life; shorter if the idle timeout is. */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

    private final DhtNode node;
    private final StreamSlots slots;
    private final LongSupplier nanos;
    private final long keepAliveNanos;
    private final MailWatches mail;
    private final EventHub hub;

    /**
     * Streams of the events of {@code node}.
     *
     * @param slots counts the streams
     * @param unixMillis the clock of events
     * @param nanos a monotonic clock
     */
    public EventResource(
            DhtNode node, StreamSlots slots, HttpLimits.Times times, LongSupplier unixMillis, LongSupplier nanos) {
        this.node = node;
        this.slots = slots;
        this.nanos = nanos;
        this.keepAliveNanos = Math.min(KEEP_ALIVE.toNanos(), times.idle().toNanos() / 2);
        this.mail = new MailWatches(node);
        this.hub = new EventHub(node, unixMillis, mail::agentOf);
    }

    /** Adds the paths. */
    public void addTo(Router.Builder routes) {
        routes.get("/v1/events", this::events, "types")
                .get("/events", request -> legacy(request, Optional.empty()), "types")
                .get("/agents/{aid}/events", this::agentEvents, "types");
    }

    private ApiResult events(ApiRequest request) throws ApiException {
        Set<EventType> types = EventType.parse(request.query("types"));
        return stream(
                request,
                event -> types.contains(event.type()) ? event.frame() : Bytes.EMPTY,
                types.contains(EventType.MAIL) ? Optional.of(node.agent().address()) : Optional.empty());
    }

    private ApiResult agentEvents(ApiRequest request) throws ApiException {
        return legacy(request, Optional.of(ApiRequest.address("aid", request.parameter("aid"))));
    }

    /** The stream of one agent's events listens for its mail; that of all agents tells what the others hear. */
    private ApiResult legacy(ApiRequest request, Optional<Address> agent) throws ApiException {
        boolean wanted = request.query("types")
                .map(list -> List.of(list.split(",", -1)).contains(EventJson.LEGACY_MAIL))
                .orElse(true);
        return stream(
                request,
                event -> wanted && (agent.isEmpty() || agent.equals(event.agent())) ? event.legacyFrame() : Bytes.EMPTY,
                wanted ? agent : Optional.empty());
    }

    private ApiResult stream(ApiRequest request, Function<HubEvent, Bytes> frames, Optional<Address> mailOf)
            throws ApiException {
        hub.watch();
        EventHub.Start start = hub.after(request.lastEventId());
        return slots.stream(request, out -> {
            mailOf.ifPresent(mail::acquire);
            try {
                new EventReader(hub, frames, keepAliveNanos, nanos).run(start, out);
            } finally {
                mailOf.ifPresent(mail::release);
            }
        });
    }

    /** Ends all streams. */
    @Override
    public void close() {
        hub.close();
    }
}
