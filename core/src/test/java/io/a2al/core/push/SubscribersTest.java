package io.a2al.core.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.push.Subscribers.Admission;
import io.a2al.core.push.Subscribers.Push;
import io.a2al.core.testing.TestRecords;
import io.a2al.core.testing.VirtualNetwork;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.id.Sha256;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.Topics;
import io.a2al.protocol.record.VerifiedRecord;
import io.a2al.protocol.testing.Fixtures;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SubscribersTest {

    private static final NodeId KEY = Topics.keyOf("news");
    private static final PushSettings SETTINGS = PushSettings.DEFAULT;

    private final Subscribers subscribers = new Subscribers(SETTINGS, endpoint -> false);
    private long now = -Duration.ofDays(3).toNanos();
    private long sequence;

    private static Contact peer(int number) {
        Identity identity = Identity.ofSeed(Sha256.hash(new byte[] {(byte) (number >> 8), (byte) number}));
        return Contact.of(identity.address(), VirtualNetwork.publicEndpoint(number + 1));
    }

    private static NodeId key(int number) {
        return Topics.keyOf("topic " + number);
    }

    private VerifiedRecord record() {
        return TestRecords.topic(Fixtures.B, "news", ++sequence, Fixtures.NOW, 3600);
    }

    private Admission subscribe(NodeId key, Contact peer) {
        return subscribers.subscribe(key, RecordType.ANY, peer, now);
    }

    private List<Push> store(VerifiedRecord record) {
        return subscribers.stored(KEY, record, Optional.empty(), now);
    }

    @Test
    void theNextRecordIsPushedOnce() {
        assertThat(subscribe(KEY, peer(1))).isEqualTo(Admission.ADDED);
        VerifiedRecord first = record();
        Push push = store(first).getFirst();
        assertThat(push).isEqualTo(new Push(peer(1), KEY, first));
        assertThat(subscribers.acknowledged(push, false, now)).isEmpty();
        assertThat(store(record())).isEmpty();
        assertThat(subscribers.occupancy().used()).isZero();
    }

    @Test
    void anAcknowledgementCanRenew() {
        subscribe(KEY, peer(1));
        now += Duration.ofSeconds(59).toNanos();
        Push push = store(record()).getFirst();
        subscribers.acknowledged(push, true, now);
        now += Duration.ofSeconds(59).toNanos();
        assertThat(store(record())).hasSize(1);
    }

    @Test
    void aSubscriberThatDoesNotAnswerIsRemoved() {
        subscribe(KEY, peer(1));
        subscribers.failed(store(record()).getFirst());
        assertThat(store(record())).isEmpty();
        assertThat(subscribe(KEY, peer(1))).isEqualTo(Admission.ADDED);
    }

    @Test
    void aRecordThatComesDuringAPushFollowsWithTheRenewal() {
        subscribe(KEY, peer(1));
        Push push = store(record()).getFirst();
        VerifiedRecord second = record();
        VerifiedRecord third = record();
        assertThat(store(second)).isEmpty();
        assertThat(store(third)).isEmpty();

        Push next = subscribers.acknowledged(push, true, now).orElseThrow();
        assertThat(next.record()).isEqualTo(second);
        Push last = subscribers.acknowledged(next, true, now).orElseThrow();
        assertThat(last.record()).isEqualTo(third);
        assertThat(subscribers.acknowledged(last, true, now)).isEmpty();
        assertThat(store(record())).hasSize(1);
    }

    @Test
    void d47_theBacklogIsBounded() {
        subscribe(KEY, peer(1));
        Optional<Push> push = Optional.of(store(record()).getFirst());
        for (int i = 0; i < 20; i++) {
            store(record());
        }
        int pushes = 0;
        while (push.isPresent()) {
            pushes++;
            push = subscribers.acknowledged(push.get(), true, now);
        }
        assertThat(pushes).isEqualTo(1 + SETTINGS.serving().maxBacklog());
    }

    @Test
    void aSubscriptionEndsAfterAMinute() {
        subscribe(KEY, peer(1));
        now += Duration.ofSeconds(60).toNanos() - 1;
        assertThat(subscribe(KEY, peer(2))).isEqualTo(Admission.ADDED);
        assertThat(subscribers.occupancy().used()).isEqualTo(2);
        now++;
        assertThat(store(record())).extracting(Push::to).containsExactly(peer(2));
        assertThat(subscribers.occupancy().used()).isEqualTo(1);
    }

    @Test
    void onlyTheTypeThatWasAskedForIsPushed() {
        subscribers.subscribe(KEY, RecordType.MAILBOX, peer(1), now);
        subscribers.subscribe(KEY, RecordType.TOPIC, peer(2), now);
        assertThat(store(record())).extracting(Push::to).containsExactly(peer(2));
        subscribers.subscribe(KEY, RecordType.TOPIC, peer(1), now);
        assertThat(store(record())).as("asked for both").extracting(Push::to).containsExactly(peer(1));
    }

    @Test
    void theSenderOfTheRecordIsNotSentIt() {
        subscribe(KEY, peer(1));
        subscribe(KEY, peer(2));
        assertThat(subscribers.stored(KEY, record(), Optional.of(peer(1).nodeId()), now))
                .extracting(Push::to)
                .containsExactly(peer(2));
    }

    @Test
    void aSubscriberThatMovedIsSentRecordsAtItsNewAddress() {
        subscribe(KEY, peer(1));
        Contact moved = peer(1).at(VirtualNetwork.publicEndpoint(99));
        assertThat(subscribe(KEY, moved)).isEqualTo(Admission.RENEWED);
        assertThat(store(record())).extracting(Push::to).containsExactly(moved);
    }

    /** Known-defects D-47: the reference's subscribers per key are unlimited. */
    @Test
    void d47_subscribersPerKeyAreBoundedAndNoneIsEvicted() {
        for (int i = 0; i < 40; i++) {
            assertThat(subscribe(KEY, peer(i))).isEqualTo(i < 15 ? Admission.ADDED : Admission.REFUSED);
        }
        assertThat(subscribe(KEY, ipv6Peer(1))).as("of the other family").isEqualTo(Admission.ADDED);
        assertThat(subscribe(KEY, ipv6Peer(2))).isEqualTo(Admission.REFUSED);
        assertThat(store(record()))
                .extracting(Push::to)
                .hasSize(16)
                .startsWith(peer(0))
                .endsWith(peer(14), ipv6Peer(1));
        assertThat(subscribers.refused()).isEqualTo(26);
    }

    @Test
    void d47_onePeerHasOneSubscriptionPerKeyAndFewKeys() {
        for (int i = 0; i < 100; i++) {
            subscribe(key(0), peer(1));
            subscribe(key(i), peer(1));
        }
        assertThat(subscribers.occupancy().used()).isEqualTo(SETTINGS.serving().perPeer());
    }

    @Test
    void d47_allTogetherAreBounded() {
        Subscribers few =
                new Subscribers(SETTINGS.withServing(new PushSettings.Serving(16, 64, 10, 4)), endpoint -> false);
        for (int i = 0; i < 30; i++) {
            few.subscribe(key(i), RecordType.ANY, peer(i), now);
        }
        assertThat(few.occupancy().used()).isEqualTo(10);
        now += Duration.ofMinutes(1).toNanos();
        assertThat(few.subscribe(key(50), RecordType.ANY, peer(50), now)).isEqualTo(Admission.ADDED);
        assertThat(few.occupancy().used()).isEqualTo(1);
    }

    private static Contact identityAt(int number, Endpoint endpoint) {
        return peer(number).at(endpoint.withPort(10_000 + number));
    }

    @Test
    void oneAddressDoesNotTakeAllPlacesOfAKey() {
        Endpoint crowded = VirtualNetwork.publicEndpoint(900);
        for (int i = 0; i < 16; i++) {
            assertThat(subscribe(KEY, identityAt(i, crowded))).isEqualTo(i < 4 ? Admission.ADDED : Admission.REFUSED);
        }
        assertThat(subscribe(KEY, peer(100))).isEqualTo(Admission.ADDED);
        assertThat(subscribe(KEY, identityAt(0, crowded))).as("a renewal").isEqualTo(Admission.RENEWED);
        now += Duration.ofSeconds(61).toNanos();
        assertThat(subscribe(KEY, identityAt(5, crowded)))
                .as("when places are free again")
                .isEqualTo(Admission.ADDED);
    }

    private static Contact ipv6Peer(int site) {
        byte[] ip = new byte[16];
        ip[0] = 0x2a;
        ip[4] = (byte) site;
        ip[5] = (byte) site;
        ip[15] = 1;
        return peer(1000 + site).at(Endpoint.of(ip, VirtualNetwork.PORT));
    }

    /** Each in a /48 and a /40 of its own. */
    @Test
    void theSitesOfOneProviderTakeHalfOfThePlacesOfAKey() {
        for (int i = 0; i < 16; i++) {
            assertThat(subscribe(KEY, ipv6Peer(i))).isEqualTo(i < 8 ? Admission.ADDED : Admission.REFUSED);
        }
        assertThat(subscribe(KEY, peer(100))).isEqualTo(Admission.ADDED);
    }

    @Test
    void oneFamilyDoesNotTakeAllPlacesAltogether() {
        Subscribers few =
                new Subscribers(SETTINGS.withServing(new PushSettings.Serving(16, 64, 32, 4)), endpoint -> false);
        for (int i = 0; i < 40; i++) {
            assertThat(few.subscribe(key(i), RecordType.ANY, peer(i), now))
                    .isEqualTo(i < 30 ? Admission.ADDED : Admission.REFUSED);
        }
        assertThat(few.subscribe(key(1), RecordType.ANY, ipv6Peer(1), now)).isEqualTo(Admission.ADDED);
    }

    @Test
    void oneNetworkDoesNotTakeAllPlacesAltogether() {
        Subscribers few =
                new Subscribers(SETTINGS.withServing(new PushSettings.Serving(16, 64, 40, 4)), endpoint -> false);
        Endpoint crowded = VirtualNetwork.publicEndpoint(900);
        for (int i = 0; i < 20; i++) {
            assertThat(few.subscribe(key(i), RecordType.ANY, identityAt(i, crowded), now))
                    .isEqualTo(i < 10 ? Admission.ADDED : Admission.REFUSED);
        }
        assertThat(few.subscribe(key(1), RecordType.ANY, peer(100), now)).isEqualTo(Admission.ADDED);
    }
}
