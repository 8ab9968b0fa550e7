package io.a2al.sim.check;

import io.a2al.core.guard.GuardSettings;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.MessageType;
import io.a2al.sim.world.SimEvent;
import io.a2al.sim.world.World;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * An honest node sends to an endpoint from which no answer ever came at most three times the octets that came from there
 * (known-defects D-04). What it asked an endpoint on its own, before anything came from there, does not count, however often it
 * has to repeat that; nor what it does long after the last datagram came. Some nodes only are watched.
 */
final class AmplificationChecker implements Checker {

    private static final int WATCHED = 64;
    private static final int FACTOR = 3;

    /** After this long a node forgets what came, and what it sends is no answer to it. */
    private static final long SILENCE =
            GuardSettings.DEFAULT.replies().silence().toNanos();

    private static final class Account {
        private long received;
        private long sent;
        private long lastHeard;
    }

    private static final class Watch {
        private final Map<Endpoint, Account> unproven = new HashMap<>();
        private final Set<Endpoint> proven = new HashSet<>();

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
            case SimEvent.Arrived arrived -> onArrived(arrived);
            case SimEvent.Sent sent -> onSent(sent, reporter);
            default -> {
                // Nothing that has a size.
            }
        }
    }

    private Watch watch(int participant) {
        return watches.computeIfAbsent(participant, index -> new Watch());
    }

    private void onArrived(SimEvent.Arrived arrived) {
        Watch watch = watch(arrived.participant());
        if (watch.proven.contains(arrived.from())) {
            return;
        }
        if (arrived.datagram().type().filter(MessageType::isResponse).isPresent()) {
            watch.proven.add(arrived.from());
            watch.unproven.remove(arrived.from());
            watch.own.remove(arrived.from());
        } else {
            Account account = watch.unproven.computeIfAbsent(arrived.from(), from -> new Account());
            account.received += arrived.datagram().length();
            account.lastHeard = arrived.at();
        }
    }

    private void onSent(SimEvent.Sent sent, Reporter reporter) {
        Watch watch = watch(sent.participant());
        if (watch.proven.contains(sent.to())) {
            return;
        }
        Set<Long> own = watch.own.computeIfAbsent(sent.to(), to -> new HashSet<>());
        Account account = watch.unproven.get(sent.to());
        if (account == null || sent.at() - account.lastHeard > SILENCE) {
            watch.unproven.remove(sent.to());
            own.add(sent.datagram().digest());
        } else if (!own.contains(sent.datagram().digest())) {
            account.sent += sent.datagram().length();
            if (account.sent > FACTOR * account.received) {
                reporter.report(
                        account.sent + " octets were sent to " + sent.to() + ", from where " + account.received
                                + " came and no proof",
                        sent.participant());
            }
        }
    }
}
