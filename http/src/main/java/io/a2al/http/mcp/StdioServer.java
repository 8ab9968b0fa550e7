package io.a2al.http.mcp;

import io.a2al.http.route.Router;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;

/** The transport of the SDK over two streams. Stateless and thread-safe. */
public final class StdioServer {

    /** Longest message, in characters; as over HTTP. */
    private static final int MAX_MESSAGE = 1 << 20;

    private StdioServer() {}

    /**
     * Serves until {@code in} ends.
     *
     * @param ready whether the node knows enough of the network for its answers to be complete
     * @param version the version of the program
     */
    public static void serve(Router router, BooleanSupplier ready, String version, InputStream in, OutputStream out)
            throws InterruptedException {
        Watched watched = new Watched(in);
        StdioServerTransportProvider provider =
                new StdioServerTransportProvider(new SdkJson(), watched, out, MAX_MESSAGE) {
                    @Override
                    public List<String> protocolVersions() {
                        return McpTools.VERSIONS;
                    }
                };
        McpSyncServer server = new McpTools(router, ready, version)
                .addTo(McpServer.sync(provider))
                .build();
        try {
            watched.ended.await();
        } finally {
            server.closeGracefully();
        }
    }

    /** A stream whose end is told. */
    private static final class Watched extends FilterInputStream {

        private final CountDownLatch ended = new CountDownLatch(1);

        Watched(InputStream in) {
            super(in);
        }

        private int told(int count) {
            if (count < 0) {
                ended.countDown();
            }
            return count;
        }

        @Override
        public int read() throws IOException {
            return told(super.read());
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            try {
                return told(super.read(target, offset, length));
            } catch (IOException broken) {
                ended.countDown();
                throw broken;
            }
        }
    }
}
