package io.a2al.http.registry;

import io.a2al.dht.Agent;
import io.a2al.protocol.delegation.DelegationProof;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.record.AgentProfilePayload;
import io.a2al.protocol.record.RecordPayload;
import io.a2al.protocol.record.TopicPayload;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is kept of an agent over restarts. Immutable and thread-safe.
 *
 * @param agent its address and its operational key
 * @param proof by which the key may act for the address; also for the key's own address, where it proves nothing more
 * @param target where its program listens, as it was given; empty for nowhere
 * @param sequence number of its latest endpoint record; 0 if it was never published
 * @param services what it offers, by topic
 * @param profile the profile that it gave; empty for one that follows from the services
 */
public record KeptAgent(
        Agent agent,
        DelegationProof proof,
        String target,
        long sequence,
        NavigableMap<String, ServiceEntry> services,
        Optional<AgentProfilePayload> profile) {

    /** The end of the year 9999, the last one that is written with four digits. */
    private static final long LAST_SECOND = 253_402_300_799L;

    /** Name of the publication of its endpoint. */
    static final String ENDPOINT = "endpoint";

    /** Name of the publication of its profile. */
    static final String PROFILE = "profile";

    /** Copies the map. */
    public KeptAgent {
        services = Collections.unmodifiableNavigableMap(new TreeMap<>(services));
    }

    /** Returns an agent without services that was never published. */
    public static KeptAgent of(Agent agent, DelegationProof proof, String target) {
        return new KeptAgent(agent, proof, target, 0, Collections.emptyNavigableMap(), Optional.empty());
    }

    /** Returns its address. */
    public Address address() {
        return agent.address();
    }

    /** Returns when the delegation ends; empty for never, and for a time that no clock shows. */
    public Optional<Instant> delegationEnd() {
        long end = proof.delegation().expiresAt();
        return end > 0 && end <= LAST_SECOND ? Optional.of(Instant.ofEpochSecond(end)) : Optional.empty();
    }

    KeptAgent withAgent(Agent other, DelegationProof otherProof) {
        return new KeptAgent(other, otherProof, target, sequence, services, profile);
    }

    KeptAgent withTarget(String other) {
        return new KeptAgent(agent, proof, other, sequence, services, profile);
    }

    KeptAgent withSequence(long other) {
        return new KeptAgent(agent, proof, target, other, services, profile);
    }

    KeptAgent withServices(Map<String, ServiceEntry> others) {
        return new KeptAgent(agent, proof, target, sequence, new TreeMap<>(others), profile);
    }

    KeptAgent withProfile(Optional<AgentProfilePayload> other) {
        return new KeptAgent(agent, proof, target, sequence, services, other);
    }

    /** Returns the profile that it gave, or the one that follows from its services; empty if it has neither. */
    public Optional<AgentProfilePayload> effectiveProfile() {
        if (profile.isPresent() || services.isEmpty()) {
            return profile;
        }
        List<String> protocols = services.values().stream()
                .flatMap(service -> service.payload().protocols().stream())
                .distinct()
                .toList();
        AgentProfilePayload inferred = AgentProfilePayload.of("", protocols, List.copyOf(services.keySet()));
        while (inferred.encode().length() > AgentProfilePayload.MAX_LENGTH) {
            List<String> fewer = inferred.skills().subList(0, inferred.skills().size() - 1);
            inferred = AgentProfilePayload.of("", fewer.isEmpty() ? List.of() : protocols, fewer);
        }
        return Optional.of(inferred);
    }

    /** Returns all that is to be published, each by a name. */
    Map<String, RecordPayload> payloads(RecordPayload endpoint) {
        Map<String, RecordPayload> payloads = new LinkedHashMap<>();
        if (sequence != 0) {
            payloads.put(ENDPOINT, endpoint);
        }
        effectiveProfile().ifPresent(found -> payloads.put(PROFILE, found));
        services.values().forEach(service -> payloads.put(nameOf(service.payload()), service.payload()));
        return payloads;
    }

    /** Returns the name of the publication of a service. */
    static String nameOf(TopicPayload payload) {
        return "topic " + payload.topic();
    }
}
