package io.a2al.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a script gets when a command fails, or its output cannot be written. */
@Timeout(120)
class OutputFailureTest {

    private static final String ADDRESS = "A056475aa75463474C0285df5Dbf2bcAB73Da65135";

    @TempDir
    private Path directory;

    /** Like a full disk. */
    private static final class FullWriter extends Writer {

        @Override
        public void write(char[] from, int offset, int length) throws IOException {
            throw new IOException("no space left on device");
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    private static Cli.Result runWithFullDisk(String... args) {
        StringWriter err = new StringWriter();
        int exitCode = Main.commandLine(new ByteArrayInputStream(new byte[0]), args)
                .setOut(new PrintWriter(new FullWriter()))
                .setErr(new PrintWriter(err))
                .execute(args);
        return new Cli.Result(exitCode, "", err.toString());
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
        Cli.Result result = runWithFullDisk(
                command.replace("DIR", directory.resolve("new").toString()).split(" "));

        assertThat(result.errLines())
                .last()
                .isEqualTo("standard output cannot be written; check the disk or the program that reads it");
        assertThat(result.exitCode()).isEqualTo(4);
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
