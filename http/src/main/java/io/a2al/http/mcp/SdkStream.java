package io.a2al.http.mcp;

import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpStreamableServerTransport;
import reactor.core.publisher.Mono;

/**
 * An {@link EventStream} as the SDK sees it. Thread-safe.
 *
 * @param calls requests of the session; the answers to those that were cancelled are dropped
 * @param endsStream false if the SDK's closing does not end the stream, as more answers follow
 * @param isKept false if what is sent is dropped as soon as it was written
 */
record SdkStream(EventStream stream, Calls calls, SdkJson json, boolean endsStream, boolean isKept)
        implements McpStreamableServerTransport {

    @Override
    public Mono<Void> sendMessage(JSONRPCMessage message) {
        return Mono.fromRunnable(() -> {
            if (calls.isToBeSent(message)) {
                stream.add(message, isKept);
            }
        });
    }

    @Override
    public Mono<Void> sendMessage(JSONRPCMessage message, String messageId) {
        return sendMessage(message);
    }

    @Override
    public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
        return json.convertValue(data, type);
    }

    @Override
    public Mono<Void> closeGracefully() {
        return Mono.fromRunnable(this::close);
    }

    @Override
    public void close() {
        if (endsStream) {
            stream.end();
        }
    }
}
