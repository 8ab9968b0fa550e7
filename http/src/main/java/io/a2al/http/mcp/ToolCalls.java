package io.a2al.http.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.http.route.ApiException;
import io.a2al.http.route.ApiResult;
import io.a2al.http.route.ErrorCode;
import io.a2al.http.route.Json;
import io.a2al.http.route.Router;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers calls of tools by their twins. A result has the JSON of the twin, once as structured content and once as
 * text, for hosts that know only one of them (daemon-api.md A-08), with the member {@code network_ready}. A failure has
 * the twin's error as its text. Thread-safe.
 */
final class ToolCalls {

    private static final Logger LOG = LoggerFactory.getLogger(ToolCalls.class);

    /** Longest answer of a twin, in bytes; a model could not read as much. */
    private static final int MAX_ANSWER = 4 << 20;

    private static final String READY = "network_ready";

    private static final String NOT_READY =
            "The node is not ready: it has run for less than 30 s, or knows fewer than 3"
                    + " peers. Ask a2al_status, and try again when network_ready is true.";

    private final Router router;
    private final BooleanSupplier ready;

    /**
     * Calls that ask {@code router}.
     *
     * @param ready whether the node knows enough of the network for its answers to be complete
     */
    ToolCalls(Router router, BooleanSupplier ready) {
        this.router = router;
        this.ready = ready;
    }

    /** Answers a call; may wait. Never throws. */
    CallToolResult call(McpTool tool, Map<String, Object> arguments, boolean isLocal) {
        ApiResult result;
        ObjectNode body;
        try {
            result = router.answer(ToolRequest.of(tool, SdkJson.toTree(arguments), isLocal));
            body = body(result);
        } catch (ApiException e) {
            result = e.toResult();
            body = Json.error(ErrorCode.INVALID, String.valueOf(e.getMessage()));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return failed(Json.error(ErrorCode.UNAVAILABLE, "the call was ended"));
        } catch (IOException | RuntimeException defect) {
            LOG.error("Tool {} failed", tool.name(), defect);
            return failed(Json.error(ErrorCode.INTERNAL, "the node failed at this; its log has the cause"));
        }
        return result.status() / 100 == 2 ? succeeded(tool, body) : failed(body);
    }

    private static ObjectNode body(ApiResult result) throws IOException {
        String text = switch (result.body()) {
            case ApiResult.Body.Whole(String whole) -> whole;
            case ApiResult.Body.Streamed(ApiResult.Writing writing) -> {
                try (Bounded out = new Bounded()) {
                    writing.writeTo(out);
                    yield out.toString(StandardCharsets.UTF_8);
                }
            }
        };
        JsonNode json = SdkJson.read(text);
        return json instanceof ObjectNode object ? object : Json.object().set("result", json);
    }

    private CallToolResult succeeded(McpTool tool, ObjectNode body) {
        body.setAll(SdkJson.toTree(tool.added()));
        body.put(READY, ready.getAsBoolean());
        return CallToolResult.builder()
                .structuredContent(body)
                .addTextContent(body.toString())
                .isError(false)
                .build();
    }

    private CallToolResult failed(ObjectNode body) {
        boolean isReady = ready.getAsBoolean();
        CallToolResult.Builder result = CallToolResult.builder()
                .structuredContent(body.put(READY, isReady))
                .addTextContent(body.path("error").asText("failed"))
                .isError(true);
        return isReady ? result.build() : result.addTextContent(NOT_READY).build();
    }

    /** An answer that is not longer than the limit. */
    private static final class Bounded extends ByteArrayOutputStream {

        @Override
        public synchronized void write(int b) {
            requireRoom(1);
            super.write(b);
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            requireRoom(length);
            super.write(bytes, offset, length);
        }

        private void requireRoom(int length) {
            if (length > MAX_ANSWER - count) {
                throw new IllegalStateException("answer longer than " + MAX_ANSWER + " bytes");
            }
        }
    }
}
