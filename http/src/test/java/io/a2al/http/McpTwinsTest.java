package io.a2al.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.http.mcp.McpTwins;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every tool asks a path that exists. */
class McpTwinsTest {

    @TempDir
    private Path directory;

    @Test
    void everyToolIsAPath() throws Exception {
        try (TestNetwork network = new TestNetwork(1, directory);
                HttpApi api = HttpApi.start(
                        network.last(),
                        new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0),
                        HttpSettings.of(directory.resolve("api.token"), "1.2.3"))) {
            List<String> paths = api.router().paths();
            assertThat(McpTwins.all()).isSubsetOf(paths);
        }
    }
}
