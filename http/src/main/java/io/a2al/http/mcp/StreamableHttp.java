package io.a2al.http.mcp;

import io.a2al.http.access.AccessHandler;
import io.a2al.http.route.ApiException;
import io.a2al.http.route.ErrorCode;
import io.a2al.http.server.BodyReader;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.spec.HttpHeaders;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.InitializeRequest;
import io.modelcontextprotocol.spec.McpSchema.InitializeResult;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpStreamableServerSession.McpStreamableServerSessionInit;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.LongSupplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * The transport "Streamable HTTP" over Jetty: answers are server-sent events, of which few are kept for a short time,
 * for clients that lost their connection (daemon-api.md 5, A-09). Each request has a thread, so that calls may wait.
 * What the SDK returns is waited for as a future: {@code Mono.block} is annotated by a library that is not here, of
 * which the compiler warns. Thread-safe.
 */
final class StreamableHttp implements AutoCloseable {

    private static final String EVENTS = "text/event-stream";
    private static final String JSON = "application/json";
    private static final String ALLOWED = "DELETE, GET, POST";

    private final SdkJson json = new SdkJson();
    private final McpLimits limits;
    private final LongSupplier nanos;
    private final BodyReader bodies;
    private final McpSessions sessions;
    private final HttpProvider provider;
    private final McpSyncServer server;

    StreamableHttp(McpTools tools, McpLimits limits, BodyReader bodies, LongSupplier nanos) {
        this.limits = limits;
        this.nanos = nanos;
        this.bodies = bodies;
        this.sessions = new McpSessions(limits, nanos);
        this.provider = new HttpProvider(sessions);
        // Calls run on the thread that brings them: a virtual one.
        this.server =
                tools.addTo(McpServer.sync(provider)).immediateExecution(true).build();
    }

    /** Answers a request that is allowed to be made. */
    void answer(Request request, Response response, Callback callback) throws IOException, InterruptedException {
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        try {
            switch (HttpMethod.fromString(request.getMethod())) {
                case POST -> post(request, response, callback);
                case GET -> listen(request, response, callback);
                case DELETE -> delete(request, response, callback);
                case null, default -> {
                    response.getHeaders().put(HttpHeader.ALLOW, ALLOWED);
                    throw ApiException.of(
                            ErrorCode.METHOD_NOT_ALLOWED,
                            request.getMethod() + " is not a method of this path; use " + ALLOWED);
                }
            }
        } catch (ApiException e) {
            Response.writeError(request, response, callback, e.toResult().status(), e.getMessage());
        }
    }

    private void post(Request request, Response response, Callback callback)
            throws ApiException, IOException, InterruptedException {
        requireAccepted(request, JSON);
        requireAccepted(request, EVENTS);
        requireVersion(request);
        List<JSONRPCMessage> messages = RpcMessages.read(
                new String(bodies.read(request).toArray(), StandardCharsets.UTF_8), json, limits.batch());
        Optional<String> id = sessionId(request);
        if (id.isPresent()) {
            answer(session(id.get()), messages, McpTools.context(AccessHandler.isLocal(request)), response, callback);
        } else if (messages.size() == 1
                && messages.getFirst() instanceof JSONRPCRequest first
                && first.method().equals(McpSchema.METHOD_INITIALIZE)) {
            initialize(first, response, callback);
        } else if (messages.stream().allMatch(StreamableHttp::isPing)) {
            EventStream stream = new EventStream(json, 0);
            messages.forEach(ping -> stream.add(JSONRPCResponse.result(((JSONRPCRequest) ping).id(), Map.of())));
            stream.end();
            write(stream, EventStream.START, false, () -> {}, response, callback);
        } else {
            throw ApiException.invalid(HttpHeaders.MCP_SESSION_ID + ": missing; send initialize first, alone");
        }
    }

    private static boolean isPing(JSONRPCMessage message) {
        return message instanceof JSONRPCRequest request && request.method().equals(McpSchema.METHOD_PING);
    }

