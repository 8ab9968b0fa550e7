package io.a2al.core.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.a2al.core.guard.SubnetShare;
import io.a2al.core.lookup.LookupSettings.Parallelism;
import io.a2al.core.lookup.LookupSettings.Quorum;
import io.a2al.core.testing.TestRecords;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.record.VerifiedRecord;
import io.a2al.protocol.testing.Fixtures;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How far a lookup asks on to be sure that a record is the newest. Nodes are asked one at a time, nearest first. */
class FreshnessTest extends SteppedLookup {

    private static final Quorum QUORUM = LookupSettings.DEFAULT.freshness().quorum();
    private static final LookupPlan ONE_AT_A_TIME = plan(SubnetShare.NONE, 16);

    private static LookupPlan plan(SubnetShare share, int width) {
        return new LookupPlan(
                new Parallelism(1, 1),
                PLAN.pace(),
                new LookupPlan.Breadth(width, MAX_CANDIDATES, 1),
                share,
                PLAN.repetition());
    }

    @BeforeEach
    void placeEachNodeInANetworkOfItsOwn() {
        for (int i = 0; i < nodes.size(); i++) {
            place(i, i);
        }
    }

    private void place(int node, int network) {
        nodes.set(node, nodes.get(node).at(Fixtures.ipv4("c6%02x%02x07".formatted(18 + node % 2, network), 4121)));
    }

    private void begin(Goal goal) {
        lookup = lookup(ONE_AT_A_TIME, goal, nodes.subList(0, 20));
    }

    private void beginNewest() {
        begin(new FindRecord(3, 300 * MS, QUORUM.replicas()));
    }

    private void beginMajority() {
        lookup = lookup(
                plan(new SubnetShare(1, endpoint -> false), QUORUM.majority()),
                new FindByMajority(QUORUM),
                nodes.subList(0, 20));
    }

    /** Lets the nodes answer with these versions, nearest first; 0 for none. Returns how many the lookup asked. */
    private int answerAll(long... versions) {
        int asked = 0;
        while (lookup.next(now) instanceof Step.Ask(Contact contact)) {
            int number = nodes.indexOf(contact);
            long version = number < versions.length ? versions[number] : 0;
            if (version == 0) {
                answer(number);
            } else {
                answerWith(number, version(version));
            }
            asked++;
        }
        return asked;
    }

    private List<VerifiedRecord> found() {
        return lookup.records();
    }

    @Test
    void newestStopsAtThreeHoldersThatAgree() {
        beginNewest();
        assertThat(answerAll(1, 1, 1, 2)).isEqualTo(3);
        assertThat(found()).containsExactly(version(1));
        assertThat(report().complete()).isTrue();
    }

    @Test
    void newestAsksTheEightNearestIfHoldersDisagree() {
        beginNewest();
        assertThat(answerAll(1, 2, 1, 1, 1, 1, 1, 3, 4)).isEqualTo(8);
        assertThat(found()).containsExactly(version(3));
        expectDone();
        assertThat(report().complete()).isTrue();
    }

    /** Three that agree may all have missed the renewal, which the publisher made at half of the hour. */
    @Test
    void newestWaitsForEightHoldersIfTheRecordShouldHaveBeenRenewed() {
        beginNewestAt(Fixtures.NOW + 1800);
        assertThat(answerAll(1, 1, 1, 1, 1000, 1)).isEqualTo(8);
        assertThat(found()).containsExactly(version(1000));
        beginNewestAt(Fixtures.NOW + 1800);
        assertThat(answerAll(1, 1, 1, 1, 1, 1, 1, 1, 1000)).isEqualTo(8);
        beginNewestAt(Fixtures.NOW + 1742);
        assertThat(answerAll(1, 1, 1, 1000))
                .as("a minute is allowed for clocks that differ")
                .isEqualTo(8);
        beginNewestAt(Fixtures.NOW + 1740);
        assertThat(answerAll(1, 1, 1, 1000)).as("not due yet").isEqualTo(3);
    }

    @Test
    void newestWaitsForThemForATenthOfASecondAfterTheThird() {
        beginNewestAt(Fixtures.NOW + 1800);
        for (int i = 0; i < 3; i++) {
            expectAsk(i);
            now += 20 * MS;
            answerWith(i, version(1));
        }
        expectAsk(3);
        expectWait(now + 100 * MS);
        now += 99 * MS;
        answerWith(3, version(1));
        expectAsk(4);
        now += MS;
        expectDone();
        assertThat(report().complete()).isTrue();
    }

