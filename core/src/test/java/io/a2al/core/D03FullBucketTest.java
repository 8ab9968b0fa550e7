package io.a2al.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.Effect;
import io.a2al.core.routing.RoutingSettings;
import io.a2al.core.routing.RoutingTable;
import io.a2al.core.testing.SoloNode;
import io.a2al.core.testing.SoloNode.Peer;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Known-defects D-03: a full bucket must neither stall the node nor lose its old contacts to newcomers. */
class D03FullBucketTest {

    private static final Duration STALE = Duration.ofSeconds(15);

    /** Contacts are checked again after ten seconds, long before maintenance sends any request. */
    private static final NodeSettings SETTINGS =
            NodeSettings.DEFAULT.withRouting(RoutingSettings.DEFAULT.withVerification(
                    new RoutingSettings.Verification(64, Duration.ofSeconds(10), Duration.ofSeconds(10))));

    private final SoloNode node = new SoloNode(SETTINGS);
    private final List<Peer> residents = new ArrayList<>();
    private final Map<Endpoint, Peer> peers = new HashMap<>();

    @BeforeEach
    void fillTheFarBucket() {
        for (int i = 0; i < RoutingTable.K; i++) {
            Peer resident = node.newPeerInBucket(0);
            residents.add(resident);
            peers.put(resident.endpoint(), resident);
            node.befriend(resident);
        }
        assertThat(node.core().contacts()).isEqualTo(contacts(residents));
    }

    private static List<Contact> contacts(List<Peer> peers) {
        return peers.stream().map(Peer::contact).toList();
    }

    private Peer at(Endpoint endpoint) {
        return Objects.requireNonNull(peers.get(endpoint));
    }

    /** A newcomer sends a PING, which is answered in the same step. Returns the PINGs that the node sends besides. */
    private List<Effect.Send> newcomerCalls() {
        Peer newcomer = node.newPeerInBucket(0);
        peers.put(newcomer.endpoint(), newcomer);
        List<Effect> effects = node.pingFrom(newcomer);
        Effect.Send answer = SoloNode.sends(effects).getFirst();
        assertThat(answer.to()).isEqualTo(newcomer.endpoint());
        assertThat(answer.message()).isEqualTo(new Message.Pong(SoloNode.SELF.address(), newcomer.endpoint()));
        return SoloNode.pings(effects);
    }

    @Test
    void freshContactsAreNotEvenChecked() {
        for (int i = 0; i < 500; i++) {
            assertThat(newcomerCalls()).isEmpty();
        }
        assertThat(node.core().contacts()).isEqualTo(contacts(residents));
    }

    /** Every node has to know its nearest, see {@link RoutingTable#offerNeighbour}. */
    @Test
    void aNewcomerAmongTheNearestGetsAPlaceAtOnce() {
        node.befriend(node.newPeerInBucket(1));
        Peer newcomer = node.newPeerInBucket(0);
        while (!isNearerThanResidents(newcomer)) {
            newcomer = node.newPeerInBucket(0);
        }
        node.befriend(newcomer);
        assertThat(node.core().contacts()).as("one had to leave").hasSize(RoutingTable.K + 1);
    }

    private boolean isNearerThanResidents(Peer peer) {
        return residents.stream().allMatch(resident -> SoloNode.SELF.nodeId().isNearer(peer.id(), resident.id()));
    }

    @Test
    void newcomersAreAnsweredAtOnceAndLiveContactsStay() {
        node.advance(STALE);
        Set<Endpoint> checked = new HashSet<>();
        List<Effect.Send> open = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            open.addAll(newcomerCalls());
            assertThat(open).as("checks under way").hasSizeLessThanOrEqualTo(1);
            if (i % 10 == 9 && !open.isEmpty()) {
                Effect.Send ping = open.removeFirst();
                checked.add(ping.to());
                node.advance(Duration.ofMillis(50));
                List<Effect> effects = node.pong(at(ping.to()), ping);
                assertThat(SoloNode.sends(effects)).isEmpty();
            }
        }
        assertThat(checked).as("each resident once, as it is fresh then").hasSize(RoutingTable.K);
        assertThat(node.core().contacts()).containsExactlyInAnyOrderElementsOf(contacts(residents));
    }

    @Test
    void aDeadOldestIsReplacedByANewcomerThatAnswers() {
        node.advance(STALE);
        List<Effect.Send> check = newcomerCalls();
        assertThat(check).hasSize(1);
        Peer dead = residents.getFirst();
        assertThat(check.getFirst().to()).isEqualTo(dead.endpoint());
        for (int i = 0; i < 20; i++) {
            assertThat(newcomerCalls()).isEmpty();
        }
        assertThat(node.core().contacts()).as("not before it failed").contains(dead.contact());

        List<Effect.Send> pings = SoloNode.pings(node.advance(Duration.ofSeconds(3)));
        List<Effect.Send> toNewcomers = pings.stream()
                .filter(ping -> !ping.to().equals(dead.endpoint()))
                .toList();
        assertThat(toNewcomers).isNotEmpty();
        Peer newcomer = at(toNewcomers.getFirst().to());
        assertThat(node.core().contacts()).doesNotContain(dead.contact()).hasSize(RoutingTable.K - 1);
        node.pong(newcomer, toNewcomers.getFirst());
        List<Contact> expected = new ArrayList<>(contacts(residents.subList(1, RoutingTable.K)));
        expected.add(newcomer.contact());
        assertThat(node.core().contacts()).isEqualTo(expected);
    }

    @Test
    void aNewcomerThatDoesNotAnswerGetsNoPlace() {
        node.advance(STALE);
        newcomerCalls();
        node.advance(Duration.ofSeconds(10));
        assertThat(node.core().contacts()).isEqualTo(contacts(residents.subList(1, RoutingTable.K)));
    }
}
