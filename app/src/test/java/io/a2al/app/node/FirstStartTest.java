package io.a2al.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.app.Cli;
import io.a2al.app.RunningCommand;
import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.NetworkChoice;
import io.a2al.app.cli.Output;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which network a node joins that is given no way into one, or one by name. */
@Timeout(60)
class FirstStartTest {

    @TempDir
    private Path home;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private FirstStart.Choice choose(String... answers) throws CommandException {
        Queue<String> left = new ArrayDeque<>(List.of(answers));
        return firstStart().choose(Optional.of(question -> Optional.ofNullable(left.poll())));
    }

    private FirstStart firstStart() {
        return new FirstStart(
                new Output(new PrintWriter(out), new PrintWriter(err), false), home.resolve("new/a2al.toml"));
    }

    private Path file() {
        return home.resolve("new/a2al.toml");
    }

    @Test
    void theAnswerIsKeptBeforeWhatIsInTheFile() throws Exception {
        Files.createDirectory(home.resolve("new"));
        Files.writeString(file(), "[demo]\nnodes = 7\n");

        assertThat(choose("Public"))
                .isEqualTo(new FirstStart.Choice(NetworkChoice.PUBLIC, List.of(), Optional.empty()));
        assertThat(file()).hasContent("network = \"public\"\n[demo]\nnodes = 7\n");
        assertThat(out.toString().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }

    @Test
    void aPrivateNetworkIsANodeOfIt() throws Exception {
        FirstStart.Choice choice = choose("what?", "private", "1.2:80", "127.0.0.1:4444");

        assertThat(choice.network()).isEqualTo(NetworkChoice.PRIVATE);
        assertThat(choice.seeds()).singleElement().asString().contains("127.0.0.1:4444");
        assertThat(file()).content().startsWith("network = \"private\"\nbootstrap = [\"127.0.0.1:4444\"]\n#");
        assertThat(err.toString()).contains("not an IP address");
    }

    @Test
    void anEmptyAnswerIsNoneAndTheEndOfTheInputIsNoAnswer() throws Exception {
        assertThat(choose().network()).isEqualTo(NetworkChoice.NONE);
        assertThat(file()).doesNotExist();
        assertThat(choose("").network()).isEqualTo(NetworkChoice.NONE);
        assertThat(file()).content().startsWith("network = \"none\"\n");
    }

    @Test
    void answersThatMakeNoSenseEndTheNode() {
        assertThatThrownBy(() -> choose("x", "y", "z")).hasMessageContaining("choose public, private or none");
        assertThatThrownBy(() -> choose("private")).hasMessageContaining("--bootstrap HOST:PORT");
        assertThat(file()).doesNotExist();
    }

    @Test
    void anAnswerThatCannotBeKeptIsTakenAllTheSame() throws Exception {
        Files.createFile(home.resolve("new"));

        assertThat(choose("public").network()).isEqualTo(NetworkChoice.PUBLIC);
        assertThat(err.toString()).contains("cannot be written").contains("the question comes again");
    }

    @Test
    void aScriptIsToldAndNotAsked() throws Exception {
        FirstStart.Choice choice = firstStart().choose(Optional.empty());
        assertThat(choice.network()).isEqualTo(NetworkChoice.NONE);
        assertThat(choice.hint())
                .hasValueSatisfying(hint -> assertThat(hint)
                        .startsWith("no way into a network is known")
                        .contains("--network none"));
        assertThat(file()).doesNotExist();
    }

    private String[] node(String... more) {
        return Stream.concat(
                        Stream.of("node", "--listen", "127.0.0.1:0", "--api", "none", "--data", home.toString()),
                        Stream.of(more))
                .toArray(String[]::new);
    }

    @Test
    void aScriptsNodeWaitsForOthersWithAHint() throws Exception {
        try (RunningCommand node = RunningCommand.start(node())) {
            node.awaitValue("listening");
            assertThat(node.err().next()).startsWith("no way into a network is known, so this node waits");
        }
        try (RunningCommand node = RunningCommand.start(node("--network", "none"))) {
            node.awaitValue("listening");
            node.stop();
            assertThat(node.err().all()).isEmpty();
        }
    }

    @Test
    void aNodeOfThePublicNetworkAsksItsName() throws Exception {
        List<String> asked = new CopyOnWriteArrayList<>();
        Files.writeString(home.resolve("a2al.toml"), "network = \"public\"\n");
        try (RunningCommand node = RunningCommand.startIn(
                Map.of(),
                name -> {
                    asked.add(name);
                    return List.of("127.0.0.1:1");
                },
                node())) {
            node.awaitValue("listening");
            while (asked.isEmpty()) {
                Thread.onSpinWait();
            }
        }
        assertThat(asked.getFirst()).isEqualTo("_a2al-bootstrap.a2al.org");
    }

    @Test
    void aPrivateNetworkNeedsAWayIn() throws Exception {
        Cli.Result result = Cli.run(node("--network", "private", "--json"));

        assertThat(result.json().get("error").textValue()).startsWith("--network private: no node to join through");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(Cli.run(node("--network", "other")).exitCode()).isEqualTo(2);
    }
}
