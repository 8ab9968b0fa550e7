package io.a2al.core.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.Holder;
import io.a2al.core.testing.TestRecords;
import io.a2al.protocol.record.VerifiedRecord;
import io.a2al.protocol.testing.Fixtures;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which nodes returned which records, and which of them hold an old version. */
class HoldersTest extends SteppedLookup {

    private Holder holder(int number, boolean newest) {
        return new Holder(nodes.get(number), newest);
    }

    @Test
    void theReportSaysWhichHoldersReturnedTheNewest() {
        lookup = lookup(new FindRecord(3, TIMEOUT, 0), nodes.subList(0, 6));
        expectAsk(0);
        expectAsk(1);
        expectAsk(2);
        answerWith(1, version(1));
        answer(0);
        answerWith(2, version(2));
        expectAsk(3);
        answerWith(3, version(2));
        expectDone();
        assertThat(report().holders()).containsExactly(holder(1, false), holder(2, true), holder(3, true));
        assertThat(report().agreeing()).isEqualTo(2);
    }

    @Test
    void ourOwnCopyIsNotAHolderButMayBeTheNewest() {
        FindRecord goal = FindRecord.first();
        goal.addLocal(List.of(version(5)));
        lookup = lookup(goal, nodes.subList(0, 6));
        expectAsk(0);
        answerWith(0, version(4));
        expectDone();
        assertThat(report().holders()).containsExactly(holder(0, false));
        assertThat(goal.outdated()).containsExactly(new Outdated(nodes.get(0), version(5)));
    }

    @Test
    void aHolderThatAnswersTwiceCountsOnce() {
        FindRecord goal = new FindRecord(2, TIMEOUT, 0);
        lookup = lookup(goal, nodes.subList(0, 1));
        expectAsk(0);
        answerWith(0, version(1));
        answerWith(0, version(1));
        assertThat(report().holders()).hasSize(1);
        assertThat(goal.satisfiedAt()).isNotEqualTo(now);
    }

    @Test
    void aHolderWhoseNextAnswerIsEmptyIsStillAHolder() {
        FindRecord goal = new FindRecord(3, TIMEOUT, 8);
        goal.onRecords(now, nodes.get(0), List.of(version(1)));
        goal.onRecords(now, nodes.get(0), List.of());
        goal.onRecords(now, nodes.get(1), List.of());
        assertThat(goal.widthInDoubt()).as("one has it, one has none").isZero();
        goal.onRecords(now, nodes.get(2), List.of());
        assertThat(goal.widthInDoubt()).isEqualTo(8);
    }

    @Test
    void anOldVersionOfEachSlotIsNoticed() {
        VerifiedRecord b = TestRecords.topic(Fixtures.B, "target", 1, Fixtures.NOW, 60);
        VerifiedRecord newerB = TestRecords.topic(Fixtures.B, "target", 2, Fixtures.NOW, 60);
        VerifiedRecord c = TestRecords.topic(Fixtures.C, "target", 1, Fixtures.NOW, 60);
        FindRecord goal = new FindRecord(3, TIMEOUT, 0);
        goal.onRecords(now, nodes.get(0), List.of(b, c));
        goal.onRecords(now, nodes.get(1), List.of(newerB));
        assertThat(goal.outdated()).containsExactly(new Outdated(nodes.get(0), newerB));
    }

    @Test
    void equalRecordsAreNotOutdated() {
        VerifiedRecord one = TestRecords.endpoint(Fixtures.B, "one", 7, Fixtures.NOW, 60);
        VerifiedRecord other = TestRecords.endpoint(Fixtures.B, "other", 7, Fixtures.NOW, 60);
        FindRecord goal = new FindRecord(3, TIMEOUT, 0);
        goal.onRecords(now, nodes.get(0), List.of(one));
        goal.onRecords(now, nodes.get(1), List.of(other));
        assertThat(goal.outdated()).as("they would keep what they have").isEmpty();
    }

    @Test
    void noMoreHoldersAreRememberedThanTheLimit() {
        CollectRecords goal = new CollectRecords(List.of());
        nodes(70).forEach(node -> goal.onRecords(now, node, List.of(version(1))));
        assertThat(goal.holders()).hasSize(64).allMatch(Holder::newest);
    }

    @Test
    void noMoreRecordsOfAHolderAreRememberedThanTheLimit() {
        FindRecord goal = new FindRecord(3, TIMEOUT, 0);
        for (int sequence = 1; sequence <= 2; sequence++) {
            List<VerifiedRecord> versions = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                versions.add(TestRecords.topic(Fixtures.identity(i), "target", sequence, Fixtures.NOW, 60));
            }
            goal.onRecords(now, nodes.get(sequence), versions);
        }
        assertThat(goal.outdated())
                .hasSize(16)
                .allMatch(outdated -> outdated.node().equals(nodes.get(1)));
    }

    @Test
    void ofManyRecordsOfAHolderTheNewestCounts() {
        FindRecord goal = new FindRecord(3, TIMEOUT, 0);
        for (int i = 1; i <= 40; i++) {
            goal.onRecords(
                    now,
                    nodes.get(0),
                    List.of(TestRecords.note(Fixtures.B, Fixtures.A.address(), i, i, Fixtures.NOW, 60)));
        }
        assertThat(goal.holders()).containsExactly(holder(0, true));
    }

    /** By sequence number, timestamp and key, whatever the order of the answers. */
    @Test
    void d51_theOrderOfTheResultDependsOnTheRecordsOnly() {
        VerifiedRecord first = TestRecords.topic(Fixtures.A, "target", 9, Fixtures.NOW, 60);
        VerifiedRecord second = TestRecords.topic(Fixtures.B, "target", 8, Fixtures.NOW + 1, 60);
        VerifiedRecord b = TestRecords.topic(Fixtures.C, "target", 8, Fixtures.NOW, 60);
        VerifiedRecord d = TestRecords.topic(Fixtures.identity(0x60), "target", 8, Fixtures.NOW, 60);
        boolean bIsGreater = b.record().publicKey().compareTo(d.record().publicKey()) > 0;
        List<VerifiedRecord> expected = List.of(first, second, bIsGreater ? b : d, bIsGreater ? d : b);
        for (List<VerifiedRecord> order : List.of(List.of(first, second, b, d), List.of(d, b, second, first))) {
            CollectRecords collected = new CollectRecords(order.subList(0, 2));
            collected.onRecords(now, nodes.get(0), order.subList(2, 4));
            assertThat(collected.records()).isEqualTo(expected);
            FindRecord found = new FindRecord(3, 0, 0);
            order.forEach(record -> found.onRecords(now, nodes.get(1), List.of(record)));
            assertThat(found.records()).isEqualTo(expected);
        }
    }
}
