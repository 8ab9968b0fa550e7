package io.a2al.http.agents;

import io.a2al.dht.DhtNode;
import io.a2al.http.publish.OpenPublications;
import io.a2al.http.registry.AgentRegistry;
import io.a2al.http.route.Router;

/** The paths that the network's other daemons have. Stateless. */
public final class AgentsApi {

    /** Requests that ask the network at a time; each may wait for a quarter of a minute. */
    public static final int MAX_LOOKUPS = 64;

    private AgentsApi() {}

    /**
     * Adds the paths, and publishes the node's endpoint if that was asked for in an earlier run.
     *
     * @param open what the node publishes for itself
     */
    public static void addTo(
            Router.Builder routes, DhtNode node, AgentRegistry registry, OpenPublications open, DaemonInfo info) {
        NodePublishing self = new NodePublishing(node, open);
        LookupLimit limit = new LookupLimit(MAX_LOOKUPS);
        AgentResource agents = new AgentResource(node, registry, self);
        agents.addTo(routes, limit);
        new IdentityResource(registry, agents).addTo(routes);
        new ServiceResource(registry, self).addTo(routes);
        new RecordResource(node, registry).addTo(routes);
        new AgentMailResource(node, registry).addTo(routes, limit);
        new AgentLookupResource(node).addTo(routes, limit);
        new StatusResource(node, registry, self, info.version(), System::nanoTime).addTo(routes);
        new ConfigResource(node, registry, self, info).addTo(routes);
        new FetchResource(registry, info.address()).addTo(routes);
        AbsentResource.addTo(routes);
        if (registry.isAutoPublish()) {
            self.beginLater();
        }
    }
}
