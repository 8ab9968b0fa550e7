package io.a2al.app.help;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.app.Cli;
import io.a2al.app.Main;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands {@code help}, {@code version} and {@code completion}, and the manual pages. */
@Timeout(60)
class HelpCommandsTest {

    @TempDir
    private Path directory;

    @Test
    void helpIsTheHelpOfTheCommand() throws Exception {
        assertThat(Cli.run("help", "mail", "send").out())
                .isEqualTo(Cli.run("mail", "send", "--help").out());
        assertThat(Cli.run("help").out()).isEqualTo(Cli.run("--help").out());
        assertThat(Cli.run("help", "node", "--json").json().get("help").textValue())
                .startsWith("Usage: a2al node");
        assertThat(Cli.run("help", "nod", "--json").json().get("error").textValue())
                .isEqualTo("no such command: nod; did you mean node?");
    }

    @Test
    void versionIsForPeopleAndScripts() throws Exception {
        assertThat(Cli.run("version").value("a2al")).matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
        assertThat(Cli.run("version", "--json").json().get("java").textValue())
                .isEqualTo(Runtime.version().toString());
        assertThat(Cli.run("version", "x").exitCode()).isEqualTo(2);
    }

    private static Stream<CommandLine> all(CommandLine command) {
        return Stream.concat(
                Stream.of(command), command.getSubcommands().values().stream().flatMap(HelpCommandsTest::all));
    }

    @Test
    void everyCommandHasAManualPageWithItsOptions() throws Exception {
        Cli.Result result = Cli.run("help", "--man-pages", directory.toString(), "--json");
        List<CommandLine> commands =
                all(Main.commandLine(InputStream.nullInputStream())).toList();

        assertThat(result.json().get("written")).hasSameSizeAs(commands);
        for (CommandLine command : commands) {
            String page = Files.readString(
                    directory.resolve(command.getCommandSpec().qualifiedName("-") + ".1"), StandardCharsets.UTF_8);
            assertThat(page).startsWith(".TH \"A2AL").contains(".SH SYNOPSIS", ".SH EXIT STATUS", "as head does");
            assertThat(page.lines()).noneMatch(line -> line.matches("[.'](?!TH|SH|PP|TP|B |nf|fi).*"));
            assertThat(page).doesNotContain("${");
            command.getCommandSpec()
                    .optionsMap()
                    .keySet()
                    .forEach(option -> assertThat(page).contains(option.replace("-", "\\-")));
        }
        assertThat(Cli.run("help", "--man", "mail", "send").out())
                .isEqualTo(Files.readString(directory.resolve("a2al-mail-send.1"), StandardCharsets.UTF_8));
        Path taken = Files.createFile(directory.resolve("taken"));
        assertThat(Cli.run("help", "--man-pages", taken.toString()).exitCode()).isEqualTo(4);
    }

    /** The script is valid for the shell, and completes what the program has. */
    @Test
    void bashCompletesCommandsAndOptions() throws Exception {
        Cli.Result script = Cli.run("completion", "bash");
        Path file = Files.writeString(directory.resolve("completion"), script.out());
        String ask = ". " + file
                + "; COMP_WORDS=(a2al mail send --t); COMP_CWORD=3; _complete_a2al; echo \"${COMPREPLY[@]}\";"
                + " COMP_WORDS=(a2al ag); COMP_CWORD=1; _complete_a2al; echo \"${COMPREPLY[@]}\"";
        Process bash = new ProcessBuilder("bash", "--norc", "-c", ask).start();
        String answer = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(bash.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(Set.of(answer.lines().toList().getFirst().split(" "))).contains("--text", "--type", "--timeout");
        assertThat(answer.lines().toList().get(1)).isEqualTo("agents");
        assertThat(Cli.run("completion", "zsh", "--json").json().get("script").textValue())
                .contains("bashcompinit");
        assertThat(Cli.run("completion", "fish").err()).startsWith("no script for the shell fish; choose bash or zsh");
    }
}
