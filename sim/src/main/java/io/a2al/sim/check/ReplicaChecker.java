package io.a2al.sim.check;

import io.a2al.core.api.Command;
import io.a2al.core.api.Outcome;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.MessageType;
import io.a2al.sim.world.SimEvent;
import io.a2al.sim.world.World;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Checks that a publisher counts no more replicas than it wants, and only nodes that confirmed a STORE or returned the
 * record (known-defects D-09, D-36).
 */
final class ReplicaChecker implements Checker {

    /** For each publisher, the endpoints from which a confirmation came. */
    private final Map<Integer, Set<Endpoint>> confirmations = new HashMap<>();

    @Override
    public String name() {
        return "replicas";
    }

    @Override
    public void afterEvent(World world, SimEvent event, Reporter reporter) {
        switch (event) {
            case SimEvent.Submitted submitted
            when submitted.command() instanceof Command.Publish ->
                confirmations.computeIfAbsent(submitted.participant(), index -> new HashSet<>());
            case SimEvent.Arrived arrived -> onArrived(world, arrived);
            case SimEvent.Completed completed
            when completed.outcome() instanceof Outcome.Stored(int replicas, int wanted) ->
                check(completed.participant(), replicas, wanted, reporter);
            default -> {
                // Other events are not about replicas.
            }
        }
    }

    private void onArrived(World world, SimEvent.Arrived arrived) {
        Set<Endpoint> confirmed = confirmations.get(arrived.participant());
        if (confirmed == null || confirmed.contains(arrived.from())) {
            return;
        }
        boolean relevant = arrived.datagram()
                .type()
                .filter(type -> type == MessageType.STORE_RESPONSE || type == MessageType.FIND_VALUE_RESPONSE)
                .isPresent();
        if (relevant
                && world.decode(arrived.datagram())
                        .filter(envelope -> confirms(envelope.message()))
                        .isPresent()) {
            confirmed.add(arrived.from());
        }
    }

    private static boolean confirms(Message message) {
        return switch (message) {
            case Message.StoreResponse response -> response.stored();
            case Message.FindValueResponse response -> !response.records().isEmpty();
            default -> false;
        };
    }

    private void check(int participant, int replicas, int wanted, Reporter reporter) {
        int confirmed = confirmations.getOrDefault(participant, Set.of()).size();
        if (replicas > wanted) {
            reporter.report(replicas + " replicas were counted, but only " + wanted + " are wanted", participant);
        } else if (replicas > confirmed) {
            reporter.report(replicas + " replicas were counted, but only " + confirmed + " confirmed", participant);
        }
    }
}
