package io.a2al.core.republish;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.testing.TestRecords;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.RecordSlot;
import io.a2al.protocol.record.Topics;
import io.a2al.protocol.record.VerifiedRecord;
import io.a2al.protocol.testing.Fixtures;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RepublishScheduleTest {

    private static final NodeId KEY = Topics.keyOf("a topic");

    private final RepublishSchedule schedule =
            new RepublishSchedule(RepublishSettings.DEFAULT, new SplittableRandom(1));

    private static VerifiedRecord entryOf(int publisher) {
        return TestRecords.topic(Fixtures.identity(publisher), "a topic", 1, Fixtures.NOW, 3600);
    }

    private static long minutes(long count) {
        return TimeUnit.MINUTES.toNanos(count);
    }

    private void note(long minute, VerifiedRecord record) {
        assertThat(schedule.note(minutes(minute), KEY, RecordSlot.of(record.record())))
                .isTrue();
    }

    private List<VerifiedRecord> takeDue(long minute, VerifiedRecord... held) {
        RepublishSchedule.Entry due = schedule.pollDue(minutes(minute)).orElseThrow();
        return schedule.takeDue(minutes(minute), due, List.of(held));
    }

    private boolean isKnown(VerifiedRecord record) {
        return schedule.storedAt(KEY, RecordSlot.of(record.record())).isPresent();
    }

    @Test
    void eachRecordAtAKeyIsDueAtATimeOfItsOwn() {
        VerifiedRecord a = entryOf(1);
        VerifiedRecord b = entryOf(2);
        VerifiedRecord c = entryOf(3);
        note(0, a);
        note(70, b);
        note(80, c);
        assertThat(takeDue(95, a, b, c)).containsExactly(a);
        note(100, a);
        assertThat(takeDue(165, a, b, c)).containsExactly(a, b, c);
    }

    @Test
    void aRecordThatIsHeldNoLongerIsForgottenAndOthersAreNot() {
        VerifiedRecord a = entryOf(1);
        VerifiedRecord b = entryOf(2);
        note(0, a);
        note(70, b);
        assertThat(takeDue(95, b)).isEmpty();
        assertThat(isKnown(a)).isFalse();
        assertThat(isKnown(b)).isTrue();
        note(100, a);
        assertThat(takeDue(165, a)).containsExactly(a);
        assertThat(isKnown(b)).isFalse();
        assertThat(isKnown(a)).isTrue();
    }
}
