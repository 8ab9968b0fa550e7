package io.a2al.core.nat;

import static io.a2al.core.testing.SoloNode.outcomes;
import static io.a2al.core.testing.SoloNode.pingsTo;
import static io.a2al.core.testing.SoloNode.sends;
import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.NodeSettings;
import io.a2al.core.api.Command;
import io.a2al.core.api.Effect;
import io.a2al.core.api.Outcome;
import io.a2al.core.testing.SoloNode;
import io.a2al.core.testing.SoloNode.Peer;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Header;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.MessageCodec;
import io.a2al.protocol.message.MessageType;
import io.a2al.protocol.record.NatType;
import io.a2al.protocol.testing.Fixtures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One node behind a NAT: it listens on port 4121 and is seen at port 61000. */
class NatServiceTest {

    private static final Endpoint HOME = Fixtures.ipv4("cb007107", 61_000);
    private static final Bytes TOKEN = Bytes.fromHex("0102030405060708");

    private final SoloNode node = new SoloNode();

    /** Makes the node know a peer in another network, which sees the node at {@code observed}. */
    private Peer befriend(int number, Endpoint observed) {
        Peer peer = node.newPeer(Endpoint.of(new byte[] {5, 5, (byte) number, 1}, 4121));
        answerPing(node, peer, observed);
        return peer;
    }

    private static List<Effect> answerPing(SoloNode node, Peer peer, Endpoint observed) {
        Effect.Send ping = pingsTo(node.pingFrom(peer), peer.endpoint()).getFirst();
        return node.answer(peer, ping, new Message.Pong(peer.contact().address(), observed));
    }