    /** Half of those near the key may be servers of an old version, which confirmed the new one and dropped it. */
    @Test
    void newestDoubtsARecordThatShouldHaveBeenRenewedIfAsManyHaveNone() {
        beginNewestAt(Fixtures.NOW + 1800);
        for (int i = 0; i < 6; i++) {
            expectAsk(i);
            if (i % 2 == 0) {
                answerWith(i, version(1));
            } else {
                answer(i);
            }
        }
        now += 100 * MS;
        assertThat(answerAll(0, 0, 0, 0, 0, 0, 0, 1000, 1001)).isEqualTo(2);
        assertThat(found()).containsExactly(version(1000));
    }

    /** Of a short life, less than a minute is allowed for clocks: an eighth of it, 10 of 80 seconds. */
    @Test
    void aBriefRecordIsDueForRenewalAtHalfOfItsLifeLessAnEighth() {
        VerifiedRecord brief = TestRecords.endpoint(Fixtures.B, "x", 1, Fixtures.NOW, 80);
        assertThat(isDoubtedAt(Fixtures.NOW + 30, brief)).isTrue();
        assertThat(isDoubtedAt(Fixtures.NOW + 29, brief)).isFalse();
    }

    private boolean isDoubtedAt(long unixSeconds, VerifiedRecord record) {
        FindRecord goal = new FindRecord(1, 0, QUORUM.replicas(), unixSeconds, 100 * MS);
        goal.onRecords(now, nodes.get(0), List.of(record));
        return goal.wantsMoreHolders();
    }

    @Test
    void aGoalTellsWhetherRecordsAreNew() {
        for (Goal goal : List.of(new FindRecord(3, 300 * MS, 0), new CollectRecords(List.of()))) {
            assertThat(goal.onRecords(now, nodes.get(0), List.of())).isFalse();
            assertThat(goal.onRecords(now, nodes.get(0), List.of(version(2)))).isTrue();
            assertThat(goal.onRecords(now, nodes.get(1), List.of(version(2)))).isFalse();
            assertThat(goal.onRecords(now, nodes.get(1), List.of(version(1)))).isFalse();
        }
    }

    private void beginNewestAt(long unixSeconds) {
        begin(new FindRecord(3, 300 * MS, QUORUM.replicas(), unixSeconds, 100 * MS));
    }

    @Test
    void newestAsksTheEightNearestIfAHolderHasAnOlderVersionThanOurStore() {
        FindRecord goal = new FindRecord(3, 300 * MS, QUORUM.replicas());
        goal.addLocal(List.of(version(2)));
        begin(goal);
        assertThat(answerAll(1, 1, 1, 1, 3)).isEqualTo(8);
        assertThat(found()).containsExactly(version(3));
    }

    @Test
    void anOldVersionInOurStoreIsNoReasonForDoubt() {
        FindRecord goal = new FindRecord(3, 300 * MS, QUORUM.replicas());
        goal.addLocal(List.of(version(1)));
        begin(goal);
        assertThat(answerAll(2, 2, 2)).isEqualTo(3);
    }

    @Test
    void newestAsksOnAfterTheBudgetIfMostHaveNone() {
        beginNewest();
        expectAsk(0);
        answerWith(0, version(1));
        expectAsk(1);
        answer(1);
        expectAsk(2);
        answer(2);
        expectAsk(3);
        now += 300 * MS;
        expectWait(now - 300 * MS + PATIENCE);
        answer(3);
        assertThat(answerAll(1, 0, 0, 0, 0, 0, 0, 2)).isEqualTo(4);
        assertThat(found()).containsExactly(version(2));
    }

    @Test
    void newestEndsWithTheBudgetIfNotMostHaveNone() {
        beginNewest();
        expectAsk(0);
        answerWith(0, version(1));
        expectAsk(1);
        answer(1);
        answer(1);
        expectAsk(2);
        now += 300 * MS;
        expectDone();
    }

