package io.a2al.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.Command;
import io.a2al.core.api.Outcome;
import io.a2al.core.testing.VirtualNetwork;
import io.a2al.core.testing.VirtualNetwork.Node;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A node of an idle network comes back at another endpoint: within a minute all others tell the new one. */
class MovedNodeTest {

    private static final int NODES = 12;

    private final VirtualNetwork network = new VirtualNetwork(1);

    /** Where the others say that this node is. */
    private Set<Endpoint> told(Node moved) {
        return network.nodes().stream()
                .filter(other -> other.isAlive() && !other.id().equals(moved.id()))
                .flatMap(other -> other.core().contacts().stream())
                .filter(contact -> contact.nodeId().equals(moved.id()))
                .map(Contact::endpoint)
                .collect(Collectors.toSet());
    }

    private long tellers(Node moved) {
        return network.nodes().stream()
                .filter(other -> other.isAlive() && !other.id().equals(moved.id()))
                .filter(other -> other.core().contacts().contains(moved.contact()))
                .count();
    }

    private void join(Node node) {
        Endpoint seed = network.nodes().getFirst().endpoint();
        network.call(Outcome.Joined.class, node, new Command.Bootstrap(List.of(seed), Duration.ofSeconds(10)));
    }

    @ParameterizedTest
    @CsvSource({"0, true", "5, true", "300, true", "5, false"})
    void theNewEndpointIsTold(int secondsAway, boolean samePort) {
        Node before = network.grow(NODES).getLast();
        network.runFor(Duration.ofMinutes(10));
        network.kill(before);
        network.runFor(Duration.ofSeconds(secondsAway));
        Endpoint elsewhere = samePort
                ? VirtualNetwork.privateEndpoint(99)
                : before.endpoint().withPort(4200);
        Node after = network.startElsewhere(before, elsewhere);
        join(after);
        network.runFor(Duration.ofMinutes(1));
        assertThat(told(after)).containsExactly(elsewhere);
        assertThat(tellers(after)).isEqualTo(NODES - 1);
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void aNatThatGivesAnotherPort(boolean oldPortIsSilent) {
        Node node = network.grow(NODES).getLast();
        network.runFor(Duration.ofMinutes(10));
        Node rebound = network.startElsewhere(node, node.endpoint().withPort(50_000));
        if (oldPortIsSilent) {
            network.kill(node);
        }
        join(rebound);
        network.runFor(Duration.ofMinutes(1));
        assertThat(told(node)).containsExactly(oldPortIsSilent ? rebound.endpoint() : node.endpoint());
    }
}
