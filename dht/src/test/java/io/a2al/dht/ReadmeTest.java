package io.a2al.dht;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReadmeTest {

    /** Maven runs tests in the module, other tools in the root of the project. */
    private static final Path ROOT = Path.of(Files.exists(Path.of("dht")) ? "" : "..");

    private static final Path README = ROOT.resolve("README.md");
    private static final Path EXAMPLE = ROOT.resolve("dht/src/test/java/io/a2al/dht/ReadmeExample.java");

    @Test
    void theExampleOfTheReadmeIsTheOneThatIsCompiled() throws Exception {
        String compiled = between(Files.readString(EXAMPLE), "// README begins", "// README ends");
        String shown = between(Files.readString(README), "```java", "```");

        assertThat(withoutLayout(shown)).isEqualTo(withoutLayout(compiled));
    }

    @Test
    void theExampleRunsAndFindsItself() throws Exception {
        PrintStream console = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (TestNodes nodes = TestNodes.onUdp(3, InetAddress.getLoopbackAddress())) {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            ReadmeExample.run(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), nodes.socketAddress(0));
        } finally {
            System.setOut(console);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .isEqualTo("Babel is at [https://babel.example/a2a]" + System.lineSeparator());
    }

    private static String between(String text, String begin, String end) {
        int from = text.indexOf(begin);
        int to = text.indexOf(end, from + begin.length());
        assertThat(from).as("the marker " + begin).isNotNegative();
        assertThat(to).as("the marker " + end).isNotNegative();
        return text.substring(from + begin.length(), to);
    }

    /** Line breaks and indentation differ, as the formatter sees only one of the two. */
    private static String withoutLayout(String code) {
        return code.replaceAll("\\s+", "");
    }
}
