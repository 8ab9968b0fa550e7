package io.a2al.core.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.a2al.core.api.LookupReport;
import io.a2al.core.lookup.LookupSettings.Parallelism;
import io.a2al.core.routing.RoutingTable;
import io.a2al.core.testing.TestRecords;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.record.VerifiedRecord;
import io.a2al.protocol.testing.Fixtures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps lookups by hand. */
class LookupTest extends SteppedLookup {

    // ---- which node to ask, and when ----------------------------------------------------------------------------

    @Test
    void asksTheNearestFirstAndAlphaAtATime() {
        expectAsk(0);
        expectAsk(1);
        expectAsk(2);
        expectWait(now + PATIENCE);
        expectWait(now + PATIENCE);
        answer(1);
        expectAsk(3);
        expectWait(now + PATIENCE);
    }

    @Test
    void aFailureFreesAPlace() {
        expectAsk(0);
        expectAsk(1);
        expectAsk(2);
        fail(0);
        expectAsk(3);
        expectWait(now + PATIENCE);
    }

    @Test
    void aSlowNodeFreesItsPlaceWhenPatienceEnds() {
        expectAsk(0);
        now += 100 * MS;
        expectAsk(1);
        expectAsk(2);
        expectWait(now + 300 * MS);
        now += 300 * MS - 1;
        expectWait(now + 1);
        now += 1;
        expectAsk(3);
        expectWait(now + 100 * MS);
    }

    @Test
    void nearerContactsAreAskedBeforeThoseKnownFirst() {
        lookup = lookup(new FindNodes(), nodes.subList(10, 14));
        expectAsk(10);
        expectAsk(11);
        expectAsk(12);
        answer(11, nodes.get(3), nodes.get(1), nodes.get(30));
        expectAsk(1);
        answer(12);
        expectAsk(3);
        answer(10);
        expectAsk(13);
    }

    @Test
    void endsWhenTheNearestKHaveAnswered() {
        for (int i = 0; i < 3; i++) {
            expectAsk(i);
        }
        for (int i = 0; i < 3; i++) {
            answer(i);
        }
        expectAsk(3);
        expectAsk(4);
        expectAsk(5);
        answer(3);
        // 4 and 5 are farther than the four that answered.
        expectDone();
        assertThat(lookup.nearest()).isEqualTo(nodes.subList(0, 4));
        assertThat(report()).isEqualTo(new LookupReport(6, 4, 0, Duration.ZERO, true, List.of(), false));
    }

    @Test
    void d14_waitsForANearNodeThatMayStillAnswer() {
        expectAsk(0);
        for (int i = 1; i < 5; i++) {
            expectAsk(i);
            answer(i);
        }
        expectWait(now + PATIENCE);
        now += PATIENCE;
        expectDone();
        assertThat(lookup.nearest()).isEqualTo(nodes.subList(1, 5));
        assertThat(report().complete()).isTrue();
    }

    /** Node 1 is slow, not dead, and knows a node nearer than all that the other nodes know (D-14). */
    @Test
    void aNearerNodeIsAskedOnceAFartherOneNoLongerTakesAPlace() {
        lookup = lookup(new FindNodes(), nodes.subList(1, 5));
        expectAsk(1);
        expectAsk(2);
        expectAsk(3);
        now += PATIENCE;
        expectAsk(4);
        now += 50 * MS;
        answer(4, nodes.get(10), nodes.get(11), nodes.get(12));
        expectAsk(10);
        expectAsk(11);
        expectAsk(12);
        answer(1, nodes.get(0));
        answer(2);
        answer(3);
        expectWait(now + PATIENCE);
        now += PATIENCE;
        expectAsk(0);
    }

    @Test
    void aLateAnswerIsWaitedForAsLongAsTooFewNodesHaveAnswered() {
        lookup = lookup(new FindNodes(), nodes.subList(0, 2));
        expectAsk(0);
        expectAsk(1);
        answer(1);
        long deadline = now + TIMEOUT;
        now += PATIENCE;
        expectWait(deadline);
        answer(0);
        expectDone();
        assertThat(lookup.nearest()).isEqualTo(nodes.subList(0, 2));
    }

