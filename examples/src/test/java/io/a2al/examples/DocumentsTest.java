package io.a2al.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Java in the tutorial and in the overview of the Javadoc is from the examples, which are compiled and run. */
class DocumentsTest {

    private static final Path ROOT = Path.of("..");

    @ParameterizedTest
    @CsvSource({
        "docs/tutorials/embed.md, '(?s)```java\n(.*?)```'",
        "docs/overview.html, '(?s)<pre>\\{@code(.*?)\\}</pre>'"
    })
    void everyBlockIsAPartOfAnExample(String document, String block) throws IOException {
        List<String> blocks = Pattern.compile(block)
                .matcher(Files.readString(ROOT.resolve(document)))
                .results()
                .map(found -> withoutLayout(found.group(1)))
                .toList();
        String examples;
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            examples = files.filter(file -> file.toString().endsWith(".java"))
                    .map(DocumentsTest::code)
                    .collect(Collectors.joining("\n"));
        }
        assertThat(blocks)
                .hasSizeGreaterThanOrEqualTo(3)
                .allSatisfy(code -> assertThat(examples).contains(code));
    }

    private static String code(Path file) {
        try {
            return withoutLayout(Files.readString(file));
        } catch (IOException e) {
            throw new AssertionError(file.toString(), e);
        }
    }

    /** Line breaks and indentation differ, as the formatter sees only one of the two. */
    private static String withoutLayout(String code) {
        return code.replaceAll("\\s+", "");
    }
}
