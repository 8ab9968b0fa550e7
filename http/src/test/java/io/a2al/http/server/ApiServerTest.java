package io.a2al.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.http.ApiSocket;
import io.a2al.http.limits.HttpLimits;
import io.a2al.http.route.ApiResult;
import io.a2al.http.route.Router;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ApiServerTest {

    private static final Duration NEVER = Duration.ofHours(1);

    private final CompletableFuture<IOException> failure = new CompletableFuture<>();

    /** Writes until it fails. */
    private void writeForEver(OutputStream out) {
        byte[] block = new byte[1 << 16];
        try {
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            failure.complete(e);
        }
    }

    private static ApiServer start(ServerSocketChannel socket, Router router, HttpLimits limits) throws IOException {
        return ApiServer.start(socket, limits, new ApiHandler(router, limits));
    }

    /** Whatever the idle timeout, which a client that reads a little at times does not run into. */
    @Test
    void aReaderThatDoesNotReadIsGivenUp() throws Exception {
        HttpLimits limits =
                HttpLimits.DEFAULT.withTimes(new HttpLimits.Times(NEVER, NEVER, NEVER, Duration.ofMillis(50)));
        Router router = Router.builder()
                .get("/long", _ -> ApiResult.streamed("text/plain", this::writeForEver))
                .build();
        ServerSocketChannel socket = ApiSocket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        try (ApiServer server = start(socket, router, limits);
                Socket client = new Socket()) {
            assertThat(server).isNotNull();
            client.setReceiveBufferSize(1 << 10);
            client.connect(socket.getLocalAddress());
            client.getOutputStream().write("GET /long HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(failure.get(20, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void whatFailsHereIsNotTold() throws Exception {
        Router router = Router.builder()
                .get("/broken", _ -> {
                    throw new IllegalStateException("a secret");
                })
                .build();
        ServerSocketChannel socket = ApiSocket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        try (ApiServer server = start(socket, router, HttpLimits.DEFAULT);
                Socket client = new Socket()) {
            assertThat(server).isNotNull();
            client.setSoTimeout(20_000);
            client.connect(socket.getLocalAddress());
            client.getOutputStream().write("GET /broken HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 500 ")
                    .contains("\"code\":\"internal\"")
                    .doesNotContain("secret");
        }
    }
}
