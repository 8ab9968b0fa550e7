package io.a2al.http;

import io.a2al.dht.DhtNode;
import io.a2al.http.mcp.StdioServer;
import io.a2al.http.mcp.ToolTable;
import io.a2al.http.node.NetworkReady;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * Serves the Model Context Protocol of a node over two streams, such as standard input and output of the process: one
 * JSON message on each line. The tools are those of {@code /mcp}. Stateless and thread-safe.
 */
public final class McpStdio {

    /**
     * How long calls that only read may take to be answered once the input has ended; longer than a lookup takes. So a
     * script may send its requests through a pipe, and a call that is never answered does not keep the process.
     */
    public static final Duration LAST_ANSWERS = Duration.ofSeconds(20);

    private McpStdio() {}

    /** Returns whether a call of the tool with this name may change something, here or in the network. */
    public static boolean isChange(String tool) {
        return ToolTable.isChange(tool);
    }

    /**
     * Serves until {@code in} ends, and what was asked before is answered. Nothing but messages is written to
     * {@code out}. Neither stream is closed, nor is the node.
     *
     * @param settings as for HTTP; there is no token, as the streams are those of one host
     * @throws IOException if the file of agents cannot be used; the message names the remedy
     * @throws InterruptedException if the thread is interrupted; then nothing more is read or written
     */
    public static void serve(DhtNode node, HttpSettings settings, InputStream in, OutputStream out)
            throws IOException, InterruptedException {
        // No address is served; the paths tell one all the same.
        InetSocketAddress none = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (NodeApi api = new NodeApi(node, settings, none)) {
            StdioServer.serve(
                    api.router(), new NetworkReady(node, System::nanoTime), settings.version(), in, out, LAST_ANSWERS);
        }
    }
}
