package io.a2al.core.serve;

import io.a2al.core.api.Origin;
import io.a2al.core.api.PutResult;
import io.a2al.core.api.Subnet;
import io.a2al.core.bounds.BoundedMap;
import io.a2al.core.bounds.Occupancy;
import io.a2al.core.guard.RequestVerdict;
import io.a2al.core.routing.ContactListener;
import io.a2al.core.store.RecordIntake;
import io.a2al.core.store.RecordStore;
import io.a2al.core.time.NodeTime;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.record.VerifiedRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Stores what peers bring. A sender is often verified a moment after its STORE, as its answer to our PING comes later;
 * what it has just stored then counts for its network, and no longer for all unverified addresses. Bounded: the latest
 * senders are remembered, and the latest records of each. Not thread-safe.
 */
public final class Deposits implements ContactListener {

    /** Senders remembered; each is verified or not within seconds. */
    private static final int MAX_SENDERS = 1024;

    /** Records remembered of one sender; a client stores one or two at a node. */
    private static final int MAX_PER_SENDER = 8;

    /** How long after the STORE a proof counts for it: a PING, repeated, and some waiting. */
    private static final long REMEMBERED = Duration.ofMinutes(1).toNanos();

    private record Deposit(long at, Endpoint source, NodeId key, VerifiedRecord record) {}

    private final RecordStore store;
    private final RecordIntake intake;
    private final BoundedMap<NodeId, List<Deposit>> unproven = new BoundedMap<>(MAX_SENDERS);

    public Deposits(RecordStore store, RecordIntake intake) {
        this.store = store;
        this.intake = intake;
    }

    /** Offers a record that a peer brought to the store; see {@link RecordIntake#put}. */
    PutResult put(NodeTime now, NodeId key, VerifiedRecord offer, RequestVerdict verdict, NodeId sender) {
        Origin origin = verdict.origin();
        PutResult result = intake.put(now, key, offer, origin, Optional.of(sender));
        if (!origin.isProven() && result.isHeld()) {
            NodeId at = key.isZero() ? offer.addressId() : key;
            note(sender, new Deposit(now.nanos(), verdict.source(), at, offer));
        }
        return result;
    }

    /** Returns the senders remembered beside their limit. */
    public Occupancy occupancy() {
        return unproven.occupancy();
    }

    private void note(NodeId sender, Deposit deposit) {
        List<Deposit> deposits = unproven.computeIfAbsent(sender, first -> new ArrayList<>(1));
        deposits.add(deposit);
        if (deposits.size() > MAX_PER_SENDER) {
            deposits.removeFirst();
        }
    }

    @Override
    public void onVerified(NodeTime now, Contact contact, boolean isNew) {
        credit(now, contact);
    }

    @Override
    public void onClientVerified(NodeTime now, Contact client) {
        credit(now, client);
    }

    /** A deposit from another address than the one that is verified now may be forged. */
    private void credit(NodeTime now, Contact sender) {
        if (unproven.isEmpty()) {
            return;
        }
        List<Deposit> deposits = unproven.remove(sender.nodeId());
        if (deposits == null) {
            return;
        }
        for (Deposit deposit : deposits) {
            if (now.nanos() - deposit.at() <= REMEMBERED && deposit.source().equals(sender.endpoint())) {
                store.improveOrigin(
                        deposit.key(), deposit.record(), Origin.of(Subnet.of(deposit.source())), now.unixSeconds());
            }
        }
    }
}
