package io.a2al.http;

import io.a2al.dht.DhtNode;
import io.a2al.dht.transport.Endpoints;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A few nodes in memory, the last of which is served over HTTP. */
final class ServedNetwork implements AutoCloseable {

    private static final InetSocketAddress FREE = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);

    private final TestNetwork network;
    private final Path token;
    private final HttpApi api;

    ServedNetwork(int size, Path directory) throws IOException, InterruptedException {
        network = new TestNetwork(size, directory);
        token = directory.resolve("api.token");
        api = HttpApi.start(network.last(), FREE, HttpSettings.of(token, "1.2.3"));
    }

    DhtNode get(int index) {
        return network.get(index);
    }

    /** The node that is served. */
    DhtNode last() {
        return network.last();
    }

    /** Sends a request with the token; a body is said to be JSON. */
    PlainRequest.Answer ask(String method, String path, String accept, String body) throws IOException {
        List<String> headers =
                new ArrayList<>(List.of("Authorization: Bearer " + Files.readString(token), "Accept: " + accept));
        if (!body.isEmpty()) {
            headers.add("Content-Type: application/json");
        }
        URI uri = URI.create("http://" + Endpoints.text(api.address()) + path);
        return new PlainRequest(method, uri, headers, body).send();
    }

    @Override
    public void close() {
        api.close();
        network.close();
    }
}
