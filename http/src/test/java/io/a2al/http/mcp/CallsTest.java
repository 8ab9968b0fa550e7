package io.a2al.http.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CallsTest {

    private static final int LIMIT = 3;

    private final Calls calls = new Calls(LIMIT);

    private static JSONRPCRequest request(Object id) {
        return new JSONRPCRequest("2.0", "ping", id, Map.of());
    }

    private Call add(Object id) {
        return calls.tryAdd(List.of(request(id))).orElseThrow().getFirst();
    }

    private void cancel(Object id) {
        calls.cancel(new JSONRPCNotification("2.0", "notifications/cancelled", Map.of("requestId", id)));
    }

    private boolean isSent(Object id) {
        return calls.isToBeSent(JSONRPCResponse.result(id, Map.of()));
    }

    @Test
    void onlyTheCallThatIsNamedIsCancelled() {
        Call number = add(1);
        Call text = add("1");
        cancel(1);
        cancel(2);

        assertThat(number.isCancelled()).isTrue();
        assertThat(text.isCancelled()).isFalse();
        assertThat(isSent(1)).isFalse();
        assertThat(isSent("1")).isTrue();
        assertThat(isSent(2)).as("an answer to no call").isTrue();
    }

    @Test
    void callsWithOneIdAreCancelledTogetherAndRemovedOneByOne() {
        Call first = add(1);
        Call second = add(1);
        calls.remove(first);
        assertThat(calls.isEmpty()).isFalse();
        cancel(1);

        assertThat(first.isCancelled()).isFalse();
        assertThat(second.isCancelled()).isTrue();
        calls.remove(second);
        assertThat(calls.isEmpty()).isTrue();
    }

    @Test
    void aCallLeavesItsPlaceOnce() {
        List<Call> full =
                calls.tryAdd(List.of(request(1), request(2), request(3))).orElseThrow();
        assertThat(full).extracting(Call::id).containsExactly(1, 2, 3);
        calls.remove(full.get(1));
        calls.remove(full.get(1));

        assertThat(calls.tryAdd(List.of(request(4), request(5)))).isEmpty();
        assertThat(calls.tryAdd(List.of(request(4)))).isPresent();
        assertThat(calls.tryAdd(List.of(request(5)))).isEmpty();
    }
}
