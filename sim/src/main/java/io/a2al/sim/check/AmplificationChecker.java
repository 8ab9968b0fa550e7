package io.a2al.sim.check;

import io.a2al.core.api.Command;
import io.a2al.core.bounds.BoundedMap;
import io.a2al.core.guard.GuardSettings;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Envelope;
import io.a2al.protocol.message.MessageType;
import io.a2al.protocol.message.TransactionId;
import io.a2al.sim.world.SimEvent;
import io.a2al.sim.world.SimNode;
import io.a2al.sim.world.World;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks the amplification limit of docs/decisions/guard.md (known-defects D-04): an honest node sends at most three
 * times the received bytes to an unverified endpoint. An endpoint is verified if it is in the routing table, or if a
 * signed response to the node's own request came from it within the last ten minutes. Not counted are:
 *
 * <ul>
 *   <li>requests, and their retries, that the node first sent before anything came from the endpoint, or when it no
 *       longer has to remember that something did;
 *   <li>requests to endpoints that have ever sent such a response, for example to replicas;
 *   <li>requests to the endpoints that the operator named for joining;
 *   <li>NAT probe echoes, which go to another port of the requester and have a limit of their own (D-40).
 * </ul>
 *
 * <p>Only a sample of nodes is watched.
 */
final class AmplificationChecker implements Checker {

    /** Approximate number of nodes watched. */
    private static final int WATCHED = 64;

    /** The amplification limit: bytes sent per byte received. */
    private static final int FACTOR = 3;

    /** Requests remembered per node; more than a node has in flight, so older ones get no response any more. */
    private static final int MAX_ASKED = 16_384;

    /** Time for which a signed response verifies an endpoint, in nanoseconds. */
    private static final long PROOF_VALIDITY =
            GuardSettings.DEFAULT.replies().proofValidity().toNanos();

    /** Time without a request after which a node may forget what came from an endpoint, in nanoseconds. */
    private static final long SILENCE =
            GuardSettings.DEFAULT.replies().silence().toNanos();

    private static final class Counts {
        private long received;
        private long sent;
        private long lastHeard;

        boolean exceedsLimit() {
            return sent > FACTOR * received;
        }
    }

    /** State of one watched node. Times are in nanoseconds that it was awake. */
    private static final class Watch {
        /**
         * Bytes exchanged with each endpoint. Verified endpoints have an entry too: the node may forget that they are
         * verified before ten minutes have passed, and then counts what came from them.
         */
        private final Map<Endpoint, Counts> counted = new HashMap<>();

        private final Map<Endpoint, Long> verifiedAt = new HashMap<>();
        private final Set<Endpoint> seeds = new HashSet<>();
        private final Map<TransactionId, Endpoint> asked = new BoundedMap<>(MAX_ASKED);

        /** Hashes of requests first sent to endpoints from which nothing had come. */
        private final Map<Endpoint, Set<Long>> own = new HashMap<>();
    }

    private final Map<Integer, Watch> watches = new HashMap<>();

    @Override
    public String name() {
        return "amplification";
    }

    @Override
    public void afterEvent(World world, SimEvent event, Reporter reporter) {
        int stride = Math.max(1, world.nodes().size() / WATCHED);
        if (event.participant() == SimEvent.NO_PARTICIPANT
                || event.participant() % stride != 0
                || !world.nodes().get(event.participant()).isHonest()) {
            return;
        }
        switch (event) {
            case SimEvent.Started started -> watches.put(started.participant(), new Watch());
            case SimEvent.Submitted submitted -> onSubmitted(submitted);
            case SimEvent.Arrived arrived -> onArrived(world, arrived);
            case SimEvent.Sent sent -> onSent(world, sent, reporter);
            default -> {
                // Other events do not change the counts.
            }
        }
    }

    private Watch watch(int participant) {
        return watches.computeIfAbsent(participant, index -> new Watch());
    }

    private void onSubmitted(SimEvent.Submitted submitted) {
        if (submitted.command() instanceof Command.Bootstrap join) {
            Set<Endpoint> seeds = watch(submitted.participant()).seeds;
            seeds.addAll(join.seeds());
            join.contacts().forEach(contact -> seeds.add(contact.endpoint()));
        }
    }

    private static boolean isResponse(Optional<MessageType> type) {
        return type.filter(MessageType::isResponse).isPresent();
    }

    private void onArrived(World world, SimEvent.Arrived arrived) {
        Watch watch = watch(arrived.participant());
        if (isResponse(arrived.datagram().type())) {
            world.open(arrived.datagram()).map(Envelope::transactionId).ifPresent(answered -> {
                Endpoint asked = watch.asked.get(answered);
                if (asked != null && asked.hasSameIp(arrived.from())) {
                    watch.asked.remove(answered);
                    watch.verifiedAt.put(asked, nanos(world, arrived));
                    watch.counted.remove(asked);
                    watch.own.remove(asked);
                }
            });
        } else {
            Counts counts = watch.counted.computeIfAbsent(arrived.from(), from -> new Counts());
            counts.received += arrived.datagram().length();
            counts.lastHeard = nanos(world, arrived);
        }
    }

    private static long nanos(World world, SimEvent event) {
        return world.nodes().get(event.participant()).awakeNanos();
    }

    /** Returns true if an endpoint is verified: by a recent signed response, or because it is in the routing table. */
    private static boolean isVerified(World world, Watch watch, SimEvent event, Endpoint endpoint) {
        Long verifiedAt = watch.verifiedAt.get(endpoint);
        boolean recent = verifiedAt != null && nanos(world, event) - verifiedAt < PROOF_VALIDITY;
        return recent || isContact(world.nodes().get(event.participant()), endpoint);
    }

    private static boolean isContact(SimNode node, Endpoint endpoint) {
        return node.core().stream()
                .flatMap(core -> core.contacts().stream())
                .anyMatch(contact -> contact.endpoint().equals(endpoint));
    }

    /** Counts a datagram to a verified endpoint. Above the limit, counting starts anew. */
    private static void countVerified(Watch watch, @Nullable Counts counts, SimEvent.Sent sent) {
        if (counts != null) {
            counts.sent += sent.datagram().length();
            if (counts.exceedsLimit()) {
                watch.counted.remove(sent.to());
            }
        }
    }

    private void onSent(World world, SimEvent.Sent sent, Reporter reporter) {
        Watch watch = watch(sent.participant());
        Optional<MessageType> type = sent.datagram().type();
        if (type.filter(MessageType.NAT_PROBE_ECHO::equals).isPresent()) {
            return;
        }
        if (!isResponse(type)) {
            world.open(sent.datagram()).ifPresent(request -> watch.asked.put(request.transactionId(), sent.to()));
            if (watch.verifiedAt.containsKey(sent.to()) || watch.seeds.contains(sent.to())) {
                return;
            }
        }
        Counts counts = watch.counted.get(sent.to());
        if (isVerified(world, watch, sent, sent.to())) {
            countVerified(watch, counts, sent);
            return;
        }
        Set<Long> own = watch.own.computeIfAbsent(sent.to(), to -> new HashSet<>());
        if (counts == null || (!isResponse(type) && nanos(world, sent) - counts.lastHeard > SILENCE)) {
            own.add(sent.datagram().digest());
        } else if (!own.contains(sent.datagram().digest())) {
            counts.sent += sent.datagram().length();
            if (counts.exceedsLimit()) {
                reporter.report(
                        counts.sent + " bytes were sent to the unverified endpoint " + sent.to() + ", from which only "
                                + counts.received + " bytes came",
                        sent.participant());
            }
        }
    }
}
