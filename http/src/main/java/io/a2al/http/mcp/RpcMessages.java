package io.a2al.http.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import io.a2al.http.route.ApiException;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads JSON-RPC, and makes the errors of it. Stateless and thread-safe. */
final class RpcMessages {

    private static final Logger LOG = LoggerFactory.getLogger(RpcMessages.class);

    private static final String NAME = "name";

    private RpcMessages() {}

    /**
     * Returns the message, or the messages of a batch, in their order.
     *
     * @throws ApiException if it is neither, or there are none or too many
     */
    static List<JSONRPCMessage> read(String text, SdkJson json, int most) throws ApiException {
        try {
            JsonNode read = SdkJson.read(text);
            if (!read.isArray()) {
                return List.of(message(read, json));
            }
            if (read.isEmpty() || read.size() > most) {
                throw ApiException.invalid("body: a batch of " + read.size() + " messages; send 1 to " + most);
            }
            List<JSONRPCMessage> messages = new ArrayList<>();
            for (JsonNode item : read) {
                messages.add(message(item, json));
            }
            return messages;
        } catch (IOException | IllegalArgumentException e) {
            throw ApiException.invalid("body: no JSON-RPC; send {\"jsonrpc\":\"2.0\",\"id\":1,\"method\":…}");
        }
    }

    /** Returns the error for a request at which the SDK failed: mostly at params that it cannot read. */
    static JSONRPCResponse failure(JSONRPCRequest request, @Nullable Throwable cause) {
        if (cause instanceof McpError wrong && wrong.getJsonRpcError() != null) {
            return JSONRPCResponse.error(request.id(), wrong.getJsonRpcError());
        }
        LOG.error("Method {} failed", request.method(), cause);
        return JSONRPCResponse.error(
                request.id(),
                new JSONRPCResponse.JSONRPCError(
                        McpSchema.ErrorCodes.INTERNAL_ERROR, "the node failed at this; its log has the cause"));
    }

    /** Returns the tool that a request calls; empty if it calls none. */
    static Optional<McpTool> tool(JSONRPCRequest request) {
        return request.method().equals(McpSchema.METHOD_TOOLS_CALL)
                        && request.params() instanceof Map<?, ?> call
                        && call.get(NAME) instanceof String name
                ? ToolTable.named(name)
                : Optional.empty();
    }

    private static JSONRPCMessage message(JsonNode read, SdkJson json) throws IOException {
        if (!read.isObject()) {
            throw new IllegalArgumentException("no object");
        }
        return McpSchema.deserializeJsonRpcMessage(json, read.toString());
    }
}
