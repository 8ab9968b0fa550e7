package io.a2al.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How commands use host names: all addresses of each, and names that cannot be resolved at present. */
@Timeout(120)
class HostNamesTest {

    private static final String ADDRESS = "A056475aa75463474C0285df5Dbf2bcAB73Da65135";

    @TempDir
    private Path directory;

    private RunningCommand node(String listen, String... more) {
        String[] args = new String[7 + more.length];
        args[0] = "node";
        args[1] = "--listen";
        args[2] = listen;
        args[3] = "--data";
        args[4] = directory.toString();
        args[5] = "--api";
        args[6] = "none";
        System.arraycopy(more, 0, args, 7, more.length);
        return RunningCommand.start(args);
    }

    @Test
    void theNamesOfTestsHaveTheAddressesThatTheyAreSaidToHave() throws Exception {
        assertThat(InetAddress.getAllByName(TestNames.DEAD_AND_LIVING))
                .extracting(InetAddress::getHostAddress)
                .containsExactly("127.0.0.9", "127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {TestNames.DEAD_AND_LIVING, TestNames.BOTH_FAMILIES})
    void allAddressesOfANameAreAsked(String name) throws Exception {
        try (LocalNetwork network = LocalNetwork.of(2)) {
            String seed = name + ":" + network.get(0).localEndpoint().port();

            assertThat(Cli.run("ping", seed).value("address"))
                    .isEqualTo(network.get(0).address().toString());
            assertThat(Cli.run("resolve", ADDRESS, "--bootstrap", seed).err())
                    .startsWith("no endpoint record of " + ADDRESS + " found (asked 2, answered 2");
            try (RunningCommand node = node("127.0.0.1:0", "--bootstrap", seed)) {
                assertThat(node.out().awaitLine(line -> line.startsWith("peers ")))
                        .startsWith("peers ");
            }
            Cli.Result load = Cli.run(
                    "bench", "load", seed, "--mode", "ping", "--duration", "1", "--warmup", "0", "--rate", "20");
            assertThat(load.err()).isEmpty();
        }
    }

    @Test
    void aNodeStartsWithASeedThatCannotBeResolvedNow() throws Exception {
        try (RunningCommand node = node("127.0.0.1:0", "--bootstrap", TestNames.UNKNOWN + ":4121")) {
            assertThat(node.awaitValue("listening")).startsWith("127.0.0.1:");
            assertThat(node.stop()).isZero();
        }
    }

    @Test
    void commandsThatNeedTheNameNowFailAndMayBeRepeated() {
        for (String[] command : new String[][] {
            {"ping", TestNames.UNKNOWN},
            {"discover", "ai/demo", "--bootstrap", TestNames.UNKNOWN},
            {"node", "--listen", TestNames.UNKNOWN, "--data", directory.toString()},
            {"conformance", "node", TestNames.UNKNOWN}
        }) {
            Cli.Result result = Cli.run(command);
            assertThat(result.errLines())
                    .containsExactly(
                            "cannot resolve host \"" + TestNames.UNKNOWN + "\"; check the name or give an IP address");
            assertThat(result.exitCode()).isEqualTo(3);
        }
    }

    @Test
    void oneSeedThatCannotBeResolvedHidesNoOther() throws Exception {
        try (LocalNetwork network = LocalNetwork.of(2)) {
            assertThat(Cli.run("resolve", ADDRESS, "--bootstrap", TestNames.UNKNOWN, "--bootstrap", network.seed())
                            .err())
                    .startsWith("no endpoint record of ");
        }
    }

    @Test
    void aNodeThatIsItsOwnSeedSaysSo() throws Exception {
        int port = freePort();
        String byName = TestNames.BOTH_FAMILIES + ":" + port;
        try (RunningCommand node = node("0.0.0.0:" + port, "--bootstrap", "127.0.0.1:" + port, "--bootstrap", byName)) {
            assertThat(node.err().next())
                    .isEqualTo("only this node itself is at 127.0.0.1:" + port + ", " + byName
                            + "; name another with --bootstrap HOST:PORT. This node keeps trying");
        }
    }

    private static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            return socket.getLocalPort();
        }
    }
}
