package io.a2al.core.lookup;

import io.a2al.core.api.Holder;
import io.a2al.core.routing.RoutingTable;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.List;
import java.util.Optional;

/**
 * The purpose of a lookup: takes the records of each answer and says when it has enough. The caller passes only records
 * that are valid, permitted at the key and of the wanted type. Not thread-safe.
 */
public sealed interface Goal permits FindNodes, FindRecord, CollectRecords {

    /** A time that never comes. */
    long NEVER = Long.MAX_VALUE;

    /** Takes the records of one answer, perhaps none. Returns whether one of them was not known before. */
    boolean onRecords(long now, Contact from, List<VerifiedRecord> records);

    /** Returns whether a holder that left out records is asked for the rest. */
    default boolean wantsEverything() {
        return false;
    }

    /** Returns how many of the nearest nodes are to be heard. */
    default int width() {
        return RoutingTable.K;
    }

    /** Returns whether a node that may have named fewer nodes than it knows is asked again. */
    default boolean wantsAllNodes() {
        return true;
    }

    /**
     * Returns whether a holder has answered and more are wanted. All nodes that remain to be asked are near the target
     * then, so that more requests may be under way.
     */
    default boolean wantsMoreHolders() {
        return false;
    }

    /** Returns how many more holders end the lookup, as far as it knows. By default their number is open. */
    default int missingHolders() {
        return RoutingTable.K;
    }

    /** Returns whether the first answer with records ends the lookup. */
    default boolean isOneAnswerEnough() {
        return false;
    }

    /**
     * Returns the time, in nanoseconds, from which the lookup may end although nearer nodes have not answered;
     * {@link #NEVER} by default.
     */
    default long satisfiedAt() {
        return NEVER;
    }

    /** Returns how many of the nearest nodes are heard before {@link #satisfiedAt} ends the lookup; 0 by default. */
    default int widthInDoubt() {
        return 0;
    }

    /**
     * Returns the quorum that makes the result complete. With one, nodes count as replicas do: few of each network.
     * Empty by default.
     */
    default Optional<LookupSettings.Quorum> quorum() {
        return Optional.empty();
    }

    /** Returns nodes to begin with, beside those that the node itself knows; none by default. */
    default List<Contact> seeds() {
        return List.of();
    }

    /** Returns whether a node that was heard of may take part. */
    default boolean admits(NodeId node) {
        return true;
    }

    /** Returns whether all nodes of the vicinity are wanted if the key looks surrounded by an attacker. */
    boolean wantsVicinity();

    /** Returns the records found, newest first. */
    List<VerifiedRecord> records();

    /** Returns the nodes that returned records. */
    List<Holder> holders();
}