    @Test
    void d14_aLateAnswerIsMerged() {
        lookup = lookup(new FindNodes(), nodes.subList(1, 7));
        expectAsk(1);
        expectAsk(2);
        expectAsk(3);
        answer(2);
        answer(3);
        now += PATIENCE;
        expectAsk(4);
        expectAsk(5);
        expectAsk(6);
        answer(4);
        answer(1, nodes.get(0));
        expectAsk(0);
        answer(0);
        expectDone();
        assertThat(lookup.nearest()).isEqualTo(nodes.subList(0, 4));
    }

    @Test
    void anAnswerAfterAFailureCountsAllTheSame() {
        expectAsk(0);
        fail(0);
        answer(0);
        assertThat(lookup.nearest()).containsExactly(nodes.get(0));
        fail(0);
        assertThat(lookup.nearest()).containsExactly(nodes.get(0));
    }

    @Test
    void anAnswerCountsOnce() {
        expectAsk(0);
        answer(0);
        answer(0);
        assertThat(report().answered()).isEqualTo(1);
    }

    @Test
    void d14_nodesThatTimeOutAreNotInTheResult() {
        lookup = lookup(new FindNodes(), nodes.subList(0, 6));
        for (int i = 0; i < 6; i++) {
            expectAsk(i);
            if (i % 2 == 0) {
                fail(i);
            } else {
                answer(i);
            }
        }
        expectDone();
        assertThat(lookup.nearest()).containsExactly(nodes.get(1), nodes.get(3), nodes.get(5));
        assertThat(report().complete()).isTrue();
    }