    @Test
    void nodesThatHadNoneBeforeTheFirstHolderAreNoReasonForDoubt() {
        beginNewest();
        for (int i = 0; i < 4; i++) {
            expectAsk(i);
            answer(i);
        }
        expectAsk(4);
        answerWith(4, version(1));
        expectAsk(5);
        answer(5);
        now += 300 * MS;
        expectDone();
    }

    @Test
    void doubtEndsWithTheTimeout() {
        beginNewest();
        expectAsk(0);
        answerWith(0, version(1));
        expectAsk(1);
        answerWith(1, version(2));
        expectAsk(2);
        now += TIMEOUT;
        expectDone();
        assertThat(report().complete()).isFalse();
        assertThat(found()).containsExactly(version(2));
    }

    @Test
    void firstTakesWhatComesFirst() {
        begin(FindRecord.first());
        assertThat(answerAll(0, 1, 2)).isEqualTo(2);
        assertThat(found()).containsExactly(version(1));
    }

    @Test
    void aMajorityIsTheFiveNearestThatAnswer() {
        beginMajority();
        expectAsk(0);
        fail(0);
        assertThat(answerAll(0, 1, 0, 1, 1, 2, 3)).isEqualTo(5);
        assertThat(found()).containsExactly(version(2));
        assertThat(report().complete()).isTrue();
        assertThat(report().asked()).isEqualTo(6);
    }

    @Test
    void aMajorityThatFoundNothingIsComplete() {
        beginMajority();
        assertThat(answerAll()).isEqualTo(5);
        assertThat(found()).isEmpty();
        assertThat(report().complete()).isTrue();
    }

    @Test
    void aMajorityIsInAsManyNetworks() {
        for (int i = 2; i < 8; i += 2) {
            place(i, 0);
        }
        beginMajority();
        assertThat(answerAll(0, 0, 3, 0, 0, 0, 0, 1, 0, 2)).isEqualTo(5);
        assertThat(found()).as("nodes 0, 1, 3, 5 and 7").containsExactly(version(1));
        assertThat(report().complete()).isTrue();
    }

    @Test
    void aMajorityOfFewNetworksIsIncomplete() {
        for (int i = 2; i < 20; i += 2) {
            place(i, 0);
        }
        for (int i = 7; i < 20; i += 2) {
            place(i, 1);
        }
        beginMajority();
        assertThat(answerAll(1)).isEqualTo(5);
        assertThat(found()).containsExactly(version(1));
        assertThat(report().complete()).isFalse();
    }

    @Test
    void aMajorityOfFewNodesIsIncomplete() {
        lookup = lookup(ONE_AT_A_TIME, new FindByMajority(QUORUM), nodes.subList(0, 4));
        assertThat(answerAll(1, 1, 1, 1)).isEqualTo(4);
        expectDone();
        assertThat(report().complete()).isFalse();
    }

    @Test
    void aMajorityWaitsForANearerNodeAsLongAsThePatience() {
        lookup = lookup(
                new LookupPlan(
                        new Parallelism(2, 2),
                        PLAN.pace(),
                        new LookupPlan.Breadth(QUORUM.majority(), MAX_CANDIDATES, 1),
                        SubnetShare.NONE,
                        PLAN.repetition()),
                new FindByMajority(QUORUM),
                nodes.subList(0, 20));
        expectAsk(0);
        assertThat(answerAll(0, 1, 1, 1, 1, 1, 2)).isEqualTo(5);
        expectWait(now + PATIENCE);
        now += PATIENCE;
        expectDone();
        assertThat(report().complete()).isTrue();
        assertThat(found()).containsExactly(version(1));
    }

    /** As many as a majority may be missing, as nodes without the record count as well. */
    @Test
    void holdersDoNotEndAMajority() {
        FindByMajority goal = new FindByMajority(new Quorum(5, 8));
        nodes.subList(0, 8).forEach(node -> goal.onRecords(now, node, List.of(version(1))));
        assertThat(goal.satisfiedAt()).isEqualTo(Goal.NEVER);
        assertThat(goal.missingHolders()).isEqualTo(5);
    }

    @Test
    void aQuorumIsMoreThanAHalf() {
        assertThat(new Quorum(8, 8).majority()).as("all").isEqualTo(8);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Quorum(4, 8))
                .withMessage("quorum: 4 of 8 nodes; it must be more than a half, and at most all");
        assertThatIllegalArgumentException().isThrownBy(() -> new Quorum(9, 8));
    }
}
