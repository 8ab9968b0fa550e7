package io.a2al.app.sim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.a2al.app.Cli;
import io.a2al.sim.result.Violation;
import io.a2al.sim.search.Failure;
import io.a2al.sim.search.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimMergeCommandTest {

    /** Every fourth seed fails. */
    private static final Trial ARTIFICIAL = (options, isStopped) -> options.seed() % 4 == 0
            ? Optional.of(new Failure(
                    options, new Violation("rule", Duration.ofSeconds(1), List.of(), List.of(), "broken", List.of())))
            : Optional.empty();

    @TempDir
    private Path folder;

    private Cli.Result search(String seeds, String shard, Path file) {
        return Cli.execute(
                SimSearchCommand.commandLine(ARTIFICIAL),
                "--seeds",
                seeds,
                "--shard",
                shard,
                "--tries",
                "0",
                "--json",
                file.toString());
    }

    private Path part(String seeds, String shard) {
        Path file = folder.resolve(shard.replace('/', '-') + ".json");
        search(seeds, shard, file);
        return file;
    }

    private static Cli.Result merge(Object... files) {
        String[] arguments = new String[files.length + 2];
        arguments[0] = "sim";
        arguments[1] = "merge";
        for (int i = 0; i < files.length; i++) {
            arguments[i + 2] = files[i].toString();
        }
        return Cli.run(arguments);
    }

    @Test
    void thePartsOfASearchGiveTheResultOfTheWhole() throws Exception {
        Path whole = folder.resolve("whole.json");
        search("1..10", "1/1", whole);
        Cli.Result merged = merge(part("1..10", "3/3"), part("1..10", "1/3"), part("1..10", "2/3"), "--json");
        assertThat(merged.exitCode()).isEqualTo(1);
        assertThat(merged.json()).isEqualTo(read(whole));
    }

    private static JsonNode read(Path file) throws IOException {
        return new ObjectMapper().readTree(Files.readString(file));
    }

    @Test
    void theFailuresOfAllPartsArePrinted() {
        Cli.Result merged = merge(part("1..8", "1/2"), part("1..8", "2/2"));
        assertThat(merged.out())
                .contains(
                        "seeds     1..8: 8 runs, 2 failed", "FAILED    seed 4: check rule: broken", "FAILED    seed 8")
                .contains("replay  a2al sim --profile calm --seed 4");
    }

    @Test
    void seedsWithoutFailureAreCounted() {
        Cli.Result merged = merge(part("1..3", "1/1"));
        assertThat(merged.exitCode()).isZero();
        assertThat(merged.out()).isEqualTo("seeds     1..3: 3 runs, 0 failed\n");
    }

    @Test
    void aMissingOrDoublePartIsNamed() {
        Path first = part("1..9", "1/3");
        Path last = part("1..9", "3/3");
        assertWrong(
                merge(first, last), "seeds 1..3 of " + first + " and 7..9 of " + last + " do not follow each other");
        assertWrong(merge(first, first), "do not follow each other");
    }

    @Test
    void whatIsNoResultIsNamed() throws Exception {
        Path other = Files.writeString(folder.resolve("other.json"), "{\"format\":1}");
        assertWrong(merge(other), other + ": no result of a search");
        assertWrong(merge(folder.resolve("none.json")), "none.json: cannot be read as JSON");
        Path broken = Files.writeString(folder.resolve("broken.json"), "{\"format\"");
        assertWrong(merge(broken), broken + ": cannot be read as JSON");
    }

    @Test
    void wrongShardsAreNamed() {
        for (String shard : List.of("0/2", "3/2", "1/20", "2", "a/b")) {
            assertWrong(Cli.run("sim", "search", "--seeds", "1..9", "--shard", shard), "shard: ");
        }
    }

    private static void assertWrong(Cli.Result result, String named) {
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains(named).hasLineCount(1);
    }
}
