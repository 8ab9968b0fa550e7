package io.a2al.core.routing;

import io.a2al.core.api.KnownNetwork;
import io.a2al.core.liveness.PeerHealth;
import io.a2al.core.time.NodeTime;
import io.a2al.protocol.message.Contact;
import java.time.Duration;

/**
 * What is kept of the network across a restart. A restored peer is not proven to be anywhere, so it becomes no contact
 * and is told to no peer (known-defects D-01, D-02); only the wait for its first answer is chosen by its former
 * round-trip time. Not thread-safe.
 */
public final class NetworkSnapshots {

    /** After a day a network can have become another one. */
    private static final long SIZE_VALID = Duration.ofDays(1).toSeconds();

    private final RoutingTable table;
    private final SeenPeers seen;
    private final PeerHealth health;
    private final ContactLearning learning;

    /** Remembers what these know. */
    public NetworkSnapshots(Peers peers, ContactLearning learning) {
        this.table = peers.table();
        this.seen = peers.seen();
        this.health = peers.health();
        this.learning = learning;
    }

    /**
     * Takes what was known before the start. Of peers that were last heard before the {@linkplain
     * SeenPeers#WINDOW_SECONDS window}, and of an estimate that is older than a day, nothing is taken. A time in the
     * future, from a clock that was wrong, counts as the present.
     */
    public void restore(NodeTime now, KnownNetwork earlier) {
        for (KnownNetwork.Peer peer : earlier.peers()) {
            if (peer.roundTripNanos() > 0 && now.unixSeconds() - peer.heardUnixSeconds() <= SeenPeers.WINDOW_SECONDS) {
                health.restore(peer.nodeId(), peer.endpoint(), peer.roundTripNanos());
            }
        }
        KnownNetwork.Size size = earlier.size();
        if (now.unixSeconds() - size.unixSeconds() <= SIZE_VALID) {
            table.restoreSize(new KnownNetwork.Size(size.nodes(), Math.min(size.unixSeconds(), now.unixSeconds())));
        }
    }

    /** Returns what is known now, with at most {@code max} peers. */
    public KnownNetwork known(NodeTime now, int max) {
        return new KnownNetwork(
                learning.best(now, max).stream().map(this::peer).toList(), table.sizeAt(now.unixSeconds()));
    }

    private KnownNetwork.Peer peer(Contact contact) {
        return new KnownNetwork.Peer(
                contact.nodeId(),
                contact.endpoint(),
                health.roundTripOf(contact.nodeId()).nanos(),
                seen.lastSeen(contact.nodeId()).orElse(0L));
    }
}
