package io.a2al.sim.check;

import io.a2al.core.api.StoredRecord;
import io.a2al.core.bounds.BoundedMap;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Envelope;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.TransactionId;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.VerifiedRecord;
import io.a2al.sim.network.Datagram;
import io.a2al.sim.world.SimEvent;
import io.a2al.sim.world.SimNode;
import io.a2al.sim.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Checks that a node which returns with its data serves every record that it acknowledged more than a second before it
 * stopped, and still held then, unless it has expired (known-defects D-34). Only some nodes are watched.
 */
final class RestartChecker implements Checker {

    /** Number of nodes watched. */
    private static final int WATCHED = 24;

    /** What a node promises by default. */
    private static final long PROMISE = Duration.ofSeconds(1).toNanos();

    /** STOREs and acknowledgements remembered for each node. */
    private static final int MAX_REMEMBERED = 10_000;

    private record Request(Endpoint from, TransactionId transaction) {}

    private record Place(NodeId key, SignedRecord record) {}

    /** State of one watched node. */
    private static final class Watch {
        private final Map<Request, Place> asked = new BoundedMap<>(MAX_REMEMBERED);

        /** Virtual times, in nanoseconds, at which it acknowledged records last. */
        private final Map<Place, Long> acknowledged = new BoundedMap<>(MAX_REMEMBERED);

        private List<StoredRecord> expected = List.of();
        private NodeId stoppedAs = NodeId.ZERO;
    }

    private final Map<Integer, Watch> watches = new HashMap<>();

    @Override
    public String name() {
        return "restart";
    }

    @Override
    public void afterEvent(World world, SimEvent event, Reporter reporter) {
        if (!isWatched(world, event.participant())) {
            return;
        }
        Watch watch = watches.computeIfAbsent(event.participant(), first -> new Watch());
        SimNode node = world.nodes().get(event.participant());
        switch (event) {
            case SimEvent.Arrived(long _, int _, Endpoint from, Datagram datagram) ->
                world.decode(datagram).ifPresent(envelope -> onArrived(watch, from, envelope));
            case SimEvent.Sent(long at, int _, Endpoint _, Endpoint to, Datagram datagram) ->
                world.decode(datagram).ifPresent(envelope -> onSent(watch, to, envelope, at));
            case SimEvent.Stopped stopped -> onStopped(watch, node, stopped.at());
            case SimEvent.Started _ -> onStarted(watch, node, reporter);
            default -> {}
        }
    }

    private static boolean isWatched(World world, int participant) {
        return participant >= world.seedNodes()
                && participant < world.seedNodes() + WATCHED
                && world.nodes().get(participant).isHonest();
    }

    private static void onArrived(Watch watch, Endpoint from, Envelope envelope) {
        if (envelope.message() instanceof Message.Store store) {
            NodeId key = store.key(NodeId.ofAddress(store.record().address()));
            watch.asked.put(new Request(from, envelope.transactionId()), new Place(key, store.record()));
        }
    }

    private static void onSent(Watch watch, Endpoint to, Envelope envelope, long at) {
        if (envelope.message() instanceof Message.StoreResponse answer && answer.stored()) {
            Place place = watch.asked.remove(new Request(to, envelope.transactionId()));
            if (place != null) {
                watch.acknowledged.put(place, at);
            }
        }
    }

    /** The core is still there, so that what it holds last is known. */
    private static void onStopped(Watch watch, SimNode node, long at) {
        List<StoredRecord> expected = new ArrayList<>();
        for (StoredRecord stored :
                node.core().orElseThrow().store().all(node.now().unixSeconds())) {
            Long acknowledged = watch.acknowledged.get(
                    new Place(stored.key(), stored.record().record()));
            if (acknowledged != null && at - acknowledged > PROMISE) {
                expected.add(stored);
            }
        }
        watch.expected = expected;
        watch.stoppedAs = node.id();
        watch.asked.clear();
    }

    private static boolean isKept(VerifiedRecord record, SimNode node, long now) {
        long limit = node.settings().store().retention().limit(record.category());
        return record.isValidAt(now) && now - record.record().timestamp() <= limit;
    }

    private static void onStarted(Watch watch, SimNode node, Reporter reporter) {
        if (!watch.stoppedAs.equals(node.id())) {
            watch.acknowledged.clear();
            return;
        }
        long now = node.now().unixSeconds();
        Set<Place> held = new HashSet<>();
        node.core()
                .orElseThrow()
                .store()
                .all(now)
                .forEach(stored ->
                        held.add(new Place(stored.key(), stored.record().record())));
        for (StoredRecord stored : watch.expected) {
            Place place = new Place(stored.key(), stored.record().record());
            if (isKept(stored.record(), node, now) && !held.contains(place)) {
                reporter.report(
                        "a record at " + stored.key() + " is gone that the node had acknowledged before it stopped",
                        node.index());
            }
        }
    }
}
