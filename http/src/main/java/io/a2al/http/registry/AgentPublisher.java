package io.a2al.http.registry;

import io.a2al.dht.Publication;
import io.a2al.dht.result.NodeClosedException;
import io.a2al.http.registry.RegistryException.Reason;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.record.AgentProfilePayload;
import io.a2al.protocol.record.InvalidRecordException;
import io.a2al.protocol.record.RecordPayload;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Publishes for agents that the node keeps, as they ask. What an agent asks for is written before it is sent, and taken
 * back if the node refuses it, so that what is published is what is kept. Thread-safe.
 */
public final class AgentPublisher {

    private final AgentRegistry registry;
    private final AgentKeeper keeper;
    private final RegistrySettings settings;

    AgentPublisher(AgentRegistry registry, AgentKeeper keeper, RegistrySettings settings) {
        this.registry = registry;
        this.keeper = keeper;
        this.settings = settings;
    }

    /**
     * Publishes an agent's endpoint, and all else that is kept of it; waits for the first replicas of the endpoint.
     *
     * @return the sequence number, unsigned
     */
    public long publish(Address address) throws RegistryException, InterruptedException {
        RegisteredAgent agent = registry.require(address);
        Publication made = await(begin(agent, KeptAgent.ENDPOINT, AgentKeeper.ENDPOINT))
                .orElseThrow(() -> new RegistryException(
                        Reason.NOT_PUBLISHED,
                        "no other node took the record within "
                                + settings.publish().toSeconds() + " s; this node goes on trying"));
        long sequence = made.state().record().sequence();
        var _ = registry.update(address, kept -> kept.withSequence(sequence));
        keeper.publishMissing(agent);
        return sequence;
    }

    private static CompletableFuture<Publication> begin(RegisteredAgent agent, String name, RecordPayload payload) {
        return agent.publications().publish(name, agent.kept().agent(), payload);
    }

    /**
     * Adds services to an agent's, in place of those with the same topics, and publishes them: all or, if one of them
     * is refused, none. Waits for the first replicas.
     */
    public void putServices(Address address, List<ServiceEntry> services)
            throws RegistryException, InterruptedException {
        for (ServiceEntry service : services) {
            check(service.payload());
        }
        NavigableMap<String, ServiceEntry> former =
                registry.require(address).kept().services();
        RegisteredAgent agent = registry.update(address, kept -> kept.withServices(merged(kept, services)));
        List<CompletableFuture<Publication>> begun = new ArrayList<>();
        services.forEach(service -> begun.add(begin(agent, KeptAgent.nameOf(service.payload()), service.payload())));
        try {
            for (CompletableFuture<Publication> publication : begun) {
                var _ = await(publication);
            }
        } catch (RegistryException e) {
            takeBack(agent, services, former);
            throw e;
        }
        keeper.publishMissing(agent);
    }

    private NavigableMap<String, ServiceEntry> merged(KeptAgent kept, List<ServiceEntry> services)
            throws RegistryException {
        NavigableMap<String, ServiceEntry> all = new TreeMap<>(kept.services());
        services.forEach(service -> all.put(service.topic(), service));
        if (all.size() > settings.maxServices()) {
            throw new RegistryException(
                    Reason.LIMIT,
                    "an agent has at most " + settings.maxServices() + " services, not " + all.size()
                            + "; remove some of them");
        }
        return all;
    }

    private void takeBack(RegisteredAgent agent, List<ServiceEntry> services, NavigableMap<String, ServiceEntry> former)
            throws RegistryException {
        var _ = registry.update(agent.address(), kept -> {
            NavigableMap<String, ServiceEntry> all = new TreeMap<>(kept.services());
            services.forEach(service -> {
                all.remove(service.topic());
                Optional.ofNullable(former.get(service.topic())).ifPresent(was -> all.put(was.topic(), was));
            });
            return kept.withServices(all);
        });
        keeper.publishMissing(agent);
    }

    /** Ends a service; it is no error if there is none. */
    public void removeService(Address address, String topic) throws RegistryException {
        RegisteredAgent agent = registry.require(address);
        if (agent.kept().services().containsKey(topic)) {
            var _ = registry.update(address, kept -> {
                NavigableMap<String, ServiceEntry> rest = new TreeMap<>(kept.services());
                rest.remove(topic);
                return kept.withServices(rest);
            });
            keeper.publishMissing(agent);
        }
    }

    /** Sets the profile of an agent; empty for the one that follows from its services. */
    public void setProfile(Address address, Optional<AgentProfilePayload> profile) throws RegistryException {
        if (profile.isPresent()) {
            check(profile.get());
        }
        RegisteredAgent agent = registry.require(address);
        var _ = registry.update(address, kept -> kept.withProfile(profile));
        agent.keepOwnProfileUntil(Instant.MIN);
        keeper.publishMissing(agent);
    }

    /** Notes that a profile record was published by hand, which is not overwritten until it expires. */
    public void keepOwnProfile(RegisteredAgent agent, Duration ttl) {
        agent.keepOwnProfileUntil(registry.now().plus(ttl));
        keeper.publishMissing(agent);
    }

    private static void check(RecordPayload payload) throws RegistryException {
        try {
            payload.checkLimits();
        } catch (InvalidRecordException e) {
            throw new RegistryException(Reason.INVALID, String.valueOf(e.getMessage()));
        }
    }

    /** Waits for the first replicas, or until the limit; the node then goes on by itself. */
    private Optional<Publication> await(CompletableFuture<Publication> publication)
            throws RegistryException, InterruptedException {
        try {
            return Optional.of(publication.copy().get(settings.publish().toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof NodeClosedException closed) {
                throw closed;
            }
            throw new RegistryException(
                    Reason.NOT_PUBLISHED,
                    String.valueOf(
                            e.getCause() == null ? e.getMessage() : e.getCause().getMessage()));
        } catch (TimeoutException e) {
            return Optional.empty();
        }
    }
}
