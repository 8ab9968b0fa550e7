package io.a2al.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Every Java file of every module is formatted by palantir-java-format. It also formats them:
 *
 * <pre>{@code
 * mvn -B test -pl protocol,core,dht,conformance,bench,sim,metrics,http,app -Dtest=FormattingTest -Dformat.write=true
 * -Dsurefire.failIfNoSpecifiedTests=false
 * }</pre>
 */
class FormattingTest {

    private static final boolean WRITE = Boolean.getBoolean("format.write");

    private final Formatter formatter = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(JavaFormatterOptions.Style.PALANTIR)
            .build());

    @Test
    void everyFileIsFormatted() throws Exception {
        Path root = SourceTree.root();
        List<Path> unformatted = new ArrayList<>();
        List<Path> files = SourceTree.javaFiles();
        for (Path file : files) {
            String source = Files.readString(file);
            String formatted = format(file, source);
            if (!formatted.equals(source)) {
                unformatted.add(root.relativize(file));
                if (WRITE) {
                    Files.writeString(file, formatted);
                }
            }
        }

        assertThat(files).contains(root.resolve("app/src/test/java/io/a2al/app/FormattingTest.java"));
        if (WRITE) {
            unformatted.forEach(file -> System.out.println("formatted " + file));
        } else {
            assertThat(unformatted)
                    .as("files that are not formatted; run this test with -Dformat.write=true to format them")
                    .isEmpty();
        }
    }

    private String format(Path file, String source) {
        try {
            return formatter.formatSourceAndFixImports(source);
        } catch (FormatterException e) {
            throw new AssertionError("cannot format " + file + ": " + e.getMessage(), e);
        }
    }
}
