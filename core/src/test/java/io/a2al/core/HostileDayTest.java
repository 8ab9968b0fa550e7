package io.a2al.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.Admission;
import io.a2al.core.api.Effect;
import io.a2al.core.guard.GuardSettings;
import io.a2al.core.nat.EchoService;
import io.a2al.core.rpc.RequestSettings;
import io.a2al.core.store.StoreLimits;
import io.a2al.core.testing.SoloNode;
import io.a2al.core.testing.SoloNode.Peer;
import io.a2al.core.testing.TestRecords;
import io.a2al.core.testing.VirtualNetwork;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Header;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.MessageType;
import io.a2al.protocol.message.TransactionId;
import io.a2al.protocol.record.Topics;
import io.a2al.protocol.record.VerifiedRecord;
import io.a2al.protocol.testing.Fixtures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * One node runs for 24 hours among attackers, in virtual time. Nothing exceeds its limit; every datagram is answered or
 * counted with the reason why not; and the node uses no more memory at the end than after its first hours.
 */
class HostileDayTest {

    private static final int HOURS = 24;

    private static final int WARM_UP_HOURS = 6;

    private static final int DATAGRAMS_PER_HOUR = 3000;

    /** Memory varies by about this much; a leak of one small object per datagram would be more. */
    private static final long TOLERATED_BYTES = 3 << 20;

    private static final int TOPICS = 8;

    /** Limits so small that everything is full after the first hours. */
    private static final NodeSettings SETTINGS = NodeSettings.DEFAULT
            .withStore(StoreLimits.DEFAULT.withMaxKeys(100))
            .withRequests(RequestSettings.DEFAULT.withMaxPeersRemembered(400))
            .withGuard(GuardSettings.DEFAULT.withReplies(
                    GuardSettings.DEFAULT.replies().withMaxEndpoints(400)));

    private static final List<Identity> PUBLISHERS =
            IntStream.range(0, 300).mapToObj(Fixtures::identity).toList();

    private final SplittableRandom random = new SplittableRandom(24);
    private final SoloNode node = new SoloNode(SETTINGS);
    private final List<Peer> friends = new ArrayList<>();

    private long sequence;
    private long offered;
    private long toBeAnswered;
    private long answered;
    private long echoesWanted;
    private long echoes;

    @Test
    void aDayAmongEnemiesLeavesNothingBehind() {
        for (int i = 0; i < 20; i++) {
            Peer friend = node.newPublicPeer();
            node.befriend(friend);
            friends.add(friend);
        }
        long before = 0;
        for (int hour = 0; hour < HOURS; hour++) {
            if (hour == WARM_UP_HOURS) {
                before = heap();
            }
            for (int i = 0; i < DATAGRAMS_PER_HOUR; i++) {
                hostile();
                friendsAnswer(node.advance(Duration.ofHours(1).dividedBy(DATAGRAMS_PER_HOUR)));
            }
            assertThat(node.core().statistics().occupancies())
                    .allSatisfy((name, occupancy) ->
                            assertThat(occupancy.used()).as(name).isLessThanOrEqualTo(occupancy.limit()));
        }
        assertThat(heap() - before)
                .as("bytes more than after " + WARM_UP_HOURS + " hours")
                .isLessThan(TOLERATED_BYTES);

        NodeStatistics atEnd = node.core().statistics();
        assertThat(total(atEnd.guard().admissions().values()))
                .as("every datagram has a verdict")
                .isEqualTo(offered);
        assertThat(answered + atEnd.guard().repliesWithheld())
                .as("every request that was let in is answered, or counted as one that was not")
                .isEqualTo(toBeAnswered);
        assertThat(total(atEnd.nat().echoes().values()))
                .as("every request for an echo has a verdict")
                .isEqualTo(echoesWanted);
        assertThat(atEnd.nat().echoes().get(EchoService.Verdict.ECHO))
                .isEqualTo(echoes)
                .isPositive();
        assertThat(atEnd.guard().admissions())
                .as("the day saw everything that can be refused")
                .allSatisfy(
                        (verdict, count) -> assertThat(count).as("%s", verdict).isPositive());
        assertThat(answered).isGreaterThan(HOURS * 1000L);
        assertThat(atEnd.guard().repliesShortened()).isPositive();
    }