    /** Nodes 0 to 9 do not exist; node 20 tells of them, and requests to them time out. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void inventedNodesNearTheTargetDoNotPreventTheEnd(boolean failuresReported) {
        lookup = lookup(new FindNodes(), nodes.subList(20, 26));
        long start = now;
        TreeMap<Long, Contact> silent = new TreeMap<>();
        Step step = lookup.next(now);
        for (; !(step instanceof Step.Done); step = lookup.next(now)) {
            if (step instanceof Step.Ask(Contact contact)) {
                int number = nodes.indexOf(contact);
                if (number < 10) {
                    silent.put(now + 2000 * MS + number, contact);
                } else {
                    answer(number, nodes.subList(0, 10).toArray(Contact[]::new));
                }
            } else if (step instanceof Step.Wait(long until)) {
                assertThat(until).isGreaterThan(now);
                now = failuresReported && !silent.isEmpty() ? Math.min(until, silent.firstKey()) : until;
                while (failuresReported && !silent.isEmpty() && silent.firstKey() <= now) {
                    lookup.onFailure(silent.pollFirstEntry().getValue().nodeId());
                }
            }
        }
        assertThat(lookup.nearest()).isEqualTo(nodes.subList(20, 24));
        assertThat(report().complete()).isTrue();
        // Ten nodes that time out, three at a time.
        assertThat(now - start).isEqualTo(4 * PATIENCE);
    }

    @Test
    void seedsMayBeNone() {
        lookup = lookup(new FindNodes(), List.of());
        expectDone();
        assertThat(lookup.nearest()).isEmpty();
        assertThat(report().complete()).isTrue();
    }

    @Test
    void itsOwnNodeIdIsNoCandidate() {
        Contact self = Contact.of(Fixtures.A.address(), Fixtures.observed());
        lookup = new Lookup(PLAN, SELF, SELF, new FindNodes(), List.of(self), now, now + TIMEOUT);
        expectDone();
        lookup = new Lookup(PLAN, SELF, SELF, new FindNodes(), List.of(nodes.get(0)), now, now + TIMEOUT);
        expectAsk(0);
        lookup.onReply(now, nodes.get(0), List.of(self), List.of(), Completeness.WHOLE);
        expectDone();
        assertThat(lookup.nearest()).containsExactly(nodes.get(0));
    }

    @Test
    void theFarthestCandidatesAreForgotten() {
        lookup = lookup(new FindNodes(), nodes.subList(35, 36));
        expectAsk(35);
        answer(35, nodes.subList(0, 35).toArray(Contact[]::new));
        List<Contact> asked = new ArrayList<>();
        while (lookup.next(now) instanceof Step.Ask(Contact contact)) {
            asked.add(contact);
            lookup.onFailure(contact.nodeId());
        }
        // The bound lets in no more than the nearest twenty.
        assertThat(asked).isEqualTo(nodes.subList(0, MAX_CANDIDATES));
    }

    @Test
    void theDeadlineEndsItAsItIs() {
        expectAsk(0);
        answer(0);
        expectAsk(1);
        now += TIMEOUT;
        expectDone();
        assertThat(report()).isEqualTo(new LookupReport(2, 1, 0, Duration.ofNanos(TIMEOUT), false, List.of(), false));
        assertThat(lookup.nearest()).containsExactly(nodes.get(0));
    }

    @Test
    void neverWaitsBeyondTheDeadline() {
        lookup = new Lookup(PLAN, SELF, TARGET, new FindNodes(), nodes.subList(0, 1), now, now + 100 * MS);
        expectAsk(0);
        expectWait(now + 100 * MS);
    }

    @Test
    void countsReferrals() {
        lookup = lookup(new FindNodes(), nodes.subList(30, 31));
        expectAsk(30);
        answer(30, nodes.get(20));
        expectAsk(20);
        answer(20, nodes.get(10));
        expectAsk(10);
        assertThat(report().hops()).isEqualTo(1);
        answer(10);
        expectDone();
        assertThat(report().hops()).isEqualTo(2);
    }

    // ---- truncated answers ------------------------------------------------------------------------------------

    @Test
    void d04_aNodeThatTruncatedItsAnswerIsAskedOnceMoreAfterAPause() {
        lookup = lookup(new FindNodes(), nodes.subList(0, 1));
        expectAsk(0);
        answerTruncated(0, Completeness.NODES_LEFT_OUT);
        expectWait(now + 100 * MS);
        now += 100 * MS;
        expectAsk(0);
        answerTruncated(0, Completeness.NODES_LEFT_OUT);
        expectDone();
        assertThat(report().asked()).isEqualTo(1);
        assertThat(report().answered()).isEqualTo(1);
    }

    @Test
    void d04_aLookupForARecordAsksSuchANodeOnceMoreToo() {
        lookup = lookup(FindRecord.first(), nodes.subList(0, 1));
        expectAsk(0);
        answerTruncated(0, Completeness.NODES_LEFT_OUT);
        now += 100 * MS;
        expectAsk(0);
    }

    @Test
    void aCursoryLookupAsksNoNodeTwice() {
        lookup = lookup(FindNodes.cursory(), nodes.subList(0, 1));
        expectAsk(0);
        answerTruncated(0, Completeness.NODES_LEFT_OUT, nodes.get(1));
        expectAsk(1);
        answerTruncated(1, Completeness.NODES_LEFT_OUT);
        expectDone();
        assertThat(report().complete()).isTrue();
    }

    @Test
    void d04_aNodeWithAnEmptyAnswerIsAskedThreeTimesMore() {
        lookup = lookup(FindRecord.first(), nodes.subList(0, 1));
        expectAsk(0);
        for (int i = 0; i < 3; i++) {
            answerTruncated(0, Completeness.EMPTY);
            expectWait(now + 30 * MS);
            now += 30 * MS;
            expectAsk(0);
        }
        answerTruncated(0, Completeness.EMPTY);
        expectDone();
    }

    @Test
    void d04_aNodeThatTellsRecordsOneByOneIsAskedUntilItRepeatsItself() {
        List<VerifiedRecord> records = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            records.add(TestRecords.topic(Fixtures.identity(i), "target", 1, 1_700_000_000L, 3600));
        }
        lookup = lookup(new CollectRecords(List.of()), nodes.subList(0, 2));
        expectAsk(0);
        expectAsk(1);
        for (VerifiedRecord record : records) {
            answerRationed(0, record);
            expectAsk(0);
        }
        answerRationed(0, records.getFirst());
        // The other node sends nothing new, but may have more records.
        for (VerifiedRecord record : records) {
            answerRationed(1, record);
            expectAsk(1);
        }
        answerRationed(1, records.getLast());
        expectDone();
        assertThat(lookup.records()).hasSize(4);
    }

    private void answerRationed(int number, VerifiedRecord... records) {
        lookup.onReply(now, nodes.get(number), List.of(), List.of(records), Completeness.RECORDS_RATIONED);
    }

    @Test
    void otherNodesAreAskedDuringThePauseOfOne() {
        expectAsk(0);
        answerTruncated(0, Completeness.NODES_LEFT_OUT, nodes.get(7));
        expectAsk(1);
        now += 100 * MS;
        expectAsk(0);
        expectAsk(2);
        expectWait(now - 100 * MS + PATIENCE);
    }

    /** Node 9 is farther than node 3, which waits for a free place. */
    @Test
    void theEndOfAPauseIsNotedBehindANodeThatCannotBeAsked() {
        lookup = lookup(new FindNodes(), nodes.subList(9, 10));
        expectAsk(9);
        answerTruncated(9, Completeness.NODES_LEFT_OUT, nodes.get(0), nodes.get(1), nodes.get(2), nodes.get(3));
        expectAsk(0);
        expectAsk(1);
        expectAsk(2);
        expectWait(now + 100 * MS);
    }

