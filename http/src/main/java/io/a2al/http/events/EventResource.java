package io.a2al.http.events;

import io.a2al.dht.DhtNode;
import io.a2al.http.limits.HttpLimits;
import io.a2al.http.registry.AgentMail;
import io.a2al.http.registry.AgentRegistry;
import io.a2al.http.route.ApiException;
import io.a2al.http.route.ApiRequest;
import io.a2al.http.route.ApiResult;
import io.a2al.http.route.Router;
import io.a2al.http.stream.StreamSlots;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
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
    private final AgentRegistry registry;
    private final StreamSlots slots;
    private final LongSupplier nanos;
    private final long keepAliveNanos;
    private final MailWatches mail;
    private final EventHub hub;
    private final AgentMail.Listening registered;

    /**
     * Streams of the events of {@code node}.
     *
     * @param registry the agents that the node keeps, of whose mail it hears in any case
     * @param slots counts the streams
     * @param unixMillis the clock of events
     * @param nanos a monotonic clock
     */
    public EventResource(
            DhtNode node,
            AgentRegistry registry,
            StreamSlots slots,
            HttpLimits.Times times,
            LongSupplier unixMillis,
            LongSupplier nanos) {
        this.node = node;
        this.registry = registry;
        this.slots = slots;
        this.nanos = nanos;
        this.keepAliveNanos = Math.min(KEEP_ALIVE.toNanos(), times.idle().toNanos() / 2);
        this.mail = new MailWatches(node);
        this.hub = new EventHub(node, unixMillis, this::ownerOf);
        this.registered = registry.mail().subscribe(hub::onMail);
    }

    private Optional<MailOwner> ownerOf(NodeId key) {
        return registry.find(key)
                .map(agent -> new MailOwner(agent.address(), true))
                .or(() -> mail.agentOf(key).map(agent -> new MailOwner(agent, false)));
    }

    private static void nothing() {}

    /** Adds the paths. */
    public void addTo(Router.Builder routes) {
        routes.get("/v1/events", this::events, "types")
                .get("/events", request -> legacy(request, Optional.empty(), EventResource::nothing), "types")
                .get("/agents/{aid}/events", this::agentEvents, "types");
    }

    private ApiResult events(ApiRequest request) throws ApiException {
        Set<EventType> types = EventType.parse(request.query("types"));
        return stream(
                request,
                event -> types.contains(event.type()) ? event.frame() : Bytes.EMPTY,
                EventResource::nothing,
                types.contains(EventType.MAIL) ? Optional.of(node.agent().address()) : Optional.empty());
    }

    /** An agent that reads its events lives. */
    private ApiResult agentEvents(ApiRequest request) throws ApiException {
        Address agent = ApiRequest.address("aid", request.parameter("aid"));
        return legacy(request, Optional.of(agent), new StreamHeartbeat(() -> registry.heartbeat(agent), nanos));
    }

    /** The stream of one agent's events listens for its mail; that of all agents tells what the node hears anyway. */
    private ApiResult legacy(ApiRequest request, Optional<Address> agent, Runnable onWritten) throws ApiException {
        boolean wanted = request.query("types")
                .map(list -> List.of(list.split(",", -1)).contains(EventJson.LEGACY_MAIL))
                .orElse(true);
        return stream(
                request,
                event -> wanted && (agent.isEmpty() || agent.equals(event.agent())) ? event.legacyFrame() : Bytes.EMPTY,
                onWritten,
                wanted ? agent.filter(other -> registry.find(other).isEmpty()) : Optional.empty());
    }

    private ApiResult stream(
            ApiRequest request, Function<HubEvent, Bytes> frames, Runnable onWritten, Optional<Address> mailOf)
            throws ApiException {
        hub.watch();
        EventHub.Start start = hub.after(request.lastEventId());
        return slots.stream(request, out -> {
            mailOf.ifPresent(mail::acquire);
            try {
                new EventReader(hub, frames, onWritten, keepAliveNanos, nanos).run(start, out);
            } finally {
                mailOf.ifPresent(mail::release);
            }
        });
    }

    /** Ends all streams. */
    @Override
    public void close() {
        registered.close();
        hub.close();
    }
}
