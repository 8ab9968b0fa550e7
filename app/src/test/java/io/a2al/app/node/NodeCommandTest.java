package io.a2al.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.a2al.app.Cli;
import io.a2al.app.LocalNetwork;
import io.a2al.app.RunningCommand;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class NodeCommandTest {

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

    @Test
    void aNodeIntroducesItselfAndAnswersUntilItIsStopped() throws Exception {
        try (RunningCommand node = start()) {
            String address = node.out().next();
            String nodeId = node.out().next();
            String listening = node.out().next();

            assertThat(address).matches("address  [aA]0[0-9a-fA-F]{40}");
            assertThat(nodeId).isEqualTo("node id  " + NodeId.ofAddress(Address.parse(address.substring(9))));
            assertThat(listening).matches("listening  127\\.0\\.0\\.1:\\d+");
            assertThat(Cli.run("ping", listening.substring(11)).value("address"))
                    .isEqualTo(address.substring(9));
            assertThat(node.stop()).as(() -> node.err().all().toString()).isZero();
            assertThat(node.out().awaitLine("stopped"::equals)).isEqualTo("stopped");
        }
    }

    @Test
    void theIdentitySurvivesARestart() throws Exception {
        String first;
        try (RunningCommand node = start()) {
            first = node.awaitValue("address");
        }
        try (RunningCommand node = start()) {
            assertThat(node.awaitValue("address")).isEqualTo(first);
        }
    }

    @Test
    void allAddressesAreWrittenAsTheyWereAskedFor() throws Exception {
        try (RunningCommand node =
                RunningCommand.start("node", "--listen", "0.0.0.0:0", "--data", directory.toString())) {
            assertThat(node.awaitValue("listening")).matches("0\\.0\\.0\\.0:[1-9]\\d*");
        }
    }

    @Test
    void aNodeSaysWhenItHasPeers() throws Exception {
        try (LocalNetwork network = LocalNetwork.of(2);
                RunningCommand node = start("--bootstrap", network.seed())) {
            assertThat(node.out().awaitLine(line -> line.startsWith("peers ")))
                    .matches("peers [1-9]\\d*  records \\d+  requests \\d+\\.\\d/s");
        }
    }

    @Test
    void aNodeWritesJsonLines() throws Exception {
        try (LocalNetwork network = LocalNetwork.of(2);
                RunningCommand node = start("--bootstrap", network.seed(), "--json")) {
            JsonNode introduction = new ObjectMapper().readTree(node.out().next());
            JsonNode status = new ObjectMapper().readTree(node.out().next());

            Address address = Address.parse(introduction.get("address").textValue());
            assertThat(introduction.get("node_id").textValue())
                    .isEqualTo(NodeId.ofAddress(address).toString());
            assertThat(introduction.get("listen").textValue()).matches("127\\.0\\.0\\.1:\\d+");
            assertThat(status.get("peers").intValue()).isPositive();
            assertThat(status.get("records").isInt()).isTrue();
            assertThat(status.get("requests_per_second").isNumber()).isTrue();
        }
    }

    // ---- what can go wrong ------------------------------------------------------------------------------------

    private static void assertFailed(Cli.Result result, String line) {
        assertThat(result.errLines()).containsExactly(line);
        assertThat(result.out()).isEmpty();
        assertThat(result.exitCode()).isEqualTo(4);
    }

    @Test
    void aTakenPortIsNamed() throws Exception {
        try (DatagramSocket other = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            int port = other.getLocalPort();

            assertFailed(
                    Cli.run("node", "--listen", "127.0.0.1:" + port, "--data", directory.toString()),
                    "cannot listen on 127.0.0.1:" + port + ": address already in use; stop the other program or choose"
                            + " another port with --listen HOST:PORT");
        }
    }

    @Test
    void anAddressOfAnotherMachineIsNamed() {
        Cli.Result result = Cli.run("node", "--listen", "203.0.113.7:4121", "--data", directory.toString());

        assertThat(result.err())
                .startsWith("cannot listen on 203.0.113.7:4121: ")
                .endsWith("; choose an address of this machine and a port it may use with --listen HOST:PORT"
                        + System.lineSeparator());
        assertThat(result.errLines()).hasSize(1);
        assertThat(result.exitCode()).isEqualTo(4);
    }

    @Test
    void aDataDirectoryServesOneNode() throws Exception {
        try (RunningCommand node = start()) {
            node.awaitValue("listening");

            assertFailed(
                    Cli.run("node", "--listen", "127.0.0.1:0", "--data", directory.toString()),
                    "data directory " + directory
                            + " is in use by another node; stop that node, or give this one another directory");
        }
    }

    @Test
    void aDamagedIdentityIsNotReplaced() throws Exception {
        Path file = directory.resolve("identity.key");
        Files.writeString(file, "a2al identity 1\n00\nnonsense\n");

        assertFailed(
                Cli.run("node", "--listen", "127.0.0.1:0", "--data", directory.toString()),
                "identity file " + file
                        + " is damaged; restore it from a backup, or move it away to get a new identity and address");
        assertThat(file).hasContent("a2al identity 1\n00\nnonsense\n");
    }

    @Test
    void aDirectoryThatCannotBeMadeIsNamed() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));
        Path below = file.resolve("data");

        Cli.Result result = Cli.run("node", "--listen", "127.0.0.1:0", "--data", below.toString());

        assertThat(result.errLines())
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .startsWith("data directory " + below + " cannot be written: ")
                        .endsWith("; give the node's user access to it, or choose another directory"));
        assertThat(result.out()).isEmpty();
        assertThat(result.exitCode()).isEqualTo(4);
    }
}
