package io.a2al.core.push;

import static io.a2al.core.testing.SoloNode.pingsTo;
import static io.a2al.core.testing.SoloNode.sends;
import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.Command;
import io.a2al.core.api.Effect;
import io.a2al.core.testing.SoloNode;
import io.a2al.core.testing.SoloNode.Peer;
import io.a2al.core.testing.TestRecords;
import io.a2al.core.testing.VirtualNetwork;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.record.Topics;
import io.a2al.protocol.record.VerifiedRecord;
import io.a2al.protocol.testing.Fixtures;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Other nodes subscribe at ours (known-defects D-47). */
class PushServiceTest {

    private static final NodeId KEY = Topics.keyOf("news");
    private static final Message SUBSCRIBE = new Message.FindValue(KEY, 0, true);

    private final SoloNode node = new SoloNode();
    private final Peer publisher = node.newPublicPeer();
    private final Peer subscriber = node.newPublicPeer();
    private long sequence;

    private VerifiedRecord record() {
        return TestRecords.topic(Fixtures.B, "news", ++sequence, node.now().unixSeconds(), 3600);
    }

    private List<Effect> store(VerifiedRecord record) {
        return node.request(publisher, new Message.Store(record.record(), Optional.of(KEY)), record);
    }

    private static List<Effect.Send> pushes(List<Effect> effects) {
        return sends(effects, Message.Push.class::isInstance);
    }

    private static Message ack(Effect.Send push, boolean renew) {
        Message.Push message = (Message.Push) push.message();
        return Message.PushAck.of(message.key(), message.record(), renew);
    }

    private PushStatistics statistics() {
        return node.core().statistics().push();
    }

    private void subscribeForCertain() {
        store(record());
        node.befriend(subscriber);
        node.request(subscriber, SUBSCRIBE);
        assertThat(statistics().subscribers().used()).isEqualTo(1);
    }

    @Test
    void aKnownSubscriberIsSentTheNextRecordOnce() {
        subscribeForCertain();
        VerifiedRecord next = record();
        Effect.Send push = pushes(store(next)).getFirst();
        assertThat(push.to()).isEqualTo(subscriber.endpoint());
        assertThat(push.message()).isEqualTo(new Message.Push(KEY, next.record()));

        node.answer(subscriber, push, ack(push, false));
        assertThat(pushes(store(record()))).isEmpty();
        assertThat(statistics().pushesAcknowledged()).isEqualTo(1);
    }

    @Test
    void theAcknowledgementMayRenew() {
        subscribeForCertain();
        for (int i = 0; i < 5; i++) {
            Effect.Send push = pushes(store(record())).getFirst();
            node.answer(subscriber, push, ack(push, true));
            node.advance(Duration.ofSeconds(50));
        }
        assertThat(statistics().pushesAcknowledged()).isEqualTo(5);
    }

    @Test
    void withoutAnAcknowledgementThereIsNoFurtherPush() {
        subscribeForCertain();
        pushes(store(record())).getFirst();
        node.advance(Duration.ofSeconds(3));
        assertThat(pushes(store(record()))).isEmpty();
    }

    @Test
    void anAcknowledgementOfSomethingElseEndsTheSubscription() {
        subscribeForCertain();
        VerifiedRecord other = TestRecords.note(
                Fixtures.C, Fixtures.A.address(), 1, 1, node.now().unixSeconds(), 60);
        Effect.Send push = pushes(store(record())).getFirst();
        node.answer(subscriber, push, Message.PushAck.of(KEY, other.record(), true));
        assertThat(pushes(store(record()))).isEmpty();
        assertThat(statistics().pushesAcknowledged()).isZero();
    }

    @Test
    void d47_anUnverifiedSubscriberIsPingedFirst() {
        store(record());
        List<Effect> effects = node.request(subscriber, SUBSCRIBE);
        assertThat(sends(effects, Message.FindValueResponse.class::isInstance))
                .as("the answer comes at once")
                .hasSize(1);
        List<Effect.Send> pings = pingsTo(effects, subscriber.endpoint());
        assertThat(pings).as("one PING serves all").hasSize(1);
        assertThat(pushes(store(record()))).as("not yet").isEmpty();

        node.pong(subscriber, pings.getFirst());
        assertThat(pushes(store(record()))).extracting(Effect.Send::to).containsExactly(subscriber.endpoint());
    }

    /** The source of a question may be forged: a victim would be sent records that it never asked for. */
    @Test
    void d47_aForgedSourceIsNeverSentARecord() {
        store(record());
        node.befriend(subscriber);
        Peer victim = subscriber.at(VirtualNetwork.publicEndpoint(77));
        node.request(victim, SUBSCRIBE);
        node.request(node.newPublicPeer(), SUBSCRIBE);
        node.advance(Duration.ofSeconds(10));

        assertThat(pushes(store(record()))).isEmpty();
        assertThat(statistics().subscribers().used()).isZero();
    }

    @Test
    void anEmptyAnswerDoesNotSubscribe() {
        node.befriend(subscriber);
        node.request(subscriber, SUBSCRIBE);
        assertThat(statistics().subscribers().used()).isZero();
    }

    @Test
    void aPlainQuestionDoesNotSubscribe() {
        store(record());
        node.befriend(subscriber);
        node.request(subscriber, new Message.FindValue(KEY, 0, false));
        assertThat(statistics().subscribers().used()).isZero();
    }

    /**
     * Known-defects D-47: at the reference a STORE that names no key is looked up under the zero key, and no
     * subscriber is told.
     */
    @Test
    void d47_aStoreWithoutAKeyIsPushed() {
        NodeId key = Fixtures.B.nodeId();
        VerifiedRecord first =
                TestRecords.endpoint(Fixtures.B, "a", 1, node.now().unixSeconds(), 3600);
        VerifiedRecord second =
                TestRecords.endpoint(Fixtures.B, "b", 2, node.now().unixSeconds(), 3600);
        node.request(publisher, new Message.Store(first.record(), Optional.empty()), first);
        node.befriend(subscriber);
        node.request(subscriber, new Message.FindValue(key, 1, true));

        assertThat(pushes(
                        node.request(publisher, new Message.Store(second.record(), Optional.of(NodeId.ZERO)), second)))
                .extracting(Effect.Send::message)
                .containsExactly(new Message.Push(key, second.record()));
    }

    @Test
    void onlyNewRecordsArePushed() {
        subscribeForCertain();
        VerifiedRecord next = record();
        Effect.Send push = pushes(store(next)).getFirst();
        node.answer(subscriber, push, ack(push, true));
        assertThat(pushes(store(next))).as("held already").isEmpty();
    }

    @Test
    void whatTheNodePublishesItselfIsPushed() {
        subscribeForCertain();
        VerifiedRecord own =
                TestRecords.topic(SoloNode.SELF, "news", 1, node.now().unixSeconds(), 3600);
        assertThat(pushes(node.submit(1, new Command.Publish(KEY, own))))
                .extracting(Effect.Send::message)
                .containsExactly(new Message.Push(KEY, own.record()));
    }
}
