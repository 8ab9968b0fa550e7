package io.a2al.core.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HeadStartTest {

    private static final double INITIAL = 30;
    private static final double SHORTEST = 10;
    private static final double LONGEST = 240;

    private final SplittableRandom random = new SplittableRandom(1);
    private final HeadStart headStart = new HeadStart(INITIAL, SHORTEST, LONGEST);

    private void note(int times, boolean answered) {
        for (int i = 0; i < times; i++) {
            headStart.note(0, 20, answered);
        }
    }

    @Test
    void whatWasThereForLongIsLikelierThereAndASilenceSpeaksAgainstIt() {
        assertThat(headStart.chance(0, 0)).isEqualTo(1);
        assertThat(headStart.chance(0, INITIAL)).isEqualTo(0.5);
        assertThat(headStart.chance(30, INITIAL)).isEqualTo(2 / 3.0);
    }

    @Test
    void whereAllAnswerItBecomesTheLongestAndWhereNoneDoesTheShortest() {
        note(400, true);
        assertThat(headStart.time()).isEqualTo(LONGEST);
        note(400, false);
        assertThat(headStart.time()).isEqualTo(SHORTEST);
    }

    @Test
    void contactsAnswerAsOftenAsExpected() {
        double stay = 90;
        double mean = 0;
        for (int i = 0; i < 20_000; i++) {
            double silence = random.nextInt(1, 120);
            headStart.note(0, silence, random.nextDouble() < stay / (stay + silence));
            mean += i < 10_000 ? 0 : headStart.time() / 10_000;
        }
        assertThat(mean).isCloseTo(stay, within(10.0));
    }

    /** What one knows of a contact that was heard for long is what it has shown, not what others do. */
    @Test
    void theLongerAContactWasHeardTheLessItSaysOfOthers() {
        headStart.note(10_000, 20, false);
        assertThat(headStart.time()).isCloseTo(INITIAL, within(0.01));
    }
}
