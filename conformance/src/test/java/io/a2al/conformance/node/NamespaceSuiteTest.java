package io.a2al.conformance.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * Our own node and the suite, each in a network namespace, at addresses of the public internet. Making namespaces is
 * for root, and the test is skipped where it is not allowed.
 */
@Timeout(600)
@EnabledOnOs(OS.LINUX)
class NamespaceSuiteTest {

    private static final String SERVER =
            "a2al-checked-" + ProcessHandle.current().pid();
    private static final String CLIENT =
            "a2al-checking-" + ProcessHandle.current().pid();

    /** Of a /24 that exists in these namespaces only. */
    private static final String NODE = "5.1.1.1";

    private static final String PORT = "4121";

    private final List<Process> processes = new ArrayList<>();

    @BeforeEach
    void makeHosts() throws Exception {
        assumeTrue(ip("netns", "add", SERVER), "this user cannot make network namespaces by \"ip netns add\"");
        assumeTrue(
                ip("netns", "add", CLIENT)
                        && ip("-n", SERVER, "link", "add", "v0", "type", "veth", "peer", "name", "v1", "netns", CLIENT)
                        && ip("-n", SERVER, "link", "set", "v0", "up")
                        && ip("-n", CLIENT, "link", "set", "v1", "up")
                        && ip("-n", SERVER, "address", "add", NODE + "/24", "dev", "v0")
                        && ip("-n", CLIENT, "address", "add", "5.1.1.9/24", "dev", "v1"),
                "this system has no virtual network interfaces");
    }

    @AfterEach
    void removeHosts() throws Exception {
        for (Process process : processes) {
            process.destroy();
            process.waitFor();
        }
        ip("netns", "del", SERVER);
        ip("netns", "del", CLIENT);
    }

    /** Returns whether it succeeded. */
    private static boolean ip(String... arguments) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }

    private BufferedReader start(String host, String role) throws IOException {
        Process process = new ProcessBuilder(
                        "ip",
                        "netns",
                        "exec",
                        host,
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        NamespaceSuite.class.getName(),
                        role,
                        NODE,
                        PORT)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        processes.add(process);
        return process.inputReader(StandardCharsets.UTF_8);
    }

    /** Reads until a line that begins like this; the log may be on the same stream. */
    private static List<String> until(BufferedReader from, String beginning) throws IOException {
        List<String> lines = new ArrayList<>();
        do {
            lines.add(Objects.requireNonNull(from.readLine(), "the process has ended"));
        } while (!lines.getLast().startsWith(beginning));
        return lines;
    }

    @Test
    void ourNodePassesAtAPublicAddressWhatLoopbackDoesNotShow() throws Exception {
        until(start(SERVER, "serve"), "ready");
        List<String> results = until(start(CLIENT, "check"), "end").stream()
                .filter(line -> line.matches("(PASS|DIFFERS|FAIL|SKIPPED) .*"))
                .toList();
        assertThat(results)
                .hasSize(7)
                .allMatch(line -> line.startsWith("PASS"))
                .anyMatch(line -> line.contains("those to the claimed port included"))
                .anyMatch(line -> line.matches(".*subscribe at a key: [1-9][0-9]? of 16.*"));
    }
}