    // ---- records ----------------------------------------------------------------------------------------------

    @Test
    void firstEndsWithTheFirstRecord() {
        lookup = lookup(FindRecord.first(), nodes.subList(0, 6));
        expectAsk(0);
        expectAsk(1);
        answer(0);
        expectAsk(2);
        answerWith(1, version(1));
        expectDone();
        assertThat(lookup.records()).containsExactly(version(1));
        assertThat(report().complete()).isTrue();
    }

    @Test
    void d16_newestAsksSeveralHoldersAndTakesTheNewest() {
        lookup = lookup(new FindRecord(3, 300 * MS, 0), nodes.subList(0, 6));
        expectAsk(0);
        expectAsk(1);
        expectAsk(2);
        answerWith(0, version(2));
        expectAsk(3);
        answerWith(1, version(5));
        expectAsk(4);
        answerWith(2, version(3));
        expectDone();
        assertThat(lookup.records()).as("D-16").containsExactly(version(5));
    }

    @Test
    void moreNodesAreAskedAtATimeOnceAHolderAnswered() {
        lookup = lookup(
                plan(new Parallelism(ALPHA, ALPHA + 2), 0, 1), new FindRecord(3, 300 * MS, 0), nodes.subList(0, 12));
        expectAsk(0);
        expectAsk(1);
        expectAsk(2);
        answer(0);
        expectAsk(3);
        expectWait(now + PATIENCE);
        answerWith(1, version(1));
        expectAsk(4);
        expectAsk(5);
        expectAsk(6);
        expectWait(now + 300 * MS);
    }

    @Test
    void theFewerHoldersAreMissingTheFewerNodesAreAsked() {
        lookup = lookup(plan(new Parallelism(6, 6), 0, 1), new FindRecord(3, 300 * MS, 8), nodes.subList(0, 12));
        for (int i = 0; i < 6; i++) {
            expectAsk(i);
        }
        answerWith(0, version(1));
        expectAsk(6);
        expectWait(now + 300 * MS);
        answerWith(1, version(1));
        expectWait(now + 300 * MS);
        answerWith(2, version(2));
        expectAsk(7);
    }

    @Test
    void aGoalWithOneHolderOrNoneNeverAsksMoreAtATime() {
        VerifiedRecord record = version(1);
        FindRecord one = FindRecord.first();
        CollectRecords all = new CollectRecords(List.of());
        one.onRecords(now, nodes.get(0), List.of(record));
        all.onRecords(now, nodes.get(0), List.of(record));
        assertThat(one.wantsMoreHolders()).isFalse();
        assertThat(all.wantsMoreHolders()).isFalse();
        assertThat(new FindRecord(3, 0, 0).wantsMoreHolders()).isFalse();
    }

