package io.a2al.app.help;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.a2al.app.Cli;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The script for completion, in the shells that this machine has. */
@Timeout(60)
class CompletionInShellTest {

    @TempDir
    private Path directory;

    /** Runs a script in a shell and returns what it prints. */
    private String run(String shell, String script) throws Exception {
        assumeTrue(
                Stream.of("/bin", "/usr/bin").anyMatch(bin -> Files.isExecutable(Path.of(bin, shell))),
                "there is no " + shell);
        Path completion = directory.resolve("completion");
        Files.writeString(completion, Cli.run("completion", shell).out());
        Path file = directory.resolve("script");
        Files.writeString(file, script.replace("COMPLETION", completion.toString()));
        Process process = new ProcessBuilder(shell, file.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.getOutputStream().close();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void bashCompletesCommandsAndOptions() throws Exception {
        String answers = run("bash", """
            . COMPLETION
            complete -p a2al
            for line in 'a2al no' 'a2al mail se' 'a2al publish --top' 'a2al sim sea'; do
                COMP_WORDS=($line)
                COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
                _complete_a2al
                echo "$line: ${COMPREPLY[*]}"
            done
            """);

        assertThat(answers.lines())
                .containsExactly(
                        "complete -o default -F _complete_a2al a2al",
                        "a2al no: node",
                        "a2al mail se: send",
                        "a2al publish --top: --topic",
                        "a2al sim sea: search");
    }

    /** As the key that completes has it: zsh chooses itself from what it is offered. */
    @Test
    void zshIsOfferedCommandsAndOptions() throws Exception {
        String answers = run("zsh", """
            . COMPLETION
            print -r -- "$_comps[a2al]"
            offer() {
                emulate -L sh
                setopt kshglob noshglob braceexpand ksharrays
                COMP_WORDS=("$@")
                COMP_CWORD=$(($# - 1))
                _complete_a2al
                echo " ${COMPREPLY[*]} "
            }
            offer a2al no
            offer a2al mail se
            offer a2al publish --top
            offer a2al sim sea
            """);

        assertThat(answers.lines())
                .satisfiesExactly(
                        line -> assertThat(line).contains("_complete_a2al"),
                        line -> assertThat(line).contains(" node ", " publish ", " completion "),
                        line -> assertThat(line).contains(" send ", " read "),
                        line -> assertThat(line).contains(" --topic ", " --endpoint "),
                        line -> assertThat(line).contains(" search ", " merge "));
    }
}
