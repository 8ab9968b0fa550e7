package io.a2al.http;

import io.a2al.dht.DhtNode;
import io.a2al.http.agents.AgentsApi;
import io.a2al.http.agents.DaemonInfo;
import io.a2al.http.bytes.InspectResource;
import io.a2al.http.docs.DocsResource;
import io.a2al.http.events.EventResource;
import io.a2al.http.explorer.ExplorerPages;
import io.a2al.http.live.LiveResource;
import io.a2al.http.lookup.LookupResource;
import io.a2al.http.lookup.PingResource;
import io.a2al.http.lookup.TraceResource;
import io.a2al.http.mail.MailResource;
import io.a2al.http.node.DebugResource;
import io.a2al.http.node.MetricsResource;
import io.a2al.http.node.NodeResource;
import io.a2al.http.node.PeerResource;
import io.a2al.http.node.StoreResource;
import io.a2al.http.publish.OpenPublications;
import io.a2al.http.publish.PublicationResource;
import io.a2al.http.registry.AgentRegistry;
import io.a2al.http.registry.RegistrySettings;
import io.a2al.http.route.Router;
import io.a2al.http.stream.StreamSlots;
import io.a2al.http.verify.VerifyResource;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Instant;

/**
 * All that a node answers to other programs, however their requests come: the paths, and what must be closed with them.
 * Thread-safe.
 */
final class NodeApi implements AutoCloseable {

    private final AgentRegistry agents;
    private final EventResource events;
    private final LiveResource live;
    private final MetricsResource metrics;
    private final Router router;

    /**
     * The paths of {@code node}.
     *
     * @param address where they are served, as they tell it
     * @throws IOException if the file of agents cannot be used; the message names the remedy
     */
    NodeApi(DhtNode node, HttpSettings settings, InetSocketAddress address) throws IOException {
        agents = AgentRegistry.open(node, settings.agents(), RegistrySettings.DEFAULT);
        StreamSlots slots = new StreamSlots(settings.limits().streams());
        events = new EventResource(
                node, agents, slots, settings.limits().times(), System::currentTimeMillis, System::nanoTime);
        metrics = new MetricsResource(node, settings.version());
        OpenPublications publications = new OpenPublications(node);
        Router.Builder routes = Router.builder();
        NodeResource state = new NodeResource(node, settings.version(), System::nanoTime);
        state.addTo(routes);
        PeerResource peers = new PeerResource(node);
        peers.addTo(routes);
        new StoreResource(node).addTo(routes);
        new LookupResource(node, () -> Instant.now().getEpochSecond()).addTo(routes);
        new PingResource(node).addTo(routes);
        new VerifyResource(() -> Instant.now().getEpochSecond()).addTo(routes);
        PublicationResource published = new PublicationResource(publications);
        published.addTo(routes);
        new MailResource(node).addTo(routes);
        new DebugResource(node).addTo(routes);
        new TraceResource(node, slots).addTo(routes);
        new InspectResource(() -> Instant.now().getEpochSecond()).addTo(routes);
        events.addTo(routes);
        live = new LiveResource(node, state, peers, published, slots);
        live.addTo(routes);
        ExplorerPages.ofNode().addTo(routes);
        new DocsResource(settings.version()).addTo(routes);
        metrics.addTo(routes);
        DaemonInfo info = new DaemonInfo(settings.version(), address, settings.tokenAlways(), settings.log());
        AgentsApi.addTo(routes, node, agents, publications, info);
        router = routes.build();
    }

    /** Returns the agents that the node keeps for other programs. */
    AgentRegistry agents() {
        return agents;
    }

    /** Returns what answers requests. */
    Router router() {
        return router;
    }

    /** Ends the streams, which would last until the server gives up waiting for them. */
    void endStreams() {
        events.close();
        live.close();
    }

    /** Ends what the paths began; those that are asked later may fail. Can be called twice. */
    @Override
    public void close() {
        events.close();
        live.close();
        agents.close();
        metrics.close();
    }
}