    private List<Peer> befriendSome(int count) {
        List<Peer> peers = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            peers.add(befriend(i, HOME));
        }
        return peers;
    }

    private static List<Effect.Send> probes(List<Effect> effects) {
        return sends(effects, Message.NatProbeRequest.class::isInstance);
    }

    private static List<Effect.Send> echoes(List<Effect> effects) {
        return sends(effects, Message.NatProbeEcho.class::isInstance);
    }

    private List<Effect> echo(Peer from, Effect.Send probe) {
        Bytes token = ((Message.NatProbeRequest) probe.message()).token();
        return node.request(from, new Message.NatProbeEcho(token));
    }

    // ---- observed addresses -----------------------------------------------------------------------------------

    @Test
    void everyKindOfAnswerIsAReport() {
        Peer peer = node.newPeer(Endpoint.of(new byte[] {5, 5, 1, 1}, 4121));
        assertThat(answerPing(node, peer, HOME)).contains(new Effect.Observed(peer.id(), HOME));

        Effect.Send find = sends(node.submit(1, new Command.FindNode(NodeId.ZERO, Duration.ofSeconds(5))))
                .getFirst();
        assertThat(node.answer(peer, find, new Message.FindNodeResponse(Optional.empty(), HOME)))
                .contains(new Effect.Observed(peer.id(), HOME));

        Effect.Send value = sends(node.submit(
                        2, new Command.FindRecords(NodeId.ZERO, 1, Command.Want.ALL, Duration.ofSeconds(5))))
                .getFirst();
        assertThat(node.answer(
                        peer,
                        value,
                        new Message.FindValueResponse(Optional.empty(), Optional.empty(), HOME, List.of())))
                .contains(new Effect.Observed(peer.id(), HOME));
        assertThat(node.core().natStatus(node.now()).reporters()).isEqualTo(1);
    }

    @Test
    void anUnsolicitedAnswerIsNotAReport() {
        Peer peer = node.newPublicPeer();
        assertThat(node.request(peer, new Message.Pong(peer.contact().address(), HOME)))
                .isEmpty();
    }

    @Test
    void d39_agreementOfDifferentNetworksTellsThePublicAddress() {
        befriend(1, HOME);
        befriend(2, HOME);
        assertThat(node.core().natStatus(node.now()).publicEndpoint()).contains(HOME);
        assertThat(node.core().natStatus(node.now()).publishType()).isEqualTo(NatType.UNKNOWN);
    }

    @Test
    void aNodeOnAPublicAddressIsOpen() {
        node.core().setBindPublic(true);
        befriendSome(3);
        assertThat(node.core().natStatus(node.now()).publishType()).isEqualTo(NatType.FULL_CONE);
        assertThat(probes(node.advance(Duration.ofMinutes(3))))
                .as("nothing to find out")
                .isEmpty();
    }

    // ---- probes of other nodes --------------------------------------------------------------------------------

    @Test
    void aProbeIsAnsweredByAnEchoToTheClaimedAddress() {
        Peer peer = node.newPublicPeer();
        Endpoint claimed = peer.endpoint().withPort(5000);
        List<Effect> effects = node.request(peer, new Message.NatProbeRequest(TOKEN, claimed));

        Effect.Send echo = echoes(effects).getFirst();
        assertThat(echo.to()).isEqualTo(claimed);
        assertThat(echo.message()).isEqualTo(new Message.NatProbeEcho(TOKEN));
        assertThat(echo.transactionId().toBytes().length()).isEqualTo(20);
    }

    /** Whatever port an echo goes to; the PINGs that verify the source, and their repetitions, count as well. */
    @Test
    void echoesCountAgainstTheAmplificationLimit() {
        Peer peer = node.newPublicPeer();
        Message probe = new Message.NatProbeRequest(TOKEN, peer.endpoint().withPort(5000));
        List<Effect> effects = new ArrayList<>(node.request(peer, probe));
        assertThat(echoes(effects)).hasSize(1);
        effects.addAll(node.advance(Duration.ofSeconds(10)));
        int sent = sends(effects).stream()
                .filter(send -> send.to().hasSameIp(peer.endpoint()))
                .mapToInt(send -> MessageCodec.encodedLength(send.message()))
                .sum();
        assertThat(sent).isLessThanOrEqualTo(3 * MessageCodec.encodedLength(probe));
    }

    @Test
    void d40_nothingGoesToAnAddressThatTheAskerIsNotAt() {
        Peer peer = node.newPublicPeer();
        for (Endpoint claimed :
                List.of(HOME, Fixtures.ipv4("ffffffff", 4121), peer.endpoint().withPort(53))) {
            assertThat(echoes(node.request(peer, new Message.NatProbeRequest(TOKEN, claimed))))
                    .isEmpty();
        }
        assertThat(node.core().statistics().nat().echoes().values()).containsOnly(0L, 1L);
    }

    @Test
    void d40_threeEchoesPerSourceAndTenSeconds() {
        Peer peer = node.newPublicPeer();
        int sent = 0;
        for (int i = 0; i < 10; i++) {
            sent += echoes(node.request(peer, new Message.NatProbeRequest(TOKEN, peer.endpoint())))
                    .size();
        }
        assertThat(sent).isEqualTo(3);
        node.advance(Duration.ofSeconds(10));
        assertThat(echoes(node.request(peer, new Message.NatProbeRequest(TOKEN, peer.endpoint()))))
                .hasSize(1);
    }

    // ---- probes of our own ------------------------------------------------------------------------------------

    @Test
    void anEchoFromAnywhereEndsAProbe() {
        Peer peer = node.newPublicPeer();
        Header echo = Header.of(MessageType.NAT_PROBE_ECHO, node.newTransaction());
        assertThat(node.isAdmitted(peer, echo)).isFalse();

        List<Effect> effects = node.submit(7, new Command.ProbeNat(peer.endpoint(), HOME, Duration.ofSeconds(5)));
        assertThat(sends(effects)).hasSize(1);
        Effect.Send probe = probes(effects).getFirst();
        assertThat(probe.to()).isEqualTo(peer.endpoint());
        assertThat(((Message.NatProbeRequest) probe.message()).claimed()).isEqualTo(HOME);
        assertThat(node.isAdmitted(peer, echo)).isTrue();

        assertThat(outcomes(echo(node.newPublicPeer(), probe))).containsExactly(new Outcome.Probed(true));
        assertThat(sends(node.advance(Duration.ofSeconds(6)), Message.NatProbeRequest.class::isInstance))
                .isEmpty();
        assertThat(outcomes(echo(peer, probe))).as("a second echo").isEmpty();
    }

    @Test
    void withoutAnEchoAProbeEndsOnTimeAndIsNotRepeated() {
        Peer peer = node.newPublicPeer();
        node.submit(7, new Command.ProbeNat(peer.endpoint(), HOME, Duration.ofSeconds(5)));
        assertThat(outcomes(node.request(peer, new Message.NatProbeEcho(TOKEN))))
                .as("another token")
                .isEmpty();
        List<Effect> later = node.advance(Duration.ofSeconds(5).minusNanos(1));
        assertThat(probes(later)).isEmpty();
        assertThat(outcomes(later)).isEmpty();
        assertThat(outcomes(node.advance(Duration.ofNanos(1)))).containsExactly(new Outcome.Probed(false));
        assertThat(node.core().statistics().nat().probes().used()).isZero();
    }

    @Test
    void probesAreBounded() {
        int limit = NatSettings.DEFAULT.maxProbes();
        for (int i = 0; i <= limit; i++) {
            List<Outcome> outcomes = outcomes(
                    node.submit(i, new Command.ProbeNat(node.newPublicPeer().endpoint(), HOME, Duration.ofSeconds(5))));
            assertThat(outcomes).hasSize(i < limit ? 0 : 1);
        }
    }

    // ---- the node's own check ---------------------------------------------------------------------------------

    @Test
    void oneEchoOfThreeShowsThatTheNodeCanBeReached() {
        List<Peer> peers = befriendSome(5);
        List<Effect.Send> probes = probes(node.advance(Duration.ofMinutes(1)));
        assertThat(probes)
                .hasSize(3)
                .allSatisfy(probe -> assertThat(((Message.NatProbeRequest) probe.message()).claimed())
                        .isEqualTo(HOME));
        assertThat(probes).extracting(Effect.Send::to).doesNotHaveDuplicates();

        echo(peers.getFirst(), probes.getLast());
        assertThat(node.core().natStatus(node.now()).publishType()).isEqualTo(NatType.FULL_CONE);
        node.advance(Duration.ofSeconds(10));
        assertThat(node.core().natStatus(node.now()).reachable()).contains(true);
    }

    @Test
    void noEchoAtAllShowsThatItCannot() {
        befriendSome(3);
        node.advance(Duration.ofMinutes(1));
        assertThat(node.core().natStatus(node.now()).reachable()).isEmpty();
        node.advance(Duration.ofSeconds(5));
        assertThat(node.core().natStatus(node.now()).reachable()).contains(false);
        assertThat(node.core().natStatus(node.now()).publishType()).isEqualTo(NatType.RESTRICTED);
    }

    @Test
    void theCheckIsRepeatedAfterTwentyMinutesOrForANewAddress() {
        befriendSome(3);
        assertThat(probes(node.advance(Duration.ofMinutes(1)))).hasSize(3);
        assertThat(probes(node.advance(Duration.ofMinutes(5)))).isEmpty();

        Endpoint moved = HOME.withPort(62_000);
        for (int i = 11; i <= 14; i++) {
            befriend(i, moved);
        }
        assertThat(probes(node.advance(Duration.ofMinutes(1))))
                .hasSize(3)
                .allSatisfy(probe -> assertThat(((Message.NatProbeRequest) probe.message()).claimed())
                        .isEqualTo(moved));
    }

    @Test
    void inAnotherNetworkNothingOfTheOldOneCounts() {
        List<Peer> peers = befriendSome(3);
        echo(peers.getFirst(), probes(node.advance(Duration.ofMinutes(1))).getFirst());
        node.submit(1, new Command.NetworkChanged());
        assertThat(node.core().natStatus(node.now()).publicEndpoint()).isEmpty();
        assertThat(node.core().natStatus(node.now()).reachable()).isEmpty();
        assertThat(node.core().natStatus(node.now()).publishType()).isEqualTo(NatType.UNKNOWN);
    }

    @Test
    void privateNetworksAreNotChecked() {
        SoloNode lan = new SoloNode(NodeSettings.DEFAULT.withNat(NatSettings.DEFAULT.forPrivateNetwork()));
        for (int i = 0; i < 3; i++) {
            Peer peer = lan.newPeer();
            answerPing(lan, peer, Fixtures.ipv4("0a000909", 4121));
        }
        assertThat(lan.core().natStatus(lan.now()).publicEndpoint()).contains(Fixtures.ipv4("0a000909", 4121));
        assertThat(probes(lan.advance(Duration.ofMinutes(3)))).isEmpty();
    }

    // ---- hairpins ---------------------------------------------------------------------------------------------

    private List<Effect.Send> lookup(long operation) {
        return sends(node.submit(operation, new Command.FindNode(NodeId.ZERO, Duration.ofSeconds(5))));
    }

    /** The address that peers see is ours, although its port is not the one we listen on. */
    @Test
    void d43_ourOwnReflectionIsNotAsked() {
        Peer neighbour = node.newPeer(HOME.withPort(4121));
        Peer reflection = node.newPeer(HOME.withPort(61_000));
        answerPing(node, neighbour, HOME);
        answerPing(node, reflection, HOME);
        node.core().setExternalIp(node.now(), Optional.of(HOME.withPort(0)));
        assertThat(lookup(1))
                .extracting(Effect.Send::to)
                .as("only the IP is known")
                .hasSize(2);

        befriendSome(2);
        node.core().setExternalIp(node.now(), Optional.of(HOME.withPort(0)));
        assertThat(lookup(2))
                .extracting(Effect.Send::to)
                .contains(neighbour.endpoint())
                .doesNotContain(reflection.endpoint());
    }

    @Test
    void d43_aNeighbourThatTimedOutIsSkippedForAWhileButNotForEver() {
        Peer neighbour = node.newPeer(HOME.withPort(4121));
        answerPing(node, neighbour, HOME);
        node.core().setExternalIp(node.now(), Optional.of(HOME));
        assertThat(lookup(1)).extracting(Effect.Send::to).containsExactly(neighbour.endpoint());
        node.advance(Duration.ofSeconds(5));

        assertThat(lookup(2)).as("it timed out").isEmpty();
        assertThat(sends(node.submit(3, new Command.Ping(neighbour.endpoint(), Duration.ofSeconds(1)))))
                .as("a command of the operator is obeyed")
                .hasSize(1);
        node.advance(Duration.ofSeconds(2));

        assertThat(sends(node.advance(NatSettings.DEFAULT.hairpins().memory().plusMinutes(20))))
                .extracting(Effect.Send::to)
                .contains(neighbour.endpoint());
    }

    @Test
    void d43_aNeighbourThatAnswersStaysInReach() {
        Peer neighbour = node.newPeer(HOME.withPort(4121));
        answerPing(node, neighbour, HOME);
        node.core().setExternalIp(node.now(), Optional.of(HOME));
        for (int i = 1; i <= 3; i++) {
            Effect.Send find = lookup(i).getFirst();
            assertThat(find.to()).isEqualTo(neighbour.endpoint());
            node.answer(neighbour, find, new Message.FindNodeResponse(Optional.empty(), HOME));
        }
    }
}
