package io.a2al.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.Command;
import io.a2al.core.api.Effect;
import io.a2al.core.guard.GuardSettings;
import io.a2al.core.membership.MembershipSettings;
import io.a2al.core.nat.NatSettings;
import io.a2al.core.push.PushSettings;
import io.a2al.core.routing.RoutingSettings;
import io.a2al.core.rpc.RequestSettings;
import io.a2al.core.store.StoreLimits;
import io.a2al.core.testing.SoloNode;
import io.a2al.core.testing.SoloNode.Peer;
import io.a2al.core.testing.TestRecords;
import io.a2al.core.testing.VirtualNetwork;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.Topics;
import io.a2al.protocol.record.VerifiedRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Known-defects D-32: no number of invented identities makes a collection of the node grow beyond its limit. The limits
 * are small here, so that they are reached.
 */
class D32FloodTest {

    private static final GuardSettings GUARD = GuardSettings.DEFAULT
            .withReplies(GuardSettings.DEFAULT.replies().withMaxEndpoints(40))
            .withEchoes(new GuardSettings.Echoes(
                    true,
                    GuardSettings.DEFAULT.echoes().perSource(),
                    GuardSettings.DEFAULT.echoes().total(),
                    1200,
                    10,
                    64));

    private static final NodeSettings SMALL = NodeSettings.DEFAULT
            .withStore(StoreLimits.DEFAULT.withMaxKeys(30).withQuotas(new StoreLimits.Quotas(60, 50, 50)))
            .withRequests(RequestSettings.DEFAULT.withMaxPending(20).withMaxPeersRemembered(50))
            .withRouting(RoutingSettings.DEFAULT
                    .withVerification(new RoutingSettings.Verification(5, Duration.ofMinutes(1), Duration.ofMinutes(5)))
                    .withMaxSeenPeers(60))
            .withMembership(MembershipSettings.DEFAULT.withSeeds(8, 4))
            .withPush(PushSettings.DEFAULT.withServing(new PushSettings.Serving(3, 3, 12, 2)))
            .withNat(NatSettings.DEFAULT
                    .withMaxReporters(15)
                    .withMaxProbes(4)
                    .withMaxEchoSources(10)
                    .withMaxHairpins(4))
            .withGuard(GUARD);

    private final SoloNode node = new SoloNode(SMALL);
    private final SplittableRandom random = new SplittableRandom(32);
    private final Set<String> reached = new TreeSet<>();
    private int strangers;

    private Peer stranger() {
        return node.newPeer(VirtualNetwork.publicEndpoint(++strangers));
    }

    private void check() {
        node.core().statistics().occupancies().forEach((name, occupancy) -> {
            assertThat(occupancy.used()).as(name).isLessThanOrEqualTo(occupancy.limit());
            if (occupancy.used() == occupancy.limit()) {
                reached.add(name);
            }
        });
    }

    /** Sends a request of one of six kinds. */
    private List<Effect> ask(Peer stranger, int kind) {
        NodeId topic = Topics.keyOf("topic " + random.nextInt(6));
        return switch (kind) {
            case 0 -> node.pingFrom(stranger);
            case 1 -> node.request(stranger, new Message.FindNode(stranger.id()));
            case 2 -> node.request(stranger, new Message.FindValue(topic, RecordType.TOPIC, true));
            case 3 -> {
                byte[] token = new byte[8];
                random.nextBytes(token);
                yield node.request(stranger, new Message.NatProbeRequest(Bytes.copyOf(token), stranger.endpoint()));
            }
            default -> {
                String name = "topic " + (kind == 4 ? random.nextInt(6) : random.nextInt(100_000));
                VerifiedRecord entry = TestRecords.topic(
                        TestRecords.publisher(strangers), name, 1, node.now().unixSeconds(), 3600);
                yield node.request(stranger, new Message.Store(entry.record(), Optional.of(Topics.keyOf(name))), entry);
            }
        };
    }

    /** Fills an answer with invented contacts. */
    private Message inventedContacts(Peer teller) {
        List<Contact> contacts = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            contacts.add(stranger().contact());
        }
        return new Message.FindNodeResponse(Optional.of(contacts), teller.endpoint());
    }

    /** Answers the requests of the node to a peer, with invented contacts. */
    private void answer(Peer stranger, List<Effect> effects) {
        for (Effect.Send send : SoloNode.sends(effects)) {
            if (send.to().equals(stranger.endpoint()) && send.message() instanceof Message.Ping) {
                node.answer(
                        stranger,
                        send,
                        new Message.Pong(
                                stranger.contact().address(), VirtualNetwork.publicEndpoint(random.nextInt(1 << 16))));
            } else if (send.to().equals(stranger.endpoint()) && send.message() instanceof Message.FindNode) {
                node.answer(stranger, send, inventedContacts(stranger));
            }
        }
    }

    @Test
    void d32_aFloodOfMadeUpIdentitiesFillsNothingBeyondItsLimit() {
        for (int i = 0; i < 3000; i++) {
            Peer stranger = stranger();
            List<Effect> effects = ask(stranger, random.nextInt(6));
            if (random.nextInt(3) > 0) {
                answer(stranger, effects);
                answer(stranger, ask(stranger, 2));
            }
            node.core().mayEcho(node.now(), VirtualNetwork.privateEndpoint(i), Bytes.fromHex("00ec%06x".formatted(i)));
            check();
            if (i % 10 == 0) {
                node.submit(i, new Command.FindNode(stranger.id(), Duration.ofSeconds(1)));
                check();
                node.advance(Duration.ofMillis(500));
                check();
            }
        }
        assertThat(reached)
                .contains(
                        "guard.echoesRemembered",
                        "guard.proven",
                        "guard.watched",
                        "learning.introductions",
                        "learning.proofs",
                        "maintenance.seenPeers",
                        "nat.echoSources",
                        "nat.reporters",
                        "push.subscribers",
                        "requests.pending",
                        "store.keys",
                        "table.health");
    }

    @Test
    void d32_whatIsUnderWayEndsWithTheFlood() {
        for (int i = 0; i < 500; i++) {
            Peer stranger = stranger();
            answer(stranger, ask(stranger, random.nextInt(6)));
        }
        node.advance(Duration.ofMinutes(5));
        NodeStatistics statistics = node.core().statistics();
        assertThat(statistics.learning().proofs().used()).isZero();
        assertThat(statistics.nat().probes().used()).isZero();
        assertThat(statistics.maintenance().timers()).isLessThan(200);
    }
}
