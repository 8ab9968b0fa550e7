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

/** The examples of the documents are compiled and run. */
@Timeout(60)
class ReadmeTest {

    /** Maven runs tests in the module, other tools in the root of the project. */
    private static final Path ROOT = Path.of(Files.exists(Path.of("dht")) ? "" : "..");

    private static final Path README = ROOT.resolve("README.md");
    private static final Path API = ROOT.resolve("docs/api.md");
    private static final Path EXAMPLE = ROOT.resolve("dht/src/test/java/io/a2al/dht/ReadmeExample.java");
    private static final Path MEMORY_EXAMPLE = ROOT.resolve("dht/src/test/java/io/a2al/dht/MemoryNetworkExample.java");
    private static final Path MEMORY_NETWORK =
            ROOT.resolve("dht/src/main/java/io/a2al/dht/transport/MemoryNetwork.java");

    @Test
    void theExampleOfTheReadmeIsTheOneThatIsCompiled() throws Exception {
        String compiled = between(Files.readString(EXAMPLE), "// README begins", "// README ends");
        String shown = between(Files.readString(README), "```java", "```");

        assertThat(withoutLayout(shown)).isEqualTo(withoutLayout(compiled));
    }

    @Test
    void theExampleRunsAndFindsItself() throws Exception {
        try (TestNodes nodes = TestNodes.onUdp(3, InetAddress.getLoopbackAddress())) {
            InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            assertThat(printedBy(() -> ReadmeExample.run(anyPort, nodes.socketAddress(0))))
                    .isEqualTo("Babel is at [https://babel.example/a2a]" + System.lineSeparator());
        }
    }

    @Test
    void theExampleOfTheMemoryNetworkIsTheOneThatIsCompiled() throws Exception {
        String compiled = between(Files.readString(MEMORY_EXAMPLE), "// example begins", "// example ends");
        String commented = between(Files.readString(MEMORY_NETWORK), "{@code", "* }</pre>");
        String shown = between(Files.readString(API), "```java", "```");

        assertThat(withoutLayout(commented.replaceAll("(?m)^ \\*", ""))).isEqualTo(withoutLayout(compiled));
        assertThat(withoutLayout(shown)).isEqualTo(withoutLayout(compiled));
    }

    @Test
    void theExampleOfTheMemoryNetworkRunsAndFindsItsAgent() throws Exception {
        assertThat(printedBy(MemoryNetworkExample::run))
                .isEqualTo("[https://babel.example/a2a]" + System.lineSeparator());
    }

    private interface Example {
        void run() throws Exception;
    }

    private static String printedBy(Example example) throws Exception {
        PrintStream console = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            example.run();
        } finally {
            System.setOut(console);
        }
        return printed.toString(StandardCharsets.UTF_8);
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
