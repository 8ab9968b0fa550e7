package io.a2al.sim.attack;

import io.a2al.core.routing.RoutingTable;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Envelope;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.record.RecordSlot;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.VerifiedRecord;
import io.a2al.sim.network.Datagram;
import io.a2al.sim.world.Attacker;
import io.a2al.sim.world.SimNode;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A node that treats relayed records as v0.2.9 does (node.md 18): it stores a record of an address that another node
 * than this address sent, and stops returning it two minutes later, although it still confirms it. A renewal while the
 * record is returned does not prolong that, nor does the same record later. Otherwise it is an honest node.
 */
final class HidingAttacker implements Attacker {

    /** How long a relayed record is returned, in nanoseconds. */
    private static final long RETURNED = Duration.ofMinutes(2).toNanos();

    /** Contacts in an answer; so many fit beside a record. */
    private static final int CONTACTS = RoutingTable.K / 2;

    private record Place(NodeId key, RecordSlot slot) {}

    private record Relayed(SignedRecord record, long since) {}

    /** Places with a record that another node than its address sent; bounded by the records of the run. */
    private final Map<Place, Relayed> relayed = new HashMap<>();

    @Override
    public boolean takes(SimNode self, Endpoint from, Envelope envelope, Datagram datagram) {
        return switch (envelope.message()) {
            case Message.Store store -> {
                note(self, store.record(), envelope.senderId());
                yield false;
            }
            case Message.FindValue request -> answersWithout(self, from, envelope, request);
            default -> false;
        };
    }

    private void note(SimNode self, SignedRecord record, NodeId sender) {
        NodeId key = NodeId.ofAddress(record.address());
        boolean keyedByAddress = record.category().isKeyedByAddress();
        Place place = new Place(key, RecordSlot.of(record));
        if (!keyedByAddress) {
            return;
        }
        if (key.equals(sender)) {
            relayed.remove(place);
            return;
        }
        long now = self.world().now();
        Relayed before = relayed.get(place);
        boolean hidden = before != null && now - before.since() >= RETURNED;
        boolean same = before != null && before.record().equals(record);
        if (before == null || (hidden && !same)) {
            relayed.put(place, new Relayed(record, now));
        } else if (!hidden) {
            relayed.put(place, new Relayed(record, before.since()));
        }
    }

    /** Answers without the hidden records at a key, if there are any. */
    private boolean answersWithout(SimNode self, Endpoint from, Envelope envelope, Message.FindValue request) {
        NodeId key = request.target();
        List<VerifiedRecord> held = self.core()
                .orElseThrow()
                .store()
                .peekAll(key, request.recordType(), self.now().unixSeconds());
        List<SignedRecord> returned = held.stream()
                .map(VerifiedRecord::record)
                .filter(record -> !isHidden(self, key, record))
                .toList();
        if (returned.size() == held.size()) {
            return false;
        }
        List<Contact> nearest = self.core().orElseThrow().contacts().stream()
                .sorted(Comparator.comparing(Contact::nodeId, key.byDistance()))
                .limit(CONTACTS)
                .toList();
        self.send(
                from,
                envelope.transactionId(),
                new Message.FindValueResponse(Optional.of(nearest), Optional.empty(), from, returned));
        return true;
    }

    private boolean isHidden(SimNode self, NodeId key, SignedRecord record) {
        Relayed place = relayed.get(new Place(key, RecordSlot.of(record)));
        return place != null && self.world().now() - place.since() >= RETURNED;
    }
}
