package io.a2al.core.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.testing.TestRecords;
import io.a2al.core.testing.VirtualNetwork;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.Topics;
import io.a2al.protocol.testing.Fixtures;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ListeningTest {

    private static final NodeId KEY = Topics.keyOf("news");
    private static final PushSettings.Listening SETTINGS = PushSettings.DEFAULT.listening();
    private static final Contact REPLICA = Contact.of(Fixtures.B.address(), VirtualNetwork.publicEndpoint(1));

    private final SplittableRandom random = new SplittableRandom(1);
    private final Listening listening = new Listening(KEY, RecordType.ANY, PushSettings.DEFAULT);
    private long now = -Duration.ofDays(3).toNanos();

    private void after(Duration duration) {
        now += duration.toNanos();
    }

    private boolean expectsPush(Endpoint from) {
        return listening.expectsPush(REPLICA.nodeId(), from, now);
    }

    // ---- records ----------------------------------------------------------------------------------------------

    @Test
    void aRecordIsNewsOnceAndANewerOneAgain() {
        assertThat(listening.isNews(TestRecords.topic(Fixtures.B, "news", 2, Fixtures.NOW, 60)))
                .isTrue();
        assertThat(listening.isNews(TestRecords.topic(Fixtures.B, "news", 2, Fixtures.NOW, 60)))
                .isFalse();
        assertThat(listening.isNews(TestRecords.topic(Fixtures.B, "news", 1, Fixtures.NOW, 60)))
                .isFalse();
        assertThat(listening.isNews(TestRecords.topic(Fixtures.B, "news", 3, Fixtures.NOW, 60)))
                .isTrue();
        assertThat(listening.isNews(TestRecords.topic(Fixtures.C, "news", 1, Fixtures.NOW, 60)))
                .as("another publisher")
                .isTrue();
    }

    @Test
    void aNoteIsNewsOnceHoweverOftenItIsStored() {
        assertThat(listening.isNews(TestRecords.note(Fixtures.B, Fixtures.A.address(), 1, 1, Fixtures.NOW, 60)))
                .isTrue();
        assertThat(listening.isNews(TestRecords.note(Fixtures.B, Fixtures.A.address(), 1, 2, Fixtures.NOW, 60)))
                .isFalse();
        assertThat(listening.isNews(TestRecords.note(Fixtures.B, Fixtures.A.address(), 2, 2, Fixtures.NOW, 60)))
                .isTrue();
    }

    @Test
    void otherTypesAreNoNews() {
        Listening mail = new Listening(KEY, RecordType.MAILBOX, PushSettings.DEFAULT);
        assertThat(mail.isNews(TestRecords.topic(Fixtures.B, "news", 1, Fixtures.NOW, 60)))
                .isFalse();
        assertThat(mail.isNews(TestRecords.note(Fixtures.B, Fixtures.A.address(), 1, 1, Fixtures.NOW, 60)))
                .isTrue();
    }

    // ---- subscriptions ----------------------------------------------------------------------------------------

    /** Known-defects D-47: the reference accepts pushes of any node. */
    @Test
    void d47_onlyReplicasThatWeAreSubscribedAtMayPush() {
        assertThat(expectsPush(REPLICA.endpoint())).isFalse();
        listening.subscribedAt(REPLICA, now);
        assertThat(expectsPush(REPLICA.endpoint().withPort(9))).isTrue();
        assertThat(expectsPush(VirtualNetwork.publicEndpoint(2)))
                .as("from elsewhere")
                .isFalse();
        assertThat(listening.expectsPush(Fixtures.C.nodeId(), REPLICA.endpoint(), now))
                .as("another node")
                .isFalse();

        after(Duration.ofSeconds(74));
        assertThat(expectsPush(REPLICA.endpoint()))
                .as("it may still be on its way")
                .isTrue();
        after(Duration.ofSeconds(1));
        assertThat(expectsPush(REPLICA.endpoint())).isFalse();
    }

    @Test
    void aPushRenewsTheSubscriptionAndWithoutOneItExpires() {
        listening.subscribedAt(REPLICA, now);
        after(Duration.ofSeconds(44));
        assertThat(listening.due(now)).isEmpty();
        listening.pushedBy(REPLICA.nodeId(), now);
        after(Duration.ofSeconds(44));
        assertThat(listening.due(now)).isEmpty();
        after(Duration.ofSeconds(1));
        assertThat(listening.due(now)).containsExactly(REPLICA);
        after(Duration.ofSeconds(30));
        assertThat(listening.due(now)).isEmpty();
        assertThat(listening.replicas()).isZero();

        listening.subscribedAt(REPLICA, now);
        listening.lost(REPLICA.nodeId());
        assertThat(listening.isSubscribedAt(REPLICA.nodeId())).isFalse();
        listening.pushedBy(REPLICA.nodeId(), now);
        assertThat(listening.replicas()).as("a push does not subscribe").isZero();
    }

    // ---- looking by itself ------------------------------------------------------------------------------------

    private double pollSeconds(boolean news) {
        return listening.nextPoll(news, random) / 1e9;
    }

    @Test
    void pollsLessAndLessOftenUntilThereIsNews() {
        double first = SETTINGS.polling().first().toSeconds();
        double longest = SETTINGS.polling().longest().toSeconds();
        for (double expected : new double[] {first, 2 * first, 4 * first, 8 * first, 16 * first, longest, longest}) {
            assertThat(pollSeconds(false)).isBetween(0.8 * expected, 1.2 * expected);
        }
        assertThat(pollSeconds(true)).isBetween(0.8 * first, 1.2 * first);
        assertThat(pollSeconds(false)).isBetween(1.6 * first, 2.4 * first);
    }

    @Test
    void theWaitsVary() {
        assertThat(pollSeconds(true)).isNotEqualTo(pollSeconds(true));
    }

    @Test
    void pollsSeldomWhileEnoughReplicasPush() {
        for (int i = 0; i < SETTINGS.subscribing().replicas(); i++) {
            assertThat(listening.replicasMissing())
                    .isEqualTo(SETTINGS.subscribing().replicas() - i);
            listening.subscribedAt(
                    Contact.of(Fixtures.identity(i).address(), VirtualNetwork.publicEndpoint(i + 1)), now);
        }
        assertThat(pollSeconds(true))
                .isGreaterThan(0.8 * SETTINGS.polling().longest().toSeconds());
    }
}