    /** After a day the node still answers its friends. */
    @Test
    void afterAnHourOfThisItStillServesItsFriends() {
        Peer friend = node.newPublicPeer();
        node.befriend(friend);
        friends.add(friend);
        VerifiedRecord record = endpoint(PUBLISHERS.getFirst());
        node.request(friend, new Message.Store(record.record(), Optional.empty()), record);
        for (int i = 0; i < 2000; i++) {
            hostile();
            friendsAnswer(node.advance(Duration.ofMillis(200)));
        }
        Message.FindValue question = new Message.FindValue(record.addressId(), 1, false);
        assertThat(SoloNode.sends(
                        node.request(friend, question),
                        message -> message instanceof Message.FindValueResponse response
                                && response.records().size() == 1))
                .hasSize(1);
    }

    // ---- enemies ----------------------------------------------------------------------------------------------

    private void hostile() {
        switch (random.nextInt(12)) {
            case 0 -> burst(node.newPublicPeer(), 1 + random.nextInt(4));
            case 1 -> fromNowhere();
            case 2 -> offer(mayBeForged(), new Message.FindNode(randomId()));
            case 3 -> offer(mayBeForged(), new Message.FindValue(topic(), 0, random.nextBoolean()));
            case 4 -> store(endpoint(publisher()), Optional.empty());
            case 5 -> {
                int topic = random.nextInt(TOPICS);
                VerifiedRecord entry = TestRecords.topic(publisher(), "topic " + topic, ++sequence, now(), lifetime());
                store(entry, Optional.of(Topics.keyOf("topic " + topic)));
            }
            case 6 -> {
                VerifiedRecord note = TestRecords.note(
                        publisher(), PUBLISHERS.getFirst().address(), random.nextInt(), ++sequence, now(), lifetime());
                store(note, Optional.of(PUBLISHERS.getFirst().nodeId()));
            }
            case 7 -> store(endpoint(publisher()), Optional.of(randomId()));
            case 8 -> offer(mayBeForged(), inventedContacts());
            case 9 -> {
                VerifiedRecord record = endpoint(publisher());
                offer(mayBeForged(), new Message.Push(record.addressId(), record.record()), record);
            }
            case 10 -> {
                Peer asker = mayBeForged();
                Endpoint claimed = random.nextBoolean() ? asker.endpoint() : VirtualNetwork.publicEndpoint(1);
                offer(asker, new Message.NatProbeRequest(Fixtures.random(random, Message.Token.LENGTH), claimed));
            }
            default -> offer(mayBeForged(), new Message.NatProbeEcho(Fixtures.random(random, Message.Token.LENGTH)));
        }
        if (random.nextInt(5000) == 0) {
            burst(node.newPublicPeer(), 400);
            flood();
        }
    }

    private void burst(Peer peer, int count) {
        for (int i = 0; i < count; i++) {
            offer(peer, new Message.Ping(peer.contact().address()));
        }
    }

    /** A thousand requests a second from one network, then from all networks. */
    private void flood() {
        Peer attacker = node.newPublicPeer();
        byte[] ip = attacker.endpoint().ip();
        for (int i = 0; i < 1600; i++) {
            ip[3] = (byte) i;
            offer(attacker.at(Endpoint.of(ip, 4121)), new Message.FindNode(randomId()));
            friendsAnswer(node.advance(Duration.ofMillis(1)));
        }
        for (int i = 0; i < 3000; i++) {
            offer(node.newPublicPeer(), new Message.FindNode(randomId()));
        }
    }

    private void fromNowhere() {
        Peer peer = node.newPublicPeer();
        offer(peer.at(peer.endpoint().withPort(0)), new Message.FindNode(randomId()));
        Contact ourselves = Contact.of(SoloNode.SELF.address(), peer.endpoint());
        offer(new Peer(SoloNode.SELF.publicKey(), ourselves), new Message.FindNode(randomId()));
    }