    @Test
    void d16_newestDoesNotWaitLongForMoreHolders() {
        lookup = lookup(new FindRecord(3, 300 * MS, 0), nodes.subList(0, 3));
        expectAsk(0);
        expectAsk(1);
        expectAsk(2);
        now += 50 * MS;
        answerWith(1, version(2));
        expectWait(now + 300 * MS);
        now += 100 * MS;
        answerWith(2, version(1));
        expectWait(now + 200 * MS);
        now += 200 * MS;
        expectDone();
        assertThat(lookup.records()).containsExactly(version(2));
        assertThat(report().complete()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 9})
    void d16_ourOwnCopyIsACandidateAndNoReasonToStop(long networkVersion) {
        FindRecord goal = FindRecord.first();
        goal.addLocal(List.of(version(5)));
        lookup = lookup(goal, nodes.subList(0, 6));
        expectAsk(0);
        expectAsk(1);
        answerWith(0, version(networkVersion));
        expectDone();
        assertThat(lookup.records()).containsExactly(version(Math.max(5, networkVersion)));
    }

    @Test
    void ourOwnCopyIsTheResultIfNoOtherNodeHasOne() {
        FindRecord goal = new FindRecord(3, 300 * MS, 0);
        goal.addLocal(List.of(version(5)));
        lookup = lookup(goal, nodes.subList(0, 1));
        expectAsk(0);
        answer(0);
        expectDone();
        assertThat(lookup.records()).containsExactly(version(5));
    }

    @Test
    void d17_allGoesOnUntilTheNearestWereHeard() {
        VerifiedRecord local = TestRecords.topic(Fixtures.A, "target", 1, Fixtures.NOW, 60);
        VerifiedRecord b = TestRecords.topic(Fixtures.B, "target", 2, Fixtures.NOW, 60);
        VerifiedRecord c = TestRecords.topic(Fixtures.C, "target", 3, Fixtures.NOW, 60);
        VerifiedRecord newerB = TestRecords.topic(Fixtures.B, "target", 4, Fixtures.NOW, 60);
        lookup = lookup(new CollectRecords(List.of(local)), nodes.subList(0, 4));
        expectAsk(0);
        answerWith(0, b);
        expectAsk(1);
        answerWith(1, c, b);
        expectAsk(2);
        answerWith(2, newerB);
        expectAsk(3);
        answerWith(3, b);
        expectDone();
        assertThat(lookup.records()).as("D-17").containsExactly(newerB, c, local);
    }

    @Test
    void aHolderWithMoreIsAskedAgainWhileThatBringsNews() {
        VerifiedRecord a = TestRecords.topic(Fixtures.A, "target", 1, Fixtures.NOW, 60);
        VerifiedRecord b = TestRecords.topic(Fixtures.B, "target", 2, Fixtures.NOW, 60);
        VerifiedRecord c = TestRecords.topic(Fixtures.C, "target", 3, Fixtures.NOW, 60);
        lookup = lookup(new CollectRecords(List.of()), nodes.subList(0, 1));
        expectAsk(0);
        answerCut(0, a);
        expectAsk(0);
        answerCut(0, a);
        expectAsk(0);
        answerCut(0, b);
        expectAsk(0);
        answerWith(0, c);
        expectDone();
        assertThat(lookup.records()).as("D-20").containsExactly(c, b, a);
        assertThat(report().asked()).isEqualTo(1);
        assertThat(report().answered()).isEqualTo(1);
        assertThat(lookup.nearest()).containsExactly(nodes.get(0));
    }

