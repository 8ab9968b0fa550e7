package io.a2al.core.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.a2al.core.NodeSettings;
import io.a2al.core.api.Command;
import io.a2al.core.routing.RoutingSettings;
import io.a2al.core.testing.VirtualNetwork;
import io.a2al.core.testing.VirtualNetwork.Node;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Message;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RoamingTest {

    private static final int NODES = 80;

    private final VirtualNetwork network = new VirtualNetwork(1);
    private final AtomicInteger asked = new AtomicInteger();

    private Node join(int roaming) {
        List<Node> others = network.grow(NODES);
        Node node = network.addNode(
                VirtualNetwork.privateEndpoint(5000),
                NodeSettings.DEFAULT.withRouting(RoutingSettings.DEFAULT.withRoaming(roaming)));
        Endpoint seed = others.getFirst().endpoint();
        network.submit(node, new Command.Ping(seed, Duration.ofSeconds(2)));
        network.observe((from, to, message) -> {
            if (from.equals(node.endpoint()) && !message.type().isResponse() && message instanceof Message.FindNode) {
                asked.incrementAndGet();
            }
        });
        return node;
    }

    private static int known(Node node) {
        return node.core().statistics().learning().recentContacts().used();
    }

    @Test
    void aNodeThatRoamsSoonKnowsAllOfTheNetwork() {
        Node node = join(10);
        network.runFor(Duration.ofSeconds(15));
        assertThat(known(node)).isEqualTo(NODES);
        assertThat(asked.get()).isBetween(NODES, 150);
    }

    @Test
    void repetitionsToDeadNodesAreWithinTheRate() {
        Node node = join(10);
        network.nodes().stream()
                .skip(NODES / 2)
                .filter(other -> !other.equals(node))
                .forEach(network::kill);
        network.runFor(Duration.ofSeconds(8));
        assertThat(asked.get())
                .as("a repetition comes before the turn that it takes")
                .isBetween(60, 85);
    }

    @Test
    void itIsOffByDefault() {
        Node node = join(RoutingSettings.DEFAULT.roaming());
        network.runFor(Duration.ofSeconds(15));
        assertThat(known(node)).isLessThan(10);
        assertThat(asked.get()).isZero();
    }

    @Test
    void aRateOutOfRangeIsRefused() {
        for (int rate : new int[] {-1, 1001}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> RoutingSettings.DEFAULT.withRoaming(rate))
                    .withMessage("requests a second to walk the network: " + rate + "; give 0 to 1000");
        }
    }
}
