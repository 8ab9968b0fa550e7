package io.a2al.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

    private static final List<String> WORDS = List.of("resolve", "node", "publish", "publications", "mail", "id");

    @ParameterizedTest
    @CsvSource({"resolv,resolve", "ndoe,node", "nodes,node", "publsh,publish", "mial,mail", "ix,id"})
    void aSlipIsRecognised(String mistyped, String meant) {
        assertThat(Nearest.to(mistyped, WORDS)).contains(meant);
        assertThat(Nearest.hint(mistyped, WORDS)).isEqualTo("; did you mean " + meant + "?");
    }

    @Test
    void nothingIsSuggestedForSomethingElse() {
        assertThat(Nearest.to("frobnicate", WORDS)).isEmpty();
        assertThat(Nearest.hint("", List.of())).isEmpty();
    }
}
