package io.a2al.conformance.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChoicesTest {

    private final Choices choices = Choices.parse("# rules\n\na accept\nb reject\nc differs yes D-1: because\n");

    private static Fields vector(String name) throws MalformedVectorException {
        return Fields.ofFile("f.json", JsonNodeFactory.instance.objectNode().put("name", name))
                .asCase();
    }

    @Test
    void openVerdictMustBeTheDecidedOne() throws Exception {
        assertThat(choices.verdict(vector("a"), true, false, true)).isEqualTo(new Outcome.Open(true));
        assertThat(choices.verdict(vector("b"), true, true, false)).isEqualTo(new Outcome.Open(false));
        assertThatThrownBy(() -> choices.verdict(vector("a"), true, false, false))
                .isInstanceOf(MismatchException.class);
        assertThatThrownBy(() -> choices.verdict(vector("b"), true, true, true)).isInstanceOf(MismatchException.class);
    }

    @Test
    void openVerdictWithoutADecisionMayBeEither() throws Exception {
        assertThat(choices.verdict(vector("z"), true, false, true)).isEqualTo(new Outcome.Open(true));
        assertThat(choices.verdict(vector("z"), true, true, false)).isEqualTo(new Outcome.Open(false));
    }

    @Test
    void decisionDoesNotApplyToABindingVerdict() throws Exception {
        assertThat(choices.verdict(vector("b"), false, true, true)).isEqualTo(new Outcome.Passed());
        assertThatThrownBy(() -> choices.verdict(vector("b"), false, true, false))
                .isInstanceOf(MismatchException.class);
    }

    @Test
    void deviationMustBeTheDecidedOneAndDifferFromTheVectors() throws Exception {
        assertThat(choices.answer(vector("c"), "w", "no", "yes")).isEqualTo(new Outcome.Differs("D-1: because"));
        assertThatThrownBy(() -> choices.answer(vector("c"), "w", "no", "no")).isInstanceOf(MismatchException.class);
        assertThatThrownBy(() -> choices.answer(vector("c"), "w", "yes", "yes")).isInstanceOf(MismatchException.class);
        assertThat(choices.answer(vector("a"), "w", "no", "no")).isEqualTo(new Outcome.Passed());
        assertThatThrownBy(() -> choices.answer(vector("a"), "w", "no", "yes")).isInstanceOf(MismatchException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "a maybe",
                "a accept now",
                "a differs",
                "a differs yes",
                "b accept\na accept",
                "a accept\na accept"
            })
    void malformedOrUnsortedLinesAreRejected(String text) {
        assertThatThrownBy(() -> Choices.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
