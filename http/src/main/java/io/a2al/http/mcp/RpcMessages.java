package io.a2al.http.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import io.a2al.http.route.ApiException;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads JSON-RPC. Stateless and thread-safe. */
final class RpcMessages {

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

    private static JSONRPCMessage message(JsonNode read, SdkJson json) throws IOException {
        if (!read.isObject()) {
            throw new IllegalArgumentException("no object");
        }
        return McpSchema.deserializeJsonRpcMessage(json, read.toString());
    }
}
