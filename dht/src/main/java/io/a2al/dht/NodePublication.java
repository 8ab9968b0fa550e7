package io.a2al.dht;

import io.a2al.core.api.PublicationState;
import io.a2al.core.api.PublicationState.Replica;
import io.a2al.dht.shell.KeptPublications;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.SignedRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A publication of a node's core. Thread-safe. */
final class NodePublication implements Publication {

    private final NodePublications owner;
    private final NodeId key;
    private final Optional<RecordFactory> factory;
    private final Optional<KeptPublications.Entry> kept;
    private volatile State last;
    private volatile long id;
    private volatile boolean closed;

    /**
     * A publication that has not begun.
     *
     * @param factory signs the next record; empty if the node cannot renew this
     * @param kept its entry among those that are resumed; empty if it is not
     */
    NodePublication(
            NodePublications owner,
            NodeId key,
            Optional<RecordFactory> factory,
            Optional<KeptPublications.Entry> kept,
            SignedRecord first) {
        this.owner = owner;
        this.key = key;
        this.factory = factory;
        this.kept = kept;
        this.last = new State(first, 0, 0);
    }

    @Override
    public NodeId key() {
        return key;
    }

    @Override
    public State state() {
        return current()
                .map(now -> new State(now.record().record(), now.confirmed(), now.wanted()))
                .orElse(last);
    }

    @Override
    public List<Replica> replicas() {
        return current().map(PublicationState::replicas).orElse(List.of());
    }

    @Override
    public Optional<Duration> renewalIn() {
        return current().flatMap(PublicationState::renewalIn);
    }

    @Override
    public Optional<String> problem() {
        return current().flatMap(PublicationState::problem);
    }

    @Override
    public List<PublicationNotice> notices() {
        Optional<PublicationState> now = current();
        SignedRecord record = now.map(state -> state.record().record()).orElse(last.record());
        List<PublicationNotice> notices = new ArrayList<>(PublicationNotice.of(record));
        notices.addAll(owner.noticesOfOwn(record));
        now.ifPresent(state -> notices.addAll(PublicationNotice.of(state)));
        return List.copyOf(notices);
    }

    private Optional<PublicationState> current() {
        return closed ? Optional.empty() : owner.stateOf(this);
    }

    @Override
    public boolean isOpen() {
        return current().isPresent();
    }

    @Override
    public void close() {
        if (markClosed()) {
            owner.forget(this);
        }
    }

    /** Marks this as closed; returns false if it was closed before. */
    synchronized boolean markClosed() {
        if (closed) {
            return false;
        }
        last = state();
        closed = true;
        return true;
    }

    /** Returns what signs the next record; empty if the node cannot renew this. */
    Optional<RecordFactory> factory() {
        return factory;
    }

    /** Returns the entry among the publications that are resumed after a restart; empty if this is not. */
    Optional<KeptPublications.Entry> kept() {
        return kept;
    }

    /** Returns the number of the operation in the core. */
    long id() {
        return id;
    }

    void setId(long operation) {
        id = operation;
    }

    /** Sets the state to report once the publication has ended. */
    void remember(State latest) {
        last = latest;
    }
}
