package io.a2al.sim.attack;

import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Envelope;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.sim.network.Datagram;
import io.a2al.sim.world.Attacker;
import io.a2al.sim.world.SimNode;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * An attacker that keeps the first record stored for a key and returns it even when newer ones exist and after it has
 * expired.
 */
final class StaleAttacker implements Attacker {

    private static final int MAX_RECORDS = 1000;

    private final SequencedMap<NodeId, SignedRecord> first = new LinkedHashMap<>();

    @Override
    public boolean takes(SimNode self, Endpoint from, Envelope envelope, Datagram datagram) {
        return switch (envelope.message()) {
            case Message.Store store -> {
                first.putIfAbsent(store.key(NodeId.ofAddress(store.record().address())), store.record());
                if (first.size() > MAX_RECORDS) {
                    first.pollFirstEntry();
                }
                Answers.stored(self, from, envelope);
                yield true;
            }
            case Message.FindValue request -> {
                Optional<SignedRecord> old = Optional.ofNullable(first.get(request.target()));
                old.ifPresent(record -> Answers.record(self, from, envelope, record));
                yield old.isPresent();
            }
            default -> false;
        };
    }
}