    /** Returns a new peer, or a friend whose captured request comes from another address. */
    private Peer mayBeForged() {
        Peer stranger = node.newPublicPeer();
        return random.nextInt(4) == 0
                ? friends.get(random.nextInt(friends.size())).at(stranger.endpoint())
                : stranger;
    }

    private Message inventedContacts() {
        List<Contact> contacts = IntStream.range(0, 15)
                .mapToObj(i -> node.newPublicPeer().contact())
                .toList();
        return new Message.FindNodeResponse(Optional.of(contacts), VirtualNetwork.publicEndpoint(7));
    }

    private void store(VerifiedRecord record, Optional<NodeId> key) {
        offer(mayBeForged(), new Message.Store(record.record(), key), record);
    }

    /** Passes a message to the node as the shell does: admission first, then the message if it was admitted. */
    private void offer(Peer from, Message message, VerifiedRecord... records) {
        offered++;
        TransactionId transaction = node.newTransaction();
        if (node.admission(from, Header.of(message.type(), transaction)) != Admission.ADMITTED) {
            return;
        }
        List<Effect> effects = node.receive(from, from.endpoint(), transaction, message, records);
        if (message.type() == MessageType.NAT_PROBE_REQUEST) {
            echoesWanted++;
            echoes += SoloNode.sends(effects, Message.NatProbeEcho.class::isInstance)
                    .size();
        } else if (message.type() != MessageType.NAT_PROBE_ECHO) {
            toBeAnswered++;
            answered += SoloNode.sends(effects).stream()
                    .filter(send -> send.transactionId().equals(transaction))
                    .count();
        }
        friendsAnswer(effects);
    }

    // ---- friends ----------------------------------------------------------------------------------------------

    /** Answers the requests of the node to its friends; other peers do not answer. */
    private void friendsAnswer(List<Effect> effects) {
        for (Effect.Send send : SoloNode.sends(effects)) {
            for (Peer friend : friends) {
                if (friend.endpoint().equals(send.to())) {
                    answer(friend, send);
                }
            }
        }
    }

    private void answer(Peer friend, Effect.Send request) {
        Endpoint observed = VirtualNetwork.publicEndpoint(999_999);
        Optional<Message> answer = switch (request.message()) {
            case Message.Ping ping ->
                Optional.of(new Message.Pong(friend.contact().address(), observed));
            case Message.FindNode find -> Optional.of(new Message.FindNodeResponse(Optional.of(List.of()), observed));
            default -> Optional.empty();
        };
        if (answer.isPresent()
                && countedAdmission(friend, Header.of(answer.get().type(), request.transactionId()))) {
            friendsAnswer(node.answer(friend, request, answer.get()));
        }
    }

    private boolean countedAdmission(Peer from, Header header) {
        offered++;
        return node.admission(from, header) == Admission.ADMITTED;
    }

    // ---- what is made up --------------------------------------------------------------------------------------

    private Identity publisher() {
        return PUBLISHERS.get(random.nextInt(PUBLISHERS.size()));
    }

    private VerifiedRecord endpoint(Identity publisher) {
        return TestRecords.endpoint(publisher, "x", ++sequence, now(), lifetime());
    }

    private long lifetime() {
        return 60L << random.nextInt(12);
    }

    private long now() {
        return node.now().unixSeconds();
    }

    private NodeId topic() {
        return Topics.keyOf("topic " + random.nextInt(TOPICS));
    }

    private NodeId randomId() {
        return NodeId.of(Fixtures.random(random, NodeId.LENGTH));
    }

    private static long total(Collection<Long> counts) {
        return counts.stream().mapToLong(Long::longValue).sum();
    }

    /** Returns the bytes of reachable objects. */
    private static long heap() {
        Runtime runtime = Runtime.getRuntime();
        long used = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
        }
        return used;
    }
}