    private void initialize(JSONRPCRequest request, Response response, Callback callback)
            throws ApiException, InterruptedException {
        InitializeRequest wish;
        try {
            wish = json.convertValue(request.params(), InitializeRequest.class);
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid("params: not those of initialize");
        }
        if (wish == null || wish.protocolVersion() == null) {
            throw ApiException.invalid("params.protocolVersion: missing; give one of " + McpTools.VERSIONS);
        }
        McpStreamableServerSessionInit made = provider.begin(wish);
        InitializeResult result = made.initResult().toFuture().join();
        JSONRPCResponse answer = JSONRPCResponse.result(request.id(), result);
        McpSession session = new McpSession(made.session(), json, result.protocolVersion(), limits);
        if (!sessions.add(session)) {
            throw ApiException.of(
                    ErrorCode.UNAVAILABLE, limits.sessions() + " sessions are in use; end one, and try again");
        }
        EventStream stream = session.newStream();
        stream.add(answer);
        stream.end();
        response.getHeaders().put(HttpHeaders.MCP_SESSION_ID, session.id());
        write(stream, EventStream.START, false, () -> sessions.release(session), response, callback);
    }

    /** Answers messages in a session, which it releases. */
    private void answer(
            McpSession session,
            List<JSONRPCMessage> messages,
            McpTransportContext context,
            Response response,
            Callback callback)
            throws ApiException, InterruptedException {
        if (messages.stream().noneMatch(JSONRPCRequest.class::isInstance)) {
            try {
                messages.forEach(message -> hear(session, message));
            } finally {
                sessions.release(session);
            }
            response.setStatus(HttpStatus.ACCEPTED_202);
            callback.succeeded();
            return;
        }
        // Known before the answer begins, so that a client which cancels then does not come too early.
        Optional<List<Call>> calls = session.calls()
                .tryAdd(messages.stream()
                        .filter(JSONRPCRequest.class::isInstance)
                        .map(JSONRPCRequest.class::cast)
                        .toList());
        if (calls.isEmpty()) {
            sessions.release(session);
            throw ApiException.of(
                    ErrorCode.TOO_MANY,
                    "requests of this session without answer: " + limits.calls()
                            + " is the limit; wait for answers, or cancel requests");
        }
        EventStream stream = session.newStream();
        Thread worker = Thread.ofVirtual()
                .name("a2al-mcp")
                .unstarted(() -> work(session, messages, calls.get(), context, stream));
        session.answers().add(stream, worker, nanos.getAsLong());
        worker.start();
        write(stream, EventStream.START, session.isPrimed(), () -> leave(session, stream), response, callback);
    }

    /** If the client has gone before the end, the call goes on if it may come back for the answer. */
    private void leave(McpSession session, EventStream stream) {
        session.answers().leave(stream, session.isPrimed() || stream.isBegun(), nanos.getAsLong());
        sessions.release(session);
    }

    /** The calls are those of the messages that are requests, in their order. */
    private void work(
            McpSession session,
            List<JSONRPCMessage> messages,
            List<Call> calls,
            McpTransportContext context,
            EventStream stream) {
        Iterator<Call> left = calls.iterator();
        try {
            for (int i = 0; i < messages.size() && !stream.hasEnded(); i++) {
                if (messages.get(i) instanceof JSONRPCRequest request) {
                    answer(session, request, left.next(), context, stream);
                } else {
                    hear(session, messages.get(i));
                }
            }
        } catch (InterruptedException ended) {
            // The session has ended, or its client did not come back for the answer.
        } finally {
            calls.forEach(session.calls()::remove);
            stream.end();
        }
    }

    /** Answers a request unless it is cancelled. */
    private void answer(
            McpSession session, JSONRPCRequest request, Call call, McpTransportContext context, EventStream stream)
            throws InterruptedException {
        try {
            if (call.begin()) {
                answer(session, request, context, stream);
            }
        } catch (InterruptedException ended) {
            if (!call.isCancelled()) {
                throw ended;
            }
        } finally {
            call.end();
            session.calls().remove(call);
        }
    }

    /** Answers a request. Calls of a session that change something wait for each other. */
    private void answer(McpSession session, JSONRPCRequest request, McpTransportContext context, EventStream stream)
            throws InterruptedException {
        Optional<McpTool> tool = RpcMessages.tool(request);
        boolean isChange = tool.isPresent() && !tool.get().reading();
        SdkStream transport = new SdkStream(
                stream,
                session.calls(),
                json,
                false,
                tool.filter(McpTool::isSecret).isEmpty());
        if (isChange) {
            session.changing().lockInterruptibly();
        }
        try {
            session.sdk()
                    .responseStream(transport)
                    .handle(request)
                    .contextWrite(about -> about.put(McpTransportContext.KEY, context))
                    .toFuture()
                    .join();
        } catch (CompletionException e) {
            transport
                    .sendMessage(RpcMessages.failure(request, e.getCause()))
                    .toFuture()
                    .join();
        } finally {
            if (isChange) {
                session.changing().unlock();
            }
        }
    }

