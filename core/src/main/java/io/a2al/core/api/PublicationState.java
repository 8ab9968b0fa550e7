package io.a2al.core.api;

import io.a2al.protocol.message.Contact;
import io.a2al.protocol.record.VerifiedRecord;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How widely a published record is held, as of one moment. Immutable; thread-safe.
 *
 * @param record the latest record
 * @param replicas the nodes that hold it, in the order in which they first confirmed; then those being asked to; then
 *     those that refused lately; then those that hide it
 * @param wanted nodes that should hold it
 * @param problem the last thing that went wrong with this record, in words, for example why a node refused it
 * @param newer a valid record of the same slot that was not published here and that a node holds; it is newer than this
 *     one, so that readers get it instead
 * @param surrounding whether the record's key looks surrounded by an attacker
 * @param renewalIn time until the application is asked for a newer record; empty if none can come
 */
public record PublicationState(
        VerifiedRecord record,
        List<Replica> replicas,
        int wanted,
        Optional<String> problem,
        Optional<VerifiedRecord> newer,
        Surrounding surrounding,
        Optional<Duration> renewalIn) {

    /**
     * Whether the nodes nearest to a key are improbably dense, as if an attacker surrounded it to hide its record. The
     * record is stored at all nodes of the key's vicinity then.
     */
    public enum Surrounding {
        /** It has not looked so since the publication began. */
        NEVER,
        /** It looked so when its nearest nodes were last looked up. */
        NOW,
        /** It looked so before, and did not when its nearest nodes were last looked up. */
        NO_LONGER;

        /** Returns what follows if the key looks surrounded now, or does not. */
        public Surrounding next(boolean now) {
            return now ? NOW : this == NEVER ? NEVER : NO_LONGER;
        }
    }

    /** The condition of a replica. */
    public enum Condition {
        /** The node confirmed the latest record and answers. */
        CONFIRMED,
        /** The node has an older record so far, or left one request unanswered. */
        SUSPECT,
        /** The node left two requests unanswered; another node takes its place. */
        BAD,
        /** The node is being asked to hold the record, and has not confirmed any of this slot yet. */
        STORING,
        /** The node refused the record, and is not asked again for a while. */
        REFUSED,
        /**
         * The node has the record, but is known to hide it some time after it got it, as it was not the record's own
         * address that sent it.
         */
        HIDING
    }

    /**
     * A node that holds the record, or should.
     *
     * @param age time since it last confirmed a record of this slot; empty if it never did
     */
    public record Replica(Contact node, Condition condition, Optional<Duration> age) {

        /** Returns whether the node confirmed a record of this slot, perhaps an older one. */
        public boolean isHolder() {
            return age.isPresent();
        }
    }

    /** Copies the list. */
    public PublicationState {
        replicas = List.copyOf(replicas);
    }

    /** Returns how many nodes are known to hold the latest record. */
    public int confirmed() {
        return (int) replicas.stream()
                .filter(replica -> replica.condition() == Condition.CONFIRMED)
                .count();
    }
}
