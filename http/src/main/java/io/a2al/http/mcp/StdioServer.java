package io.a2al.http.mcp;

import io.a2al.http.limits.LineReader;
import io.a2al.http.route.ApiException;
import io.a2al.http.route.Router;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpServerSession;
import io.modelcontextprotocol.spec.McpServerTransport;
import io.modelcontextprotocol.spec.McpServerTransportProvider;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * The transport over two streams, with one session: a JSON message on each line. Each request has a thread, so that
 * calls may wait and can be cancelled; only those that change something are carried out one after the other, in their
 * order. Thread-safe.
 */
public final class StdioServer {

    private static final Logger LOG = LoggerFactory.getLogger(StdioServer.class);

    /** Requests at a time; at the limit, the next line is read later. */
    private static final int MAX_CALLS = 64;

    private static final ThreadFactory THREADS =
            Thread.ofVirtual().name("a2al-mcp-", 0).factory();

    private static final Executor INLINE = Runnable::run;

    private final SdkJson json = new SdkJson();
    private final OutputStream out;
    private final Calls calls = new Calls(MAX_CALLS);
    private final ExecutorService reading = Executors.newThreadPerTaskExecutor(THREADS);
    private final ExecutorService changing = Executors.newSingleThreadExecutor(THREADS);
    private volatile @Nullable McpServerSession session;

    private StdioServer(OutputStream out) {
        this.out = out;
    }

    /**
     * Serves until {@code in} ends, and what was asked before is answered.
     *
     * @param lastAnswers how long calls that only read may take from then on; those that change something are carried
     *     out
     * @param ready whether the node knows enough of the network for its answers to be complete
     * @param version the version of the program
     * @throws InterruptedException if the thread is interrupted; then all calls end
     */
    public static void serve(
            Router router,
            BooleanSupplier ready,
            String version,
            InputStream in,
            OutputStream out,
            Duration lastAnswers)
            throws InterruptedException {
        StdioServer transport = new StdioServer(out);
        McpSyncServer server = new McpTools(router, ready, version)
                .addTo(McpServer.sync(transport.new Provider()))
                .immediateExecution(true)
                .build();
        try {
            transport.serve(in, lastAnswers);
        } finally {
            server.closeGracefully();
        }
    }

    private void serve(InputStream in, Duration lastAnswers) throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        // Reading from a stream cannot be interrupted, so that the process may have to end without this thread.
        Thread.ofPlatform().name("a2al-mcp-input").daemon().start(() -> {
            try {
                read(new LineReader(in));
            } catch (IOException | InterruptedException | RejectedExecutionException broken) {
                LOG.debug("The host's stream has failed", broken);
            } finally {
                ended.countDown();
            }
        });
        try {
            ended.await();
            reading.shutdown();
            var _ = reading.awaitTermination(lastAnswers.toNanos(), TimeUnit.NANOSECONDS);
            reading.shutdownNow();
            changing.close();
        } finally {
            reading.shutdownNow();
            changing.shutdownNow();
        }
    }

    private void read(LineReader in) throws IOException, InterruptedException {
        for (Optional<String> line = in.next(); line.isPresent(); line = in.next()) {
            if (!line.get().isBlank()) {
                for (JSONRPCMessage message : messages(line.get())) {
                    take(message);
                }
            }
        }
    }

    private List<JSONRPCMessage> messages(String line) {
        try {
            return RpcMessages.read(line, json, McpLimits.DEFAULT.batch());
        } catch (ApiException e) {
            Map<String, Object> error = new LinkedHashMap<>();
            error.put("code", McpSchema.ErrorCodes.PARSE_ERROR);
            error.put("message", String.valueOf(e.getMessage()));
            Map<String, @Nullable Object> answer = new LinkedHashMap<>();
            answer.put("jsonrpc", McpSchema.JSONRPC_VERSION);
            answer.put("id", null);
            answer.put("error", error);
            write(answer);
            return List.of();
        }
    }

    private void take(JSONRPCMessage message) throws InterruptedException {
        if (Calls.isCancellation(message)) {
            calls.cancel((JSONRPCNotification) message);
        } else if (message instanceof JSONRPCRequest request) {
            Call call = calls.add(request);
            boolean isChange =
                    RpcMessages.tool(request).filter(tool -> !tool.reading()).isPresent();
            // What follows needs the session that begins.
            boolean isFirst = request.method().equals(McpSchema.METHOD_INITIALIZE);
            (isFirst ? INLINE : isChange ? changing : reading).execute(() -> answer(request, call));
        } else {
            // A request that came too early goes on by the notification that the session has begun, on its thread.
            (calls.isEmpty() ? INLINE : reading).execute(() -> hear(message));
        }
    }

    private void answer(JSONRPCRequest request, Call call) {
        try {
            if (call.begin()) {
                handle(request);
            }
        } catch (CompletionException e) {
            send(RpcMessages.failure(request, e.getCause()));
        } finally {
            call.end();
            calls.remove(call);
        }
    }

    private void hear(JSONRPCMessage message) {
        try {
            handle(message);
        } catch (CompletionException e) {
            LOG.debug("A notification has failed", e);
        }
    }

    private void handle(JSONRPCMessage message) {
        Objects.requireNonNull(session, "the SDK makes it when the server is built")
                .handle(message)
                .toFuture()
                .join();
    }

    private void send(JSONRPCMessage message) {
        if (calls.isToBeSent(message)) {
            write(message);
        }
    }

    private void write(Object message) {
        try {
            byte[] line = (json.writeValueAsString(message) + "\n").getBytes(StandardCharsets.UTF_8);
            synchronized (out) {
                out.write(line);
                out.flush();
            }
        } catch (IOException gone) {
            // The end of its other stream tells that the host has gone.
            LOG.debug("The host does not read", gone);
        }
    }

    /** The transport as the SDK sees it. */
    private final class Provider implements McpServerTransportProvider {

        @Override
        public List<String> protocolVersions() {
            return McpTools.VERSIONS;
        }

        @Override
        public void setSessionFactory(McpServerSession.Factory factory) {
            session = factory.create(new Transport());
        }

        @Override
        public Mono<Void> notifyClients(String method, Object params) {
            McpServerSession only = session;
            return only == null ? Mono.empty() : only.sendNotification(method, params);
        }

        @Override
        public Mono<Void> closeGracefully() {
            McpServerSession only = session;
            return only == null ? Mono.empty() : only.closeGracefully();
        }
    }

    private final class Transport implements McpServerTransport {

        @Override
        public Mono<Void> sendMessage(JSONRPCMessage message) {
            return Mono.fromRunnable(() -> send(message));
        }

        @Override
        public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
            return json.convertValue(data, type);
        }

        @Override
        public Mono<Void> closeGracefully() {
            return Mono.empty();
        }
    }
}
