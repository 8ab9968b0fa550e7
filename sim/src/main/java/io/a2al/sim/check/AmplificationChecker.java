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
 * What docs/decisions/guard.md promises (known-defects D-04): to an endpoint that is not in its routing table, and from
 * which no signed answer to a question of its own came within ten minutes, an honest node sends at most three times the
 * bytes that came from there. Not counted are questions that the node began to ask before anything came from there,
 * however often it has to repeat them; and whoever ever gave such an answer may be asked at any time, as for replicas,
 * and so may whom its operator named for joining. Echoes of NAT probes go to another port of who asked, and are limited
 * by their number (D-40). Some nodes only are watched.
 */
final class AmplificationChecker implements Checker {

    private static final int WATCHED = 64;
    private static final int FACTOR = 3;

    /** More than a node has under way; those of longer ago will not be answered. */
    private static final int MAX_ASKED = 16_384;

    private static final long PROOF_VALIDITY =
            GuardSettings.DEFAULT.replies().proofValidity().toNanos();

    private static final class Account {
        private long received;
        private long sent;

        boolean isOverdrawn() {
            return sent > FACTOR * received;
        }
    }

    /** What one node has to do with others. Times in nanoseconds of its own clock. */
    private static final class Watch {
        /**
         * Of those who proved to be there as well: the node may have forgotten the proof, and goes by what came in
         * then.
         */
        private final Map<Endpoint, Account> accounts = new HashMap<>();

        private final Map<Endpoint, Long> provenAt = new HashMap<>();
        private final Set<Endpoint> seeds = new HashSet<>();
        private final Map<TransactionId, Endpoint> asked = new BoundedMap<>(MAX_ASKED);

        /** By their hashes, questions to endpoints from which nothing had come. */
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
        if (event.participant() == SimEvent.NOBODY
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
                // Nothing that has a size.
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
                    watch.provenAt.put(asked, nanos(world, arrived));
                    watch.accounts.remove(asked);
                    watch.own.remove(asked);
                }
            });
        } else {
            watch.accounts.computeIfAbsent(arrived.from(), from -> new Account()).received +=
                    arrived.datagram().length();
        }
    }

    private static long nanos(World world, SimEvent event) {
        return world.nodes().get(event.participant()).now().nanos();
    }

    /**
     * True if what is sent there needs no account: for the proof that came from there, or for its place in the table.
     */
    private static boolean isKnown(World world, Watch watch, SimEvent event, Endpoint endpoint) {
        Long provenAt = watch.provenAt.get(endpoint);
        boolean proven = provenAt != null && nanos(world, event) - provenAt < PROOF_VALIDITY;
        return proven || isContact(world.nodes().get(event.participant()), endpoint);
    }

    private static boolean isContact(SimNode node, Endpoint endpoint) {
        return node.core().stream()
                .flatMap(core -> core.contacts().stream())
                .anyMatch(contact -> contact.endpoint().equals(endpoint));
    }

    /** Who has proven to be there may be sent more than came in; nothing is owed then. */
    private static void charge(Watch watch, @Nullable Account account, SimEvent.Sent sent) {
        if (account != null) {
            account.sent += sent.datagram().length();
            if (account.isOverdrawn()) {
                watch.accounts.remove(sent.to());
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
            world.open(sent.datagram()).ifPresent(question -> watch.asked.put(question.transactionId(), sent.to()));
            if (watch.provenAt.containsKey(sent.to()) || watch.seeds.contains(sent.to())) {
                return;
            }
        }
        Account account = watch.accounts.get(sent.to());
        if (isKnown(world, watch, sent, sent.to())) {
            charge(watch, account, sent);
            return;
        }
        Set<Long> own = watch.own.computeIfAbsent(sent.to(), to -> new HashSet<>());
        if (account == null) {
            own.add(sent.datagram().digest());
        } else if (!own.contains(sent.datagram().digest())) {
            account.sent += sent.datagram().length();
            if (account.isOverdrawn()) {
                reporter.report(
                        account.sent + " bytes were sent to " + sent.to() + ", from where " + account.received
                                + " came and no proof",
                        sent.participant());
            }
        }
    }
}