    @Test
    void aHolderThatRepeatsItselfIsNotAskedAgain() {
        VerifiedRecord a = TestRecords.topic(Fixtures.A, "target", 1, Fixtures.NOW, 60);
        lookup = lookup(new CollectRecords(List.of()), nodes.subList(0, 1));
        expectAsk(0);
        answerCut(0, a);
        expectAsk(0);
        answerCut(0, a);
        expectAsk(0);
        answerCut(0, a);
        expectDone();
    }

    /** A node that invents a new record for each request must not keep us asking. */
    @Test
    void theNumberOfRequestsToOneHolderIsBounded() {
        lookup = lookup(new CollectRecords(List.of()), nodes.subList(0, 1));
        int asked = 0;
        while (lookup.next(now) instanceof Step.Ask) {
            answerCut(0, TestRecords.note(Fixtures.B, Fixtures.A.address(), ++asked, asked, Fixtures.NOW, 60));
        }
        expectDone();
        assertThat(asked).isEqualTo(41);
    }

    @Test
    void aHolderThatTimesOutWhenAskedAgainStillCounts() {
        VerifiedRecord a = TestRecords.topic(Fixtures.A, "target", 1, Fixtures.NOW, 60);
        lookup = lookup(new CollectRecords(List.of()), nodes.subList(0, 1));
        expectAsk(0);
        answerCut(0, a);
        expectAsk(0);
        fail(0);
        expectDone();
        assertThat(lookup.nearest()).containsExactly(nodes.get(0));
    }