    /** The server asks nothing, so that there are no answers to wait for; of notifications two matter. */
    private static void hear(McpSession session, JSONRPCMessage message) {
        if (Calls.isCancellation(message)) {
            session.calls().cancel((JSONRPCNotification) message);
        } else if (message instanceof JSONRPCNotification notification
                && notification.method().equals(McpSchema.METHOD_NOTIFICATION_INITIALIZED)) {
            session.sdk().accept(notification).toFuture().join();
        }
    }

    private void listen(Request request, Response response, Callback callback)
            throws ApiException, InterruptedException {
        requireAccepted(request, EVENTS);
        McpSession session = session(requireSessionId(request));
        Optional<AnswerStreams.Resumption> resumed = Optional.ofNullable(
                        request.getHeaders().get(HttpHeaders.LAST_EVENT_ID))
                .flatMap(session.answers()::after);
        if (resumed.isPresent()) {
            EventStream stream = resumed.get().stream();
            write(stream, resumed.get().after(), false, () -> leave(session, stream), response, callback);
            return;
        }
        McpSession.Listening listening = session.listen();
        Runnable atEnd = () -> {
            listening.sdk().releaseTransport();
            sessions.release(session);
        };
        write(listening.stream(), EventStream.START, false, atEnd, response, callback);
    }

    /** Writes a stream until it ends; then runs {@code atEnd}, before the client can know of the end. */
    private void write(
            EventStream stream, int after, boolean isPrimed, Runnable atEnd, Response response, Callback callback)
            throws InterruptedException {
        response.setStatus(HttpStatus.OK_200);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, EVENTS);
        try (OutputStream out = Content.Sink.asOutputStream(response)) {
            try {
                stream.writeTo(out, after, isPrimed, limits.keepAlive());
            } finally {
                atEnd.run();
            }
        } catch (IOException | RuntimeException gone) {
            callback.failed(gone);
            return;
        }
        callback.succeeded();
    }

    private void delete(Request request, Response response, Callback callback) throws ApiException {
        if (!sessions.remove(requireSessionId(request))) {
            throw noSuchSession();
        }
        response.setStatus(HttpStatus.NO_CONTENT_204);
        callback.succeeded();
    }

    private McpSession session(String id) throws ApiException {
        return sessions.use(id).orElseThrow(StreamableHttp::noSuchSession);
    }

    private static ApiException noSuchSession() {
        return ApiException.of(ErrorCode.NOT_FOUND, "no such session, or it has ended; send initialize again");
    }

    private static Optional<String> sessionId(Request request) {
        return Optional.ofNullable(request.getHeaders().get(HttpHeaders.MCP_SESSION_ID));
    }

    private static String requireSessionId(Request request) throws ApiException {
        return sessionId(request)
                .orElseThrow(
                        () -> ApiException.invalid(HttpHeaders.MCP_SESSION_ID + ": missing; send initialize first"));
    }

    private static void requireVersion(Request request) throws ApiException {
        String version = request.getHeaders().get(HttpHeaders.PROTOCOL_VERSION);
        // A request to initialize may name any version; the answer to it names the one to go on with. So may one for a
        // stream, as clients open it before they have read that answer.
        if (version != null && sessionId(request).isPresent() && !McpTools.VERSIONS.contains(version)) {
            throw ApiException.invalid(HttpHeaders.PROTOCOL_VERSION + ": " + version
                    + " is not spoken here; use one of " + McpTools.VERSIONS);
        }
    }

    private static void requireAccepted(Request request, String type) throws ApiException {
        String range = type.substring(0, type.indexOf('/') + 1) + "*";
        boolean accepted = request.getHeaders().getQualityCSV(HttpHeader.ACCEPT).stream()
                .map(value -> value.split(";", 2)[0].strip())
                .anyMatch(
                        value -> value.equalsIgnoreCase(type) || value.equalsIgnoreCase(range) || value.equals("*/*"));
        if (!accepted) {
            throw ApiException.invalid("Accept: " + type + " is missing; send Accept: " + JSON + ", " + EVENTS);
        }
    }

    @Override
    public void close() {
        server.close();
        sessions.close();
    }
}
