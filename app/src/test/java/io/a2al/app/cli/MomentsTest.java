package io.a2al.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MomentsTest {

    @ParameterizedTest
    @CsvSource({
        "1700000000, 1700000000",
        "0, 0",
        "2023-11-14T22:13:20Z, 1700000000",
        "2023-11-15T00:13:20+02:00, 1700000000",
        "2023-11-14, 1699920000"
    })
    void timesAreUnixSecondsDatesOrDatesWithATime(String text, long seconds) throws Exception {
        assertThat(Moments.parse(text)).isEqualTo(seconds);
        assertThat(Moments.parseEnd(text, 5)).isEqualTo(seconds);
    }

    @ParameterizedTest
    @CsvSource({
        "never, 0",
        "30s, 1030",
        "2m, 1120",
        "12h, 44200",
        "90d, 7777000",
        "1w, 605800",
        "1y, 31537000",
        "0d, 1000"
    })
    void endsAreSpansToo(String text, long seconds) throws Exception {
        assertThat(Moments.parseEnd(text, 1_000)).isEqualTo(seconds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1", "1e9", "2023-02-30", "2023-11-14T22:13:20", "1969-12-31", "90x"})
    void anythingElseIsRefusedWithExamples(String text) {
        assertThatThrownBy(() -> Moments.parse(text))
                .isInstanceOf(CommandException.class)
                .hasMessage("not a time: \"" + text
                        + "\"; write for example 2027-01-31, 2027-01-31T12:00:00Z, or Unix seconds");
        assertThatThrownBy(() -> Moments.parseEnd(text, 0))
                .isInstanceOf(CommandException.class)
                .hasMessage("neither a time nor a span: \"" + text + "\"; write for example 90d, 12h, 2027-01-31,"
                        + " 2027-01-31T12:00:00Z, Unix seconds, or never");
    }
}
