package io.a2al.core.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.a2al.core.liveness.RoundTrip;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.MessageType;
import io.a2al.protocol.message.TransactionId;
import io.a2al.protocol.testing.Fixtures;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class PendingRequestsTest {

    private static final Endpoint TO = Fixtures.observed();

    private final RandomGenerator random = new SplittableRandom(1);
    private final PendingRequests<String> pending = new PendingRequests<>(3);

    private PendingRequest<String> rpc(Message request, long startedAt, long deadline) {
        return new PendingRequest<>(
                TransactionId.generate(random),
                TO,
                Optional.of(Fixtures.B.nodeId()),
                request,
                startedAt,
                deadline,
                "handler");
    }

    private PendingRequest<String> ping() {
        return rpc(new Message.Ping(Fixtures.A.address()), 0, 1000);
    }

    @Test
    void matchesTransactionTypeAndAddress() {
        PendingRequest<String> rpc = ping();
        assertThat(pending.add(rpc)).isTrue();
        assertThat(pending.match(rpc.transactionId(), MessageType.PONG, TO)).contains(rpc);
        assertThat(pending.match(rpc.transactionId(), MessageType.PONG, TO.withPort(9)))
                .as("behind a NAT the port may change")
                .contains(rpc);
        assertThat(pending.match(rpc.transactionId(), MessageType.PONG, Fixtures.ipv4("cb007108", TO.port())))
                .isEmpty();
        assertThat(pending.match(rpc.transactionId(), MessageType.FIND_NODE_RESPONSE, TO))
                .isEmpty();
        assertThat(pending.match(rpc.transactionId(), MessageType.PING, TO)).isEmpty();
        assertThat(pending.match(TransactionId.generate(random), MessageType.PONG, TO))
                .isEmpty();
        assertThat(pending.find(rpc.transactionId()).isPresent())
                .as("matching does not end it")
                .isTrue();
    }

    @Test
    void endsOnce() {
        PendingRequest<String> rpc = ping();
        pending.add(rpc);
        assertThat(pending.remove(rpc)).isTrue();
        assertThat(pending.remove(rpc)).isFalse();
        assertThat(pending.find(rpc.transactionId())).isEmpty();
        assertThat(pending.match(rpc.transactionId(), MessageType.PONG, TO)).isEmpty();
    }

    @Test
    void holdsNoMoreThanItsCapacity() {
        PendingRequest<String> first = ping();
        assertThat(pending.add(first)).isTrue();
        assertThat(pending.add(ping())).isTrue();
        assertThat(pending.add(ping())).isTrue();
        PendingRequest<String> fourth = ping();
        assertThat(pending.add(fourth)).isFalse();
        assertThat(pending.size()).isEqualTo(3);
        assertThat(pending.find(fourth.transactionId())).isEmpty();
        pending.remove(first);
        assertThat(pending.add(fourth)).isTrue();
    }

    private static long attempt(PendingRequest<String> rpc, long now) {
        rpc.countAttempt();
        return rpc.nextActionAt(now, RetryPolicy.DEFAULT, new RoundTrip());
    }

    @Test
    void attemptsFollowThePolicyUntilTheDeadline() {
        long start = -Duration.ofHours(1).toNanos();
        long deadline = start + Duration.ofSeconds(2).toNanos();
        PendingRequest<String> rpc = rpc(new Message.Ping(Fixtures.A.address()), start, deadline);
        long second = attempt(rpc, start);
        assertThat(second - start).isEqualTo(Duration.ofMillis(500).toNanos());
        long third = attempt(rpc, second);
        assertThat(third - start).isEqualTo(Duration.ofMillis(1500).toNanos());
        assertThat(attempt(rpc, third)).isEqualTo(deadline);
        assertThat(rpc.attempts()).isEqualTo(3);
    }

    @Test
    void onlyRequestsWait() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rpc(new Message.Pong(Fixtures.A.address(), TO), 0, 1))
                .withMessageContaining("PONG");
    }
}
