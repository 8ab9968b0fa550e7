package io.a2al.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.a2al.sim.result.RunDescription;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class KnobTest {

    private static final SimulationOptions CALM = Profiles.find("calm").orElseThrow();

    private static List<Knob> knobs() {
        return Knob.all();
    }

    private static SimulationOptions set(SimulationOptions options, String key, String value) {
        return Knob.find(key).orElseThrow().set(options, value);
    }

    @ParameterizedTest
    @MethodSource("knobs")
    void settingTheCurrentValueChangesNothing(Knob knob) {
        assertThat(knob.set(CALM, knob.valueIn(CALM))).isEqualTo(CALM);
    }

    @ParameterizedTest
    @MethodSource("knobs")
    void anInvalidValueIsNamedWithItsOption(Knob knob) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> knob.set(CALM, "-x"))
                .withMessageStartingWith("--" + knob.key() + " -x: ");
    }

    @ParameterizedTest
    @CsvSource({
        "nodes, 1",
        "loss, 1.5",
        "dead, 1",
        "attackers, -1",
        "records, -1",
        "crypto, none",
        "per-prefix, 0",
        "sybils, -1",
        "sybil-family, ipv5",
        "sybil-sites, 0",
        "sybil-providers, 257",
        "fresh, old"
    })
    void valuesOutOfRangeAreRejected(String key, String value) {
        assertThatIllegalArgumentException().isThrownBy(() -> set(CALM, key, value));
    }

    @Test
    void theCommandOfARunGivesTheSameOptions() {
        SimulationOptions options = CALM.withSeed(7);
        options = set(options, "nodes", "50");
        options = set(options, "duration", "1h30m");
        options = set(options, "loss", "0.1");
        options = set(options, "fresh", "majority");
        RunDescription run = options.describe();
        assertThat(run.command())
                .isEqualTo("a2al sim --profile calm --seed 7 --nodes 50 --duration 1h30m --loss 0.1"
                        + " --fresh majority");
        assertThat(run.options())
                .containsEntry("zipf", "0.8")
                .hasSize(Knob.all().size() + 1);

        List<String> words = List.of(run.command().split(" ", -1));
        SimulationOptions again = Profiles.find(words.get(3)).orElseThrow();
        for (int i = 4; i < words.size(); i += 2) {
            again = set(again, words.get(i).substring(2), words.get(i + 1));
        }
        assertThat(again).isEqualTo(options);
    }

    @ParameterizedTest
    @CsvSource({"90s, 90", "10m, 600", "1h30m, 5400", "2d, 172800", "0s, 0"})
    void durationsAreParsedAndFormatted(String text, long seconds) {
        assertThat(Spans.parse(text)).isEqualTo(Duration.ofSeconds(seconds));
        assertThat(Spans.parse(Spans.format(Duration.ofSeconds(seconds)))).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void malformedDurationsAreRejected() {
        for (String text : new String[] {"", "10", "m", "1m1h", "ten"}) {
            assertThatIllegalArgumentException().isThrownBy(() -> Spans.parse(text));
        }
    }
}
