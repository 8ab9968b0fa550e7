package io.a2al.http.mcp;

import io.modelcontextprotocol.spec.McpSchema.InitializeRequest;
import io.modelcontextprotocol.spec.McpStreamableServerSession;
import io.modelcontextprotocol.spec.McpStreamableServerTransportProvider;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The transport over HTTP as the SDK sees it: it makes the sessions, and reaches them all. Thread-safe. */
final class HttpProvider implements McpStreamableServerTransportProvider {

    private final McpSessions sessions;
    private volatile McpStreamableServerSession.@Nullable Factory factory;

    HttpProvider(McpSessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public List<String> protocolVersions() {
        return McpTools.VERSIONS;
    }

    @Override
    public void setSessionFactory(McpStreamableServerSession.Factory sessionFactory) {
        factory = sessionFactory;
    }

    McpStreamableServerSession.McpStreamableServerSessionInit begin(InitializeRequest request) {
        return Objects.requireNonNull(factory, "the SDK sets it when the server is built")
                .startSession(request);
    }

    @Override
    public Mono<Void> notifyClients(String method, Object params) {
        return Flux.fromIterable(sessions.all())
                .flatMap(session ->
                        session.sdk().sendNotification(method, params).onErrorComplete())
                .then();
    }

    @Override
    public Mono<Void> closeGracefully() {
        return Mono.fromRunnable(sessions::close);
    }
}
