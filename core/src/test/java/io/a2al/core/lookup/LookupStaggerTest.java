package io.a2al.core.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Requests that wait for the answers to earlier ones. */
class LookupStaggerTest extends SteppedLookup {

    private static final long STAGGER = 100 * MS;

    private Lookup staggered(Goal goal) {
        return lookup(plan(PLAN.parallelism(), STAGGER, 1), goal, nodes.subList(0, 8));
    }

    @Test
    void d15_whatIsNotYetSentIsNotSentAfterASuccess() {
        lookup = staggered(FindRecord.first());
        expectAsk(0);
        expectWait(now + STAGGER);
        now += STAGGER;
        expectAsk(1);
        expectWait(now + STAGGER);
        now += STAGGER - 1;
        answerWith(0, version(1));
        expectDone();
        assertThat(report().asked()).isEqualTo(2);
    }

    @Test
    void anAnswerWithoutARecordLetsTheNextQuestionGoAtOnce() {
        lookup = staggered(FindRecord.first());
        expectAsk(0);
        now += 10 * MS;
        expectWait(now + STAGGER - 10 * MS);
        answer(0);
        expectAsk(1);
        expectWait(now + STAGGER);
    }

    @Test
    void aFailureLetsTheNextQuestionGoAtOnce() {
        lookup = staggered(FindRecord.first());
        expectAsk(0);
        fail(0);
        expectAsk(1);
        expectWait(now + STAGGER);
    }

    @Test
    void theStaggerDoesNotLetMoreThanAlphaGo() {
        lookup = staggered(new FindNodes());
        for (int i = 0; i < ALPHA; i++) {
            expectAsk(i);
            now += STAGGER;
        }
        expectWait(now - ALPHA * STAGGER + PATIENCE);
    }

    @Test
    void withoutStaggerAllGoAtOnce() {
        expectAsk(0);
        expectAsk(1);
        expectAsk(2);
    }

    @Test
    void onlyALookupForOneAnswerIsSatisfiedByOneRequest() {
        assertThat(FindRecord.first().isOneAnswerEnough()).isTrue();
        assertThat(new FindRecord(3, 0, 0).isOneAnswerEnough()).isFalse();
        assertThat(new FindNodes().isOneAnswerEnough()).isFalse();
    }
}
