package io.a2al.core.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.a2al.core.liveness.PeerHealth;
import io.a2al.core.liveness.PeerHealthSettings;
import io.a2al.core.routing.ContactMemory;
import io.a2al.core.routing.Peers;
import io.a2al.core.routing.RoutingSettings;
import io.a2al.core.routing.RoutingTable;
import io.a2al.core.routing.RoutingTable.Evidence;
import io.a2al.core.routing.SeenPeers;
import io.a2al.core.rpc.OwnAddressProofs;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.testing.Fixtures;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SurroundingsTest {

    private static final NodeId SELF = Fixtures.A.nodeId();
    private static final NodeId TARGET = NodeId.ZERO;
    private static final int REPLICAS = 8;
    private static final long MS = Duration.ofMillis(1).toNanos();
    private static final long PATIENCE = 400 * MS;

    private final RoutingTable table = new RoutingTable(SELF, contact -> true);
    private final ContactMemory memory = new ContactMemory(RoutingSettings.Memory.DEFAULT, endpoint -> true, 1, 0);
    private final PeerHealth health = new PeerHealth(PeerHealthSettings.DEFAULT, 16);
    private final AnswerRates rates = new AnswerRates();
    private final Contact node = contact(1, 0);

    private Surroundings surroundings() {
        Peers peers =
                new Peers(table, memory, new SeenPeers(16), health, new OwnAddressProofs(Duration.ofSeconds(1), 16));
        return new Surroundings(peers, rates, TARGET, 0, REPLICAS, new LookupPlan.Pace(PATIENCE, 0));
    }

    /** A contact at a distance from the target that begins with {@code prefix}. */
    private static Contact contact(int number, long prefix) {
        ByteBuffer id = ByteBuffer.allocate(NodeId.LENGTH).putLong(prefix).putInt(number);
        return new Contact(
                Fixtures.A.address(), NodeId.of(Bytes.copyOf(id.array())), Fixtures.ipv4("cb007107", number));
    }

    private static Contact at(double share) {
        return contact(2, (long) Math.scalb(share, Long.SIZE - 1) << 1);
    }

    /** As many as hold a record are expected within that part of the key space. */
    @Test
    void nearAreThoseWithinTheShareOfTheHolders() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 1000; i++) {
            table.offer(contact(i, random.nextLong()), Evidence.VERIFIED, 0);
        }
        double share = (double) REPLICAS / table.networkSize();
        assertThat(share).isBetween(0.002, 0.05);
        assertThat(surroundings().isNear(at(0.99 * share))).isTrue();
        assertThat(surroundings().isNear(at(1.01 * share))).isFalse();
        assertThat(surroundings().isNear(at(0.75))).isFalse();
    }

    @Test
    void inAnUnknownNetworkAllAreNear() {
        assertThat(surroundings().isNear(at(0.99))).isTrue();
    }

    @Test
    void aNodeThatIsRememberedIsMoreLikelyThereThanOneThatWasNamed() {
        assertThat(surroundings().chance(node)).isEqualTo(rates.chance(0));
        memory.verified(node, 0, 30 * MS);
        double remembered = surroundings().chance(node);
        assertThat(remembered).isGreaterThan(rates.chance(0));
        for (int i = 0; i < 1000; i++) {
            rates.note(1, false);
        }
        assertThat(surroundings().chance(node)).isCloseTo(remembered / 2, within(0.001));
    }

    /** One of five that are named does not answer, which takes the patience. */
    @Test
    void theWaitForANodeIsItsRoundTripAndWhatIsLostIfItIsGone() {
        assertThat(surroundings().waitNanos(node))
                .as("no round trip is known")
                .isCloseTo(PATIENCE + PATIENCE / 5, within(MS));
        health.measured(contact(3, 0).nodeId(), 50 * MS);
        assertThat(surroundings().waitNanos(node)).as("the median").isCloseTo(50 * MS + PATIENCE / 5, within(MS));
        health.measured(node.nodeId(), 20 * MS);
        assertThat(surroundings().waitNanos(node)).isCloseTo(20 * MS + PATIENCE / 5, within(MS));
    }
}
