package io.a2al.http.registry;

import io.a2al.dht.Publication;
import io.a2al.protocol.id.Address;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** An agent that the node keeps, as it is at present. Thread-safe. */
public final class RegisteredAgent {

    private final AgentPublications publications;
    private final Inbox inbox;
    private final AtomicBoolean expiryAnnounced = new AtomicBoolean();
    private volatile KeptAgent kept;
    private volatile Optional<Instant> heartbeat;
    private volatile Instant ownProfileUntil = Instant.MIN;

    RegisteredAgent(KeptAgent kept, Optional<Instant> heartbeat, AgentPublications publications, Inbox inbox) {
        this.kept = kept;
        this.heartbeat = heartbeat;
        this.publications = publications;
        this.inbox = inbox;
    }

    /** Returns its address. */
    public Address address() {
        return kept.address();
    }

    /** Returns what is kept of it. */
    public KeptAgent kept() {
        return kept;
    }

    /** Returns when it last showed that it lives; empty if it did not since it was registered. */
    public Optional<Instant> heartbeat() {
        return heartbeat;
    }

    /** Returns when the delegation of its key ends; empty for never. */
    public Optional<Instant> delegationEnd() {
        return kept.delegationEnd();
    }

    /** Returns its endpoint record's publication, if that is stored and open. */
    public Optional<Publication> endpoint() {
        return publications.find(KeptAgent.ENDPOINT);
    }

    /** Returns its profile's publication, if that is stored and open. */
    public Optional<Publication> profile() {
        return publications.find(KeptAgent.PROFILE);
    }

    /** Returns how many records are published for it. */
    public int publicationCount() {
        return publications.count();
    }

    AgentPublications publications() {
        return publications;
    }

    Inbox inbox() {
        return inbox;
    }

    void replace(KeptAgent other) {
        kept = other;
    }

    void noteHeartbeat(Instant now) {
        heartbeat = Optional.of(now);
    }

    /** A profile record that was published by hand is not overwritten until it expires. */
    void keepOwnProfileUntil(Instant end) {
        ownProfileUntil = end;
    }

    boolean hasOwnProfileAt(Instant now) {
        return now.isBefore(ownProfileUntil);
    }

    /** Returns true the first time that it is asked. */
    boolean announceExpiry() {
        return expiryAnnounced.compareAndSet(false, true);
    }

    void announceExpiryAgain() {
        expiryAnnounced.set(false);
    }
}
