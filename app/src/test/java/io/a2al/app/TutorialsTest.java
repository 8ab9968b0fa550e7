package io.a2al.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.ParameterException;

/** The commands that documents show exist, with the options that are shown. They are parsed and not run. */
class TutorialsTest {

    private static final Pattern COMMAND = Pattern.compile("(?m)^(?: {4})?\\./a2al((?: [^\\\\\\n]+(?:\\\\\\n)?)+)$");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "README.md",
                "docs/tutorials/embed.md",
                "docs/tutorials/operate.md",
                "docs/tutorials/agent.md",
                "docs/explorer.md"
            })
    void everyCommandIsUnderstood(String document) throws IOException {
        String text = Files.readString(SourceTree.root().resolve(document));
        List<String> wrong = new ArrayList<>();
        COMMAND.matcher(text)
                .results()
                .map(line -> line.group(1)
                        .replace("\\\n", " ")
                        .replaceAll("\\s#.*", "")
                        .strip())
                .forEach(line -> {
                    try {
                        Main.commandLine(InputStream.nullInputStream()).parseArgs(words(line));
                    } catch (ParameterException e) {
                        wrong.add(line + ": " + e.getMessage());
                    }
                });
        assertThat(wrong).isEmpty();
    }

    private static String[] words(String line) {
        return Stream.of(line.split("\\s+")).toArray(String[]::new);
    }
}
