package io.a2al.http.mcp;

import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;

/**
 * The requests of a session that have no answer yet, by their ids, at most a limit. Adding, removing and finding one
 * takes constant time. Thread-safe.
 */
final class Calls {

    /** The SDK has no name for it. */
    private static final String CANCELLED = "notifications/cancelled";

    private static final String REQUEST_ID = "requestId";

    private final Semaphore room;

    /** More than one of an id only if the client breaks the protocol, which forbids that. */
    private final Map<Object, Set<Call>> open = new HashMap<>();

    /**
     * No calls.
     *
     * @param limit calls at a time
     */
    Calls(int limit) {
        room = new Semaphore(limit);
    }

    /** Adds calls for requests; empty, and none is added, if there would be more than the limit. */
    Optional<List<Call>> tryAdd(List<JSONRPCRequest> requests) {
        return room.tryAcquire(requests.size())
                ? Optional.of(requests.stream().map(this::put).toList())
                : Optional.empty();
    }

    /** Adds a call for a request; at the limit, waits until another one is removed. */
    Call add(JSONRPCRequest request) throws InterruptedException {
        room.acquire();
        return put(request);
    }

    private Call put(JSONRPCRequest request) {
        Call call = new Call(request.id());
        synchronized (open) {
            open.computeIfAbsent(call.id(), _ -> new LinkedHashSet<>()).add(call);
        }
        return call;
    }

    /** Removes a call, which has no effect if it was removed before. */
    void remove(Call call) {
        boolean isRemoved;
        synchronized (open) {
            Set<Call> calls = open.get(call.id());
            isRemoved = calls != null && calls.remove(call);
            if (calls != null && calls.isEmpty()) {
                open.remove(call.id());
            }
        }
        if (isRemoved) {
            room.release();
        }
    }

    boolean isEmpty() {
        synchronized (open) {
            return open.isEmpty();
        }
    }

    /** Returns whether a message cancels a request. */
    static boolean isCancellation(JSONRPCMessage message) {
        return message instanceof JSONRPCNotification notification
                && notification.method().equals(CANCELLED);
    }

    /** Cancels the request that a message names. One that is unknown, has its answer, or is not named is ignored. */
    void cancel(JSONRPCNotification message) {
        if (message.params() instanceof Map<?, ?> params && params.get(REQUEST_ID) != null) {
            synchronized (open) {
                open.getOrDefault(params.get(REQUEST_ID), Set.of()).forEach(Call::cancel);
            }
        }
    }

    /** Returns false if a message is the answer to a request that was cancelled. */
    boolean isToBeSent(JSONRPCMessage message) {
        if (!(message instanceof JSONRPCResponse response)) {
            return true;
        }
        Optional<Call> call;
        synchronized (open) {
            call = open.getOrDefault(response.id(), Set.of()).stream().findFirst();
        }
        return call.isEmpty() || call.get().isToBeAnswered();
    }
}
