package io.a2al.app.node;

import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.Output;
import io.a2al.app.cli.ProjectVersion;
import io.a2al.app.cli.StopSignal;
import io.a2al.dht.DhtNode;
import io.a2al.dht.transport.Endpoints;
import io.a2al.http.HttpApi;
import io.a2al.http.HttpSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Shows a node of the demonstration in a browser. Stateless. */
final class DemoPages {

    /** Where it is shown unless another address is given. */
    static final String USUAL_ADDRESS = "127.0.0.1:2121";

    private static final Duration TICK = Duration.ofSeconds(1);

    private DemoPages() {}

    /** Serves until the program is to stop. The token is not told, as this machine needs none. */
    static void show(DhtNode node, InetSocketAddress address, Output output) throws CommandException, IOException {
        Path folder = Files.createTempDirectory("a2al-demo");
        Path token = folder.resolve("api.token");
        try (StopSignal stop = StopSignal.install();
                HttpApi api = HttpApi.start(node, address, HttpSettings.of(token, ProjectVersion.number()))) {
            output.warn("the network runs on, and is shown at http://" + Endpoints.text(Endpoints.of(api.address()))
                    + "/ until Ctrl-C");
            while (!stop.await(TICK)) {
                // Requests are answered by threads of the server.
            }
        } catch (IllegalArgumentException e) {
            throw CommandException.wrongUse(e);
        } finally {
            Files.deleteIfExists(token);
            Files.deleteIfExists(folder);
        }
    }
}
