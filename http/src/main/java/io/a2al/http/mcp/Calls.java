package io.a2al.http.mcp;

import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The requests of a session that have no answer yet. As many as its client has under way. Thread-safe. */
final class Calls {

    /** The SDK has no name for it. */
    private static final String CANCELLED = "notifications/cancelled";

    private static final String REQUEST_ID = "requestId";

    private final List<Call> open = new CopyOnWriteArrayList<>();

    /** Adds a call for a request. */
    Call add(JSONRPCRequest request) {
        Call call = new Call(request.id());
        open.add(call);
        return call;
    }

    void remove(Call call) {
        open.remove(call);
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    /** Returns whether a message cancels a request. */
    static boolean isCancellation(JSONRPCMessage message) {
        return message instanceof JSONRPCNotification notification
                && notification.method().equals(CANCELLED);
    }

    /** Cancels the request that a message names. One that is unknown, has its answer, or is not named is ignored. */
    void cancel(JSONRPCNotification message) {
        if (message.params() instanceof Map<?, ?> params && params.get(REQUEST_ID) != null) {
            Object id = params.get(REQUEST_ID);
            open.stream().filter(call -> Objects.equals(call.id(), id)).forEach(Call::cancel);
        }
    }

    /** Returns false if a message is the answer to a request that was cancelled. */
    boolean isToBeSent(JSONRPCMessage message) {
        if (!(message instanceof JSONRPCResponse response)) {
            return true;
        }
        Optional<Call> call = open.stream()
                .filter(other -> Objects.equals(other.id(), response.id()))
                .findFirst();
        return call.isEmpty() || call.get().isToBeAnswered();
    }
}
