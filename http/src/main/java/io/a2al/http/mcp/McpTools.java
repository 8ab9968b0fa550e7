package io.a2al.http.mcp;

import io.a2al.http.route.Router;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator.ValidationResponse;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.ProtocolVersions;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** What an MCP server of the node is, whatever its transport: its name, its abilities and its tools. Thread-safe. */
final class McpTools {

    /** The first version whose clients expect streams to begin with an event without data. */
    static final String PRIMING_VERSION = ProtocolVersions.MCP_2025_11_25;

    /**
     * Versions of the protocol; the last one for clients that ask for none of them, as with the network's other
     * daemons.
     */
    static final List<String> VERSIONS = List.of(
            ProtocolVersions.MCP_2024_11_05,
            ProtocolVersions.MCP_2025_03_26,
            ProtocolVersions.MCP_2025_11_25,
            ProtocolVersions.MCP_2025_06_18);

    private static final String LOCAL = "local";
    private static final String NAME = "a2ald";
    private static final String TITLE = "A2AL Daemon";

    private static final String INSTRUCTIONS = """
        This node publishes agents in the A2AL network and finds others.
        Results say network_ready: until it is true, lookups may find nothing, and what is published has few copies.
        To publish an agent: a2al_identity_generate, a2al_agent_register, a2al_agent_publish, a2al_service_register.
        To find one: a2al_discover by service, or a2al_resolve by address.
        To write to one: a2al_mailbox_send. Notes to an agent come by a2al_mailbox_poll, each once.
        Private keys in results are shown once: keep them out of logs and of what you tell others.
        """;

    private static final Map<String, Object> OBJECT = Map.of("type", "object");

    /** Finds no fault: the twins check what comes in, and what goes out was made here. */
    private static final JsonSchemaValidator NO_VALIDATOR = new JsonSchemaValidator() {
        @Override
        public ValidationResponse validate(Map<String, Object> schema, Object content) {
            return ValidationResponse.asValid("");
        }
    };

    private final ToolCalls calls;
    private final String version;

    /**
     * The tools of a node.
     *
     * @param ready whether the node knows enough of the network
     * @param version the version of the program
     */
    McpTools(Router router, BooleanSupplier ready, String version) {
        this.calls = new ToolCalls(router, ready);
        this.version = version;
    }

    /** Returns the specification of a server with all of it added. */
    <S extends McpServer.SyncSpecification<S>> McpServer.SyncSpecification<S> addTo(
            McpServer.SyncSpecification<S> server) {
        McpServer.SyncSpecification<S> added = server.jsonMapper(new SdkJson())
                .jsonSchemaValidator(NO_VALIDATOR)
                .validateToolInputs(false)
                .serverInfo(McpSchema.Implementation.builder(NAME, version)
                        .title(TITLE)
                        .build())
                .capabilities(McpSchema.ServerCapabilities.builder()
                        .tools(true)
                        .logging()
                        .completions()
                        .build())
                .instructions(INSTRUCTIONS);
        for (McpTool tool : ToolTable.all()) {
            added = added.toolCall(
                    sdk(tool), (exchange, call) -> calls.call(tool, call.arguments(), isLocal(exchange)));
        }
        return added;
    }

    /** Returns what the context of a call says, so that its twin can refuse what may be asked on this machine only. */
    static McpTransportContext context(boolean isLocal) {
        return McpTransportContext.create(Map.of(LOCAL, isLocal));
    }

    /** Returns whether a call was made on this machine; streams that do not say so are those of a parent process. */
    private static boolean isLocal(McpSyncServerExchange exchange) {
        return !Boolean.FALSE.equals(exchange.transportContext().get(LOCAL));
    }

    private static McpSchema.Tool sdk(McpTool tool) {
        return McpSchema.Tool.builder(tool.name(), tool.inputSchema())
                .description(tool.description())
                .outputSchema(OBJECT)
                .annotations(McpSchema.ToolAnnotations.builder()
                        .readOnlyHint(tool.reading())
                        .build())
                .build();
    }
}
