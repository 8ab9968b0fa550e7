package io.a2al.core.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.testing.TestRecords;
import io.a2al.core.testing.VirtualNetwork;
import io.a2al.protocol.message.Contact;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StoreAttemptsTest {

    private static final long UNTIL = 100;

    private final StoreAttempts attempts = new StoreAttempts();
    private final Contact one = contact(1);
    private final Contact other = contact(2);

    private static Contact contact(int number) {
        return Contact.of(TestRecords.publisher(number).address(), VirtualNetwork.publicEndpoint(number));
    }

    private boolean refuses(Contact node) {
        return attempts.isRefusing(node.nodeId(), UNTIL - 1);
    }

    @Test
    void aNodeIsAskedOnceUntilItHasAnswered() {
        attempts.begin(one);
        attempts.begin(other);
        attempts.begin(one);
        assertThat(attempts.asking()).containsExactly(other, one);

        assertThat(attempts.end(one.nodeId())).isTrue();

        assertThat(attempts.asking()).containsExactly(other);
        assertThat(attempts.isAsking(one.nodeId())).isFalse();
        assertThat(attempts.end(one.nodeId())).isFalse();
    }

    @Test
    void aRefusalEnds() {
        attempts.onRefusal(one, Refusals.Reason.NODE, UNTIL);

        assertThat(refuses(one)).isTrue();
        assertThat(attempts.refusing(UNTIL - 1)).containsExactly(one);
        assertThat(attempts.isRefusing(one.nodeId(), UNTIL)).isFalse();
        assertThat(attempts.refusing(UNTIL)).isEmpty();
    }

    @Test
    void timeoutsAreForgottenAndRefusalsAreNot() {
        attempts.onRefusal(one, Refusals.Reason.TIMEOUT, UNTIL);
        attempts.onRefusal(other, Refusals.Reason.RECORD, UNTIL);

        attempts.forgetTimeouts();

        assertThat(refuses(one)).isFalse();
        assertThat(refuses(other)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Refusals.Reason.class)
    void aNewerRecordMayBeTakenByAllButThoseThatTakeNoneLikeIt(Refusals.Reason reason) {
        attempts.onRefusal(one, reason, UNTIL);

        attempts.onNewRecord();

        assertThat(refuses(one)).isEqualTo(reason == Refusals.Reason.NODE);
    }

    @Test
    void afterTheClockWasSetBackAllAreAskedWithTheNextRecord() {
        attempts.onRefusal(one, Refusals.Reason.NODE, UNTIL);
        assertThat(attempts.onClockSetBack(true)).isTrue();
        assertThat(refuses(one)).isTrue();

        attempts.onNewRecord();
        assertThat(refuses(one)).isFalse();

        attempts.onRefusal(other, Refusals.Reason.NODE, UNTIL);
        attempts.onNewRecord();
        assertThat(refuses(other)).as("the clock counts once").isTrue();
    }

    @Test
    void afterTheClockWasSetBackAllAreAskedAtOnceIfThereIsNoNextRecord() {
        assertThat(attempts.onClockSetBack(false)).isFalse();
        attempts.onRefusal(one, Refusals.Reason.NODE, UNTIL);

        assertThat(attempts.onClockSetBack(false)).isTrue();

        assertThat(refuses(one)).isFalse();
    }
}