    @Test
    void aGoalWithOneRecordDoesNotAskForTheRest() {
        lookup = lookup(new FindRecord(3, TIMEOUT, 0), nodes.subList(0, 1));
        expectAsk(0);
        answerCut(0, version(1));
        expectDone();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void d18_theDeadlineKeepsWhatWasFound(boolean all) {
        lookup = lookup(all ? new CollectRecords(List.of()) : new FindRecord(3, TIMEOUT, 0), nodes.subList(0, 6));
        expectAsk(0);
        answerWith(0, version(1));
        now += TIMEOUT;
        expectDone();
        assertThat(lookup.records()).as("D-18").containsExactly(version(1));
        assertThat(report().complete()).isFalse();
    }

    @Test
    void d51_allNodesChooseTheSameOfEqualRecords() {
        VerifiedRecord one = TestRecords.endpoint(Fixtures.B, "one", 7, Fixtures.NOW, 60);
        VerifiedRecord other = TestRecords.endpoint(Fixtures.B, "other", 7, Fixtures.NOW, 60);
        FindRecord forward = new FindRecord(3, 0, 0);
        forward.addLocal(List.of(one, other));
        FindRecord backward = new FindRecord(3, 0, 0);
        backward.addLocal(List.of(other, one));
        assertThat(forward.records()).as("D-51").isEqualTo(backward.records()).hasSize(1);
    }

    @Test
    void noMoreSlotsAreRememberedThanTheLimit() {
        CollectRecords goal = new CollectRecords(List.of());
        for (int i = 0; i < Merged.MAX_SLOTS + 20; i++) {
            goal.onRecords(now, nodes.get(0), List.of(TestRecords.unsigned(i, 1, Fixtures.NOW, 60)));
        }
        assertThat(goal.records()).hasSize(Merged.MAX_SLOTS);
    }

    // ---- what its owner is told ---------------------------------------------------------------------------------

    @Test
    void itTellsHowMuchTimeIsLeft() {
        assertThat(lookup.timeLeft(now)).isEqualTo(Duration.ofNanos(TIMEOUT));
        assertThat(lookup.timeLeft(now + 300)).isEqualTo(Duration.ofNanos(TIMEOUT - 300));
        assertThat(lookup.timeLeft(now + TIMEOUT + 1)).isZero();
    }

    @Test
    void nodesCountAsLiveUntilTheyFail() {
        lookup = lookup(new FindNodes(), nodes.subList(0, 3));
        assertThat(lookup.countLive(node -> true)).isEqualTo(3);
        expectAsk(0);
        expectAsk(1);
        answer(0, nodes.get(5));
        fail(1);
        assertThat(lookup.countLive(node -> true)).isEqualTo(3);
        assertThat(lookup.countLive(nodes.get(1).nodeId()::equals)).isZero();
        assertThat(lookup.countLive(nodes.get(5).nodeId()::equals)).isEqualTo(1);
    }

    @Test
    void itIsAnsweredWithTheFirstAnswer() {
        expectAsk(0);
        fail(0);
        assertThat(lookup.isAnswered()).isFalse();
        expectAsk(1);
        answer(1);
        assertThat(lookup.isAnswered()).isTrue();
    }

    @Test
    void withoutAnAttackerThereIsNoVicinity() {
        expectAsk(0);
        answer(0);
        assertThat(lookup.isExhausted()).isFalse();
        assertThat(lookup.vicinity()).isEmpty();
        assertThat(report().surrounded()).isFalse();
    }

    // ---- goals for nodes ----------------------------------------------------------------------------------------

    /** Accomplices around a key take no part in the search for the honest nodes beside it. */
    @Test
    void nodesThatShareMoreBitsWithAKeyTakeNoPartBesideIt() {
        NodeId key = nodes.get(0).nodeId();
        int bits = key.commonPrefixLength(nodes.get(2).nodeId());
        lookup = lookup(FindNodes.beside(key, bits, List.of()), nodes.subList(0, 10));
        List<Contact> asked = new ArrayList<>();
        while (lookup.next(now) instanceof Step.Ask(Contact contact)) {
            asked.add(contact);
            lookup.onReply(now, contact, nodes.subList(0, 4), List.of(), Completeness.WHOLE);
        }
        assertThat(asked)
                .hasSize(WIDTH)
                .contains(nodes.get(2))
                .allMatch(node -> key.commonPrefixLength(node.nodeId()) <= bits);
    }

    @Test
    void neighboursAreMoreNodesThanHoldARecord() {
        assertThat(FindNodes.neighbours().width()).isEqualTo(RoutingTable.K + RoutingTable.K / 2);
        assertThat(FindNodes.forRecord().width()).isEqualTo(RoutingTable.K);
    }

    @Test
    void onlyWhatARecordDependsOnLooksForTheVicinity() {
        assertThat(List.<Goal>of(FindNodes.forRecord(), FindRecord.first(), new CollectRecords(List.of())))
                .allMatch(Goal::wantsVicinity);
        assertThat(List.<Goal>of(new FindNodes(), FindNodes.neighbours(), FindNodes.cursory()))
                .noneMatch(Goal::wantsVicinity);
    }

    // ---- settings -----------------------------------------------------------------------------------------------

    @Test
    void aPlanIsWithinItsRanges() {
        assertThat(new LookupPlan.Pace(1, 0).patienceNanos()).isEqualTo(1);
        assertThatIllegalArgumentException().isThrownBy(() -> new LookupPlan.Pace(0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new LookupPlan.Pace(1, -1));
        assertThat(new LookupPlan.Breadth(1, 1, 1).paths()).isEqualTo(1);
        assertThatIllegalArgumentException().isThrownBy(() -> new LookupPlan.Breadth(0, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new LookupPlan.Breadth(2, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new LookupPlan.Breadth(1, 1, 0));
        assertThat(new Parallelism(1, 1).concurrency()).isEqualTo(1);
        assertThatIllegalArgumentException().isThrownBy(() -> new Parallelism(0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Parallelism(2, 1));
    }

    @Test
    void oneSettingIsChangedAndTheOthersStay() {
        LookupSettings usual = LookupSettings.DEFAULT;
        LookupSettings wide = usual.withParallelism(7, 9);
        assertThat(wide.parallelism()).isEqualTo(new Parallelism(7, 9));
        assertThat(wide.withParallelism(
                        usual.parallelism().concurrency(), usual.parallelism().holderConcurrency()))
                .isEqualTo(usual);
        LookupSettings few = usual.withMaxRunning(2);
        assertThat(few.limits().maxRunning()).isEqualTo(2);
        assertThat(few.withMaxRunning(usual.limits().maxRunning())).isEqualTo(usual);
    }
}
