package io.a2al.dht;

import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.SignedRecord;
import java.util.List;
import java.util.Optional;

/**
 * A record that a node keeps in the network until this is closed: renewed at half of its time to live if the node signs it
 * and it is not mail, else until it expires. Thread-safe.
 */
public final class Publication implements AutoCloseable {

    /**
     * How widely the record is held.
     *
     * @param record the latest record signed
     * @param replicas nodes that confirmed to hold it
     * @param wanted nodes that should
     */
    public record State(SignedRecord record, int replicas, int wanted) {}

    private final Publications owner;
    private final NodeId key;
    private final Optional<RecordFactory> factory;
    private volatile State state;
    private volatile long id;
    private volatile boolean closed;

    Publication(Publications owner, NodeId key, Optional<RecordFactory> factory, SignedRecord first) {
        this.owner = owner;
        this.key = key;
        this.factory = factory;
        this.state = new State(first, 0, 0);
    }

    /** The DHT key that the record is kept at. */
    public NodeId key() {
        return key;
    }

    /** The latest record, and how widely it is held. */
    public State state() {
        return state;
    }

    /** What the publisher should know about the latest record; mostly nothing. */
    public List<PublicationNotice> notices() {
        return PublicationNotice.of(state.record());
    }

    /** False once closed. */
    public boolean isOpen() {
        return !closed;
    }

    /** Ends the care for the record; copies that others hold expire by themselves. Returns at once; can be called twice. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            owner.forget(this);
        }
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

    void setState(State latest) {
        state = latest;
    }
}
