package io.a2al.http;

import io.a2al.dht.DhtNode;
import io.a2al.http.mcp.StdioServer;
import io.a2al.http.node.NetworkReady;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Serves the Model Context Protocol of a node over two streams, such as standard input and output of the process: one
 * JSON message on each line. The tools are those of {@code /mcp}. Stateless and thread-safe.
 */
public final class McpStdio {

    private McpStdio() {}

    /**
     * Serves until {@code in} ends. Nothing but messages is written to {@code out}. Neither stream is closed, nor is
     * the node.
     *
     * @param settings as for HTTP; there is no token, as the streams are those of one host
     * @throws InterruptedException if the thread is interrupted; then nothing more is read or written
     */
    public static void serve(DhtNode node, HttpSettings settings, InputStream in, OutputStream out)
            throws InterruptedException {
        StdioServer.serve(
                HttpApi.routes(node, settings).build(),
                new NetworkReady(node, System::nanoTime),
                settings.version(),
                in,
                out);
    }
}
