package io.a2al.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.app.Cli;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TimeoutOptionTest {

    @ParameterizedTest
    @CsvSource({"10,10000", "10s,10000", "500ms,500", "2m,120000", "1h,3600000"})
    void aTimeHasAUnit(String text, long milliseconds) {
        assertThat(new TimeoutOption.Time().convert(text)).isEqualTo(Duration.ofMillis(milliseconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "soon", "10 s", "9999999999s"})
    void whatIsNoTimeIsWrongUse(String text) {
        Cli.Result result = Cli.run("ping", "127.0.0.1:1", "--timeout=" + text);

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("'" + text + "' is no time; write for example 10s, 500ms or 2m");
    }

    /** Each would wait for much longer by itself. */
    @Test
    void aCommandThatWaitsEndsInTime() throws Exception {
        try (DatagramSocket silent = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            String seed = "127.0.0.1:" + silent.getLocalPort();
            Cli.Result result = Cli.run("discover", "ai/demo", "--bootstrap", seed, "--timeout", "20ms", "--json");

            assertThat(result.exitCode()).isEqualTo(3);
            assertThat(result.json().get("error").textValue()).startsWith("no result within 20 ms; allow more");
            assertThat(Thread.interrupted()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo --nodes 200",
                "bench start --times 1000",
                "bench idle",
                "bench local --only ping",
                "bench memory",
                "bench crash",
                "bench load SILENT --duration 60",
                "conformance node SILENT --answer-within 60"
            })
    void aCommandThatWorksEndsInTime(String command) throws Exception {
        try (DatagramSocket silent = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            String line = command.replace("SILENT", "127.0.0.1:" + silent.getLocalPort()) + " --timeout 20ms --json";
            Cli.Result result = Cli.run(line.split(" "));

            assertThat(result.exitCode()).as(result.err()).isEqualTo(3);
            assertThat(result.json().get("error").textValue())
                    .startsWith("no result within 20 ms; allow more with --timeout");
            assertThat(Thread.interrupted()).isFalse();
        }
    }
}
