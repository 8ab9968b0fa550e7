package io.a2al.dht;

import io.a2al.core.api.PublicationState;
import io.a2al.dht.files.KeptPublication;
import io.a2al.dht.result.NodeClosedException;
import io.a2al.dht.result.PublicationStatistics;
import io.a2al.dht.result.ReplicaCounts;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import java.util.List;

/** All that a node keeps published. Thread-safe. */
public interface Publications {

    /** Returns how many publications there are at present. */
    int count();

    /**
     * Returns how all published records are held and how renewals ended. Takes time in proportion to the number of
     * publications, so it is not for calling often.
     */
    PublicationStatistics statistics();

    /**
     * Returns the state of each record that this node publishes at {@code key} and that speaks for {@code publisher}.
     */
    List<PublicationState> at(NodeId key, Address publisher);

    /** Returns the same in numbers; zeros if there is none. */
    default ReplicaCounts counts(NodeId key, Address publisher) {
        return ReplicaCounts.of(at(key, publisher));
    }

    /**
     * Ends all publications of records that speak for an address, at any key; the copies of other nodes expire. Those
     * that are {@linkplain #kept() kept} are not resumed any more. Returns at once.
     *
     * @return how many there were
     * @throws NodeClosedException if the node is closed
     * @throws IllegalStateException if the node is not started
     */
    int closeAll(Address publisher);

    /**
     * Returns the publications that the node resumes after a restart or a crash: those that were
     * {@linkplain DhtNode#publishKept published for it}, by any agent, and records that the node cannot renew, until
     * they expire. Empty if the node's builder was not given a {@linkplain DhtNodeBuilder#publicationsFile file} for
     * them.
     */
    List<KeptPublication> kept();

    /**
     * Resumes the publications of an agent that a former run of the node kept and that are not open: signs a newer
     * record for each. A node resumes those of its own {@linkplain DhtNode#agent() agent} and identity when it is
     * started; others wait until the application calls this. Returns at once. What cannot be resumed, for example
     * because the agent's delegation has ended, is logged and stays kept.
     *
     * @return the open publications of the agent that are kept, also those that were resumed before
     * @throws NodeClosedException if the node is closed
     * @throws IllegalStateException if the node is not started
     */
    List<Publication> resume(Agent agent);
}
