package io.a2al.dht.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
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
 * Two hosts in network namespaces, one of them with several addresses on one interface. Making namespaces is for root,
 * and the test is skipped where it is not allowed.
 */
@Timeout(120)
@EnabledOnOs(OS.LINUX)
class WildcardNamespaceTest {

    private static final String SERVER =
            "a2al-server-" + ProcessHandle.current().pid();
    private static final String CLIENT =
            "a2al-client-" + ProcessHandle.current().pid();
    private static final String PORT = "4121";

    private final List<Process> processes = new ArrayList<>();

    @BeforeEach
    void makeHosts() throws Exception {
        assumeTrue(ip("netns", "add", SERVER), "this user cannot make network namespaces by \"ip netns add\"");
        assumeTrue(
                ip("netns", "add", CLIENT)
                        && ip("-n", SERVER, "link", "add", "v0", "type", "veth", "peer", "name", "v1", "netns", CLIENT)
                        && ip("-n", SERVER, "link", "set", "v0", "up")
                        && ip("-n", CLIENT, "link", "set", "v1", "up"),
                "this system has no virtual network interfaces");
        addAddress(SERVER, "v0", "192.0.2.1/24");
        addAddress(SERVER, "v0", "192.0.2.2/24");
        addAddress(SERVER, "v0", "2001:db8::1/64");
        addAddress(SERVER, "v0", "2001:db8::2/64");
        addAddress(CLIENT, "v1", "192.0.2.9/24");
        addAddress(CLIENT, "v1", "2001:db8::9/64");
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

    private static void addAddress(String host, String device, String address) throws Exception {
        // Without a search for duplicates, which takes a second.
        boolean added = address.contains(":")
                ? ip("-n", host, "address", "add", address, "dev", device, "nodad")
                : ip("-n", host, "address", "add", address, "dev", device);
        assertThat(added).isTrue();
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

    private Process start(String host, String role) throws IOException {
        Process process = new ProcessBuilder(
                        "ip",
                        "netns",
                        "exec",
                        host,
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        NamespacePeer.class.getName(),
                        role,
                        PORT)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        processes.add(process);
        return process;
    }

    /** Reads until the line that begins like this; the log may be on the same stream. */
    private static String line(BufferedReader from, String... beginnings) throws IOException {
        while (true) {
            String line = Objects.requireNonNull(from.readLine(), "the process has ended");
            if (List.of(beginnings).contains(line)) {
                return line;
            }
        }
    }

    private static void assertAnswers(Process asking, BufferedReader answers, String... addresses) throws IOException {
        Writer questions = asking.outputWriter(StandardCharsets.UTF_8);
        for (String address : addresses) {
            questions.write(address + "\n");
            questions.flush();
            assertThat(address + ": " + line(answers, "answered", "no answer")).isEqualTo(address + ": answered");
        }
    }

    @Test
    void eachAddressAnswersItselfAlsoOneThatIsNew() throws Exception {
        line(start(SERVER, "serve").inputReader(StandardCharsets.UTF_8), "ready");
        Process asking = start(CLIENT, "ask");
        BufferedReader answers = asking.inputReader(StandardCharsets.UTF_8);
        line(answers, "ready");

        assertAnswers(asking, answers, "192.0.2.1", "192.0.2.2", "2001:db8::1", "2001:db8::2");

        addAddress(SERVER, "v0", "192.0.2.3/24");
        addAddress(SERVER, "v0", "2001:db8::3/64");
        assertAnswers(asking, answers, "192.0.2.3", "2001:db8::3", "192.0.2.2");
    }
}
