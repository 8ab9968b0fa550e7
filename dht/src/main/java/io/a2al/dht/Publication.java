package io.a2al.dht;

import io.a2al.core.api.PublicationState;
import io.a2al.core.api.PublicationState.Replica;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.SignedRecord;
import java.util.List;
import java.util.Optional;

/**
 * A record that a node keeps in the network until this is closed: renewed at half of its time to live if the node signs
 * it and it is not mail, else until it expires. Thread-safe.
 */
public final class Publication implements AutoCloseable {

    /**
     * How widely the record is held.
     *
     * @param record the latest record signed
     * @param replicas nodes that confirmed to hold it, and answered since as far as they were asked
     * @param wanted nodes that should
     */
    public record State(SignedRecord record, int replicas, int wanted) {}

    private final Publications owner;
    private final NodeId key;
    private final Optional<RecordFactory> factory;
    private volatile State last;
    private volatile long id;
    private volatile boolean closed;

    Publication(Publications owner, NodeId key, Optional<RecordFactory> factory, SignedRecord first) {
        this.owner = owner;
        this.key = key;
        this.factory = factory;
        this.last = new State(first, 0, 0);
    }

    /** The DHT key that the record is kept at. */
    public NodeId key() {
        return key;
    }

    /** The latest record, and how widely it is held now; once the publication is over, as it was last known. */
    public State state() {
        return current()
                .map(now -> new State(now.record().record(), now.confirmed(), now.wanted()))
                .orElse(last);
    }

    /**
     * The nodes that hold the record, are being asked to, or refused to, each with its state and the time since it last
     * confirmed; none once the publication is over.
     */
    public List<Replica> replicas() {
        return current().map(PublicationState::replicas).orElse(List.of());
    }

    /** The last thing that went wrong with the latest record, in words, for example why a node refused it. */
    public Optional<String> problem() {
        return current().flatMap(PublicationState::problem);
    }

    private Optional<PublicationState> current() {
        return closed ? Optional.empty() : owner.stateOf(this);
    }

    /** What the publisher should know about the latest record; mostly nothing. */
    public List<PublicationNotice> notices() {
        return PublicationNotice.of(state().record());
    }

    /** False once closed, or once a record has expired that the node could not renew. */
    public boolean isOpen() {
        return current().isPresent();
    }

    /**
     * Ends the care for the record; copies that others hold expire by themselves. Returns at once; can be called twice.
     */
    @Override
    public void close() {
        if (markClosed()) {
            owner.forget(this);
        }
    }

    /** From now on it is closed; false if it was before. */
    synchronized boolean markClosed() {
        if (closed) {
            return false;
        }
        last = state();
        closed = true;
        return true;
    }

    Optional<RecordFactory> factory() {
        return factory;
    }

    long id() {
        return id;
    }

    void setId(long operation) {
        id = operation;
    }

    /** What to tell once the publication is over. */
    void remember(State latest) {
        last = latest;
    }
}
