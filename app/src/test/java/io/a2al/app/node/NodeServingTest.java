package io.a2al.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.a2al.app.Cli;
import io.a2al.app.LocalNetwork;
import io.a2al.app.RunningCommand;
import io.a2al.app.cli.CommandException;
import io.a2al.dht.DhtNode;
import io.a2al.dht.transport.MemoryNetwork;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** How {@code a2al node} serves others and shows itself. */
@Timeout(120)
class NodeServingTest {

    @TempDir
    private Path directory;

    private RunningCommand start(String... more) {
        String[] args = new String[5 + more.length];
        args[0] = "node";
        args[1] = "--listen";
        args[2] = "127.0.0.1:0";
        args[3] = "--data";
        args[4] = directory.toString();
        System.arraycopy(more, 0, args, 5, more.length);
        return RunningCommand.start(args);
    }

    private static JsonNode get(String url) throws IOException {
        try (InputStream page = URI.create(url).toURL().openStream()) {
            return new ObjectMapper().readTree(page);
        }
    }

    @Test
    void debugPagesAreServedWhereAskedFor() throws Exception {
        try (RunningCommand node = start("--debug-http", "127.0.0.1:0")) {
            String address = node.awaitValue("address");
            String url = node.awaitValue("debug");

            assertThat(url).matches("http://127\\.0\\.0\\.1:[1-9]\\d*/debug/node");
            assertThat(get(url.replace("node", "identity")).get("address").textValue())
                    .isEqualTo(address);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:0", "0.0.0.0:0", "[::1]:0", "[::]:0", "localhost:0"})
    void theAddressOfTheDebugPagesThatIsPrintedAnswers(String listen) throws Exception {
        try (RunningCommand node = start("--debug-http", listen)) {
            assertThat(get(node.awaitValue("debug")).get("statistics").isObject())
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0:0", "[::]:0"})
    void aDebugAddressThatOthersReachIsWarnedOf(String listen) throws Exception {
        try (RunningCommand node = start("--debug-http", listen)) {
            String warning = node.err().awaitLine(line -> line.contains("debug pages"));

            assertThat(warning)
                    .startsWith("warning: the debug pages have no password, ")
                    .contains("--debug-http 127.0.0.1:");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:0", "[::1]:0"})
    void aDebugAddressOnLoopbackIsNotWarnedOf(String listen) throws Exception {
        try (RunningCommand node = start("--debug-http", listen)) {
            node.awaitValue("debug");
            node.stop();

            assertThat(node.err().all()).noneMatch(line -> line.contains("password"));
        }
    }

    @Test
    void whereTheDebugPagesAreIsInTheJsonToo() throws Exception {
        try (RunningCommand node = start("--debug-http", "127.0.0.1:0", "--json")) {
            JsonNode introduction = new ObjectMapper().readTree(node.out().next());
            assertThat(get(introduction.get("debug").textValue()).get("traffic").isObject())
                    .isTrue();
        }
    }

    @Test
    void echoProbesAreReturnedIfAskedFor() throws Exception {
        try (RunningCommand node = start("--echo-probe");
                DatagramSocket prober = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"))) {
            String listening = node.awaitValue("listening");
            int port = Integer.parseInt(listening.substring(listening.lastIndexOf(':') + 1));
            byte[] probe = {0, (byte) 0xEC, 1, 2, 3};
            prober.setSoTimeout(60_000);
            prober.send(new DatagramPacket(probe, probe.length, InetAddress.ofLiteral("127.0.0.1"), port));

            DatagramPacket echo = new DatagramPacket(new byte[100], 100);
            prober.receive(echo);
            assertThat(Arrays.copyOf(echo.getData(), echo.getLength())).isEqualTo(probe);
        }
    }

    @Test
    void aDebugPortThatIsTakenIsNamed() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String taken = "127.0.0.1:" + other.getLocalPort();
            Cli.Result result =
                    Cli.run("node", "--listen", "127.0.0.1:0", "--data", directory.toString(), "--debug-http", taken);

            assertThat(result.errLines())
                    .singleElement()
                    .asString()
                    .startsWith("no debug pages: cannot listen on " + taken + ": address already in use; ");
            assertThat(result.exitCode()).isEqualTo(4);
        }
    }

    @Test
    void aDebugAddressThatIsNoneIsNamed() {
        Cli.Result result = Cli.run("node", "--data", directory.toString(), "--debug-http", "127.0.0.1:x");

        assertThat(result.err()).startsWith("not a port: \"x\" in \"127.0.0.1:x\"");
        assertThat(result.exitCode()).isEqualTo(2);
    }

    @Test
    void aNodeJoinsAgainThroughItsSavedContacts() throws Exception {
        try (LocalNetwork network = LocalNetwork.of(3)) {
            try (RunningCommand node = start("--bootstrap", network.seed())) {
                node.out().awaitLine(line -> line.startsWith("peers "));
            }
            assertThat(directory.resolve("contacts")).content().contains("127.0.0.1:");
            assertThat(Files.readAllLines(directory.resolve("seen-peers"))).isNotEmpty();
            assertThat(Files.size(directory.resolve("records"))).isPositive();
            try (RunningCommand node = start()) {
                assertThat(node.out().awaitLine(line -> line.startsWith("peers ")))
                        .startsWith("peers ");
            }
        }
    }

    // ---- private networks -------------------------------------------------------------------------------------

    private static int contactsKeptOfOneSubnet(String... args) throws IOException, CommandException {
        ServingOptions options = new ServingOptions();
        new CommandLine(new Options(options)).parseArgs(args);
        try (DhtNode node = options.configure(DhtNode.builder())
                .identity(identity(0))
                .transport(new MemoryNetwork().newTransport())
                .build()) {
            for (int i = 1; i <= 20; i++) {
                Identity other = identity(i);
                Endpoint endpoint = Endpoint.of(new byte[] {10, 0, 0, (byte) i}, 4121);
                node.peers().add(new Contact(other.address(), other.nodeId(), endpoint));
            }
            return node.contacts().size();
        }
    }

    private static Identity identity(int number) {
        byte[] seed = new byte[32];
        seed[0] = (byte) number;
        return Identity.ofSeed(seed);
    }

    @CommandLine.Command
    private record Options(@CommandLine.Mixin ServingOptions options) {}

    @Test
    void aRateOfRoamingOutOfRangeIsRefusedByName() {
        ServingOptions options = new ServingOptions();
        new CommandLine(new Options(options)).parseArgs("--roam", "1001");
        assertThatThrownBy(() -> options.configure(DhtNode.builder()))
                .isInstanceOf(CommandException.class)
                .hasMessage("requests a second to walk the network: 1001; give 1 to 1000");
    }

    @Test
    void aPrivateNetworkMayHaveManyNodesInOneSubnet() throws IOException, CommandException {
        assertThat(contactsKeptOfOneSubnet()).isLessThanOrEqualTo(10);
        assertThat(contactsKeptOfOneSubnet("--private-network")).isEqualTo(20);
    }
}
