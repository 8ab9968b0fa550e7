package io.a2al.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.a2al.app.cli.StandardOutput;
import io.a2al.app.inspect.Packets;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a script gets when a command fails, or its output cannot be written, or is not wanted to its end. */
@Timeout(120)
class OutputFailureTest {

    private static final String ADDRESS = "A056475aa75463474C0285df5Dbf2bcAB73Da65135";

    private static final String UNWRITTEN =
            "standard output cannot be written; check the disk or the program that reads it";

    @TempDir
    private Path directory;

    /** Like a full disk, or a pipe without a reader. */
    private static final class FailingStream extends OutputStream {

        @Override
        public void write(int b) throws IOException {
            throw new IOException("cannot be written");
        }
    }

    private Cli.Result run(PrintWriter out, String command) {
        String[] args =
                command.replace("DIR", directory.resolve("new").toString()).split(" ");
        StringWriter err = new StringWriter();
        int exitCode = Main.commandLine(new ByteArrayInputStream(new byte[0]), args)
                .setOut(out)
                .setErr(new PrintWriter(err))
                .execute(args);
        return new Cli.Result(exitCode, "", err.toString());
    }

    private static StandardOutput failing(boolean isPipe) {
        return new StandardOutput(new FailingStream(), StandardCharsets.UTF_8, () -> isPipe);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--version",
                "node --help",
                "id new --data DIR",
                "id new --data DIR --json",
                "demo --nodes 4",
                "sim --nodes 2 --records 1 --duration 1s"
            })
    void outputThatCannotBeWrittenIsAFailure(String command) {
        for (PrintWriter out : List.of(new PrintWriter(new FailingStream()), failing(false))) {
            Cli.Result result =
                    run(out, command.replace("DIR", "DIR" + out.getClass().getSimpleName()));

            assertThat(result.errLines()).last().isEqualTo(UNWRITTEN);
            assertThat(result.exitCode()).isEqualTo(4);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--version",
                "node --help",
                "id new --data DIR",
                "id new --data DIR --json",
                "demo --nodes 4",
                "sim --nodes 10 --duration 1m"
            })
    void aReaderThatHasEnoughIsNoFailure(String command) {
        Cli.Result result = run(failing(true), command);

        assertThat(result.err()).doesNotContain(UNWRITTEN);
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void aReaderThatHasEnoughDoesNotChangeTheAnswer() {
        assertThat(run(failing(true), "inspect ff").exitCode()).isEqualTo(1);
    }

    /** Starts the program so that it writes nothing before it is given its input. */
    private static ProcessBuilder inspecting() {
        return new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "inspect",
                "-");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "a write to a closed pipe fails otherwise there")
    void aPipeWithoutAReaderEndsTheProgramSilently() throws Exception {
        Process process = inspecting().start();
        process.getInputStream().close();
        try (Writer input = process.outputWriter()) {
            input.write(Packets.PING);
        }

        assertThat(process.errorReader().readAllAsString()).isEmpty();
        assertThat(process.waitFor()).isZero();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFullDeviceEndsTheProgramWithAFailure() throws Exception {
        Process process =
                inspecting().redirectOutput(Path.of("/dev/full").toFile()).start();
        try (Writer input = process.outputWriter()) {
            input.write(Packets.PING);
        }

        assertThat(process.errorReader().readAllAsString().strip()).isEqualTo(UNWRITTEN);
        assertThat(process.waitFor()).isEqualTo(4);
    }

    @Test
    void eventsEndWhenTheyCannotBeWritten() throws Exception {
        try (StubNode node = new StubNode()) {
            node.answer("GET /v1/events", 200, "id: 4\nevent: mail\ndata: {}\n\n");

            for (boolean isPipe : new boolean[] {true, false}) {
                Cli.Result result = Cli.inside(node.environment(), Cli.NO_DNS, () -> run(failing(isPipe), "events"));
                assertThat(result.errLines()).isEqualTo(isPipe ? List.of() : List.of(UNWRITTEN));
                assertThat(result.exitCode()).isEqualTo(isPipe ? 0 : 4);
            }
        }
    }

    @Test
    void aNetworkThatCannotBeReachedIsAJsonErrorToo() throws Exception {
        try (DatagramSocket silent = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            String seed = "127.0.0.1:" + silent.getLocalPort();
            Cli.Result result = Cli.run("resolve", ADDRESS, "--bootstrap", seed, "--json");

            String line = "no answer from " + seed + "; is a node running there?";
            assertThat(result.errLines()).containsExactly(line);
            assertThat(result.json().get("error").textValue()).isEqualTo(line);
            assertThat(result.exitCode()).isEqualTo(3);
        }
    }

    @Test
    void anyFailureIsAJsonError() throws Exception {
        for (String command : new String[] {
            "id show --data DIR --json",
            "discover ai/demo --json --bootstrap " + TestNames.UNKNOWN,
            "ping --json 127.0.0.1:0",
            "mail read --data DIR --json --bootstrap 127.0.0.1",
            "node --json --data DIR/file --listen 127.0.0.1:99999"
        }) {
            Cli.Result result =
                    Cli.run(command.replace("DIR", directory.toString()).split(" "));
            JsonNode error = result.json().get("error");
            assertThat(result.err()).as(command).startsWith(error.textValue());
            assertThat(result.exitCode()).isPositive();
        }
    }
}
