package io.a2al.dht;

import io.a2al.core.api.PublicationState.Replica;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.SignedRecord;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A record that a node keeps in the network until this is closed. A record that the node signs, other than mail, is
 * renewed at half of its time to live; any other is kept until it expires. Thread-safe.
 */
public interface Publication extends AutoCloseable {

    /**
     * How widely the record is held.
     *
     * @param record the latest record signed
     * @param replicas nodes that confirmed to hold it and answered the last time they were asked
     * @param wanted nodes that should hold it
     */
    record State(SignedRecord record, int replicas, int wanted) {}

    /** Returns the DHT key that the record is kept at. */
    NodeId key();

    /**
     * Returns the latest record and how widely it is held now; once the publication has ended, the last known state.
     */
    State state();

    /**
     * Returns the nodes that hold the record, are being asked to, or refused to, each with its state and the time since
     * it last confirmed; none once the publication has ended.
     */
    List<Replica> replicas();

    /**
     * Returns the time until the record is renewed, never negative; empty if the node cannot renew it, and once the
     * publication has ended.
     */
    Optional<Duration> renewalIn();

    /** Returns the latest problem with the latest record, in words, for example why a node refused it. */
    Optional<String> problem();

    /** Returns what the publisher should know about the latest record and its replicas; usually nothing. */
    List<PublicationNotice> notices();

    /** Returns false once this is closed, or once a record has expired that the node could not renew. */
    boolean isOpen();

    /**
     * Ends keeping the record, also after a restart; the copies of other nodes expire. Returns at once; can be called
     * twice.
     */
    @Override
    void close();
}
