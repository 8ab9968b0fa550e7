package io.a2al.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.core.api.Command;
import io.a2al.core.api.Effect;
import io.a2al.core.api.Origin;
import io.a2al.core.api.StoredRecord;
import io.a2al.core.publish.PublisherRunner;
import io.a2al.core.republish.RepublisherRunner;
import io.a2al.core.testing.SoloNode;
import io.a2al.core.testing.SoloNode.Peer;
import io.a2al.core.testing.TestRecords;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.TransactionId;
import io.a2al.protocol.record.VerifiedRecord;
import io.a2al.protocol.testing.Fixtures;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** An exception in one step of publishing or republishing does not end either for good. */
class StepExceptionTest {

    private static final long WEEK = Duration.ofDays(7).toSeconds();

    /** Random numbers, and once an exception when a class sends a request. */
    private static final class FailingRandom implements RandomGenerator {
        private final RandomGenerator random = new SplittableRandom(1);
        private Optional<Class<?>> failing = Optional.empty();

        @Override
        public long nextLong() {
            if (failing.isPresent() && isOnStack(failing.get()) && isOnStack(TransactionId.class)) {
                failing = Optional.empty();
                throw new IllegalStateException("a fault for the test");
            }
            return random.nextLong();
        }

        private static boolean isOnStack(Class<?> type) {
            return StackWalker.getInstance()
                    .walk(frames ->
                            frames.anyMatch(frame -> frame.getClassName().equals(type.getName())));
        }
    }

    private final FailingRandom random = new FailingRandom();
    private final SoloNode node = new SoloNode(NodeSettings.DEFAULT, random);
    private final Peer peer = node.newPeer();
    private final List<VerifiedRecord> known = new ArrayList<>();
    private final List<VerifiedRecord> stored = new ArrayList<>();

    /** The only peer answers all requests, and knows no other nodes. */
    private void answerAll(List<Effect> effects) {
        Deque<Effect.Send> sends = new ArrayDeque<>(SoloNode.sends(effects));
        while (!sends.isEmpty()) {
            Effect.Send send = sends.remove();
            List<Effect> more = switch (send.message()) {
                case Message.Ping ping -> node.pong(peer, send);
                case Message.FindNode find ->
                    node.answer(peer, send, new Message.FindNodeResponse(Optional.of(List.of()), Fixtures.observed()));
                case Message.Store store -> {
                    known.stream()
                            .filter(record -> record.record().equals(store.record()))
                            .forEach(stored::add);
                    yield node.answer(peer, send, Message.StoreResponse.of(true));
                }
                default -> List.of();
            };
            sends.addAll(SoloNode.sends(more));
        }
    }

    private VerifiedRecord record(String name) {
        VerifiedRecord record =
                TestRecords.topic(Fixtures.B, name, 1, node.now().unixSeconds(), WEEK);
        known.add(record);
        return record;
    }

    private Command publish(VerifiedRecord record) {
        return new Command.Publish(record.contentKey().orElseThrow(), record);
    }

    @Test
    void publishingGoesOnAfterAnException() {
        answerAll(node.pingFrom(peer));
        VerifiedRecord failed = record("first");
        random.failing = Optional.of(PublisherRunner.class);
        assertThatThrownBy(() -> node.submit(1, publish(failed))).hasMessage("a fault for the test");

        VerifiedRecord next = record("second");
        answerAll(node.submit(2, publish(next)));
        assertThat(stored).contains(next);
        for (int second = 0; second < 20 * 60; second++) {
            answerAll(node.advance(Duration.ofSeconds(1)));
        }
        assertThat(stored).as("the one that failed, too").contains(failed);
    }

    @Test
    void republishingGoesOnAfterAnException() {
        answerAll(node.pingFrom(peer));
        VerifiedRecord first =
                TestRecords.endpoint(Fixtures.B, "x", 1, node.now().unixSeconds(), WEEK);
        known.add(first);
        node.core().adopt(node.now(), List.of(new StoredRecord(Fixtures.B.nodeId(), first, Origin.EXEMPT)));
        random.failing = Optional.of(RepublisherRunner.class);
        boolean failed = false;
        for (int second = 0; second < 91 * 60 && !failed; second++) {
            try {
                answerAll(node.advance(Duration.ofSeconds(1)));
            } catch (IllegalStateException expected) {
                failed = true;
            }
        }
        // Ten minutes after the failed attempt at the latest.
        assertThat(failed).isTrue();
        for (int second = 0; second < 11 * 60; second++) {
            answerAll(node.advance(Duration.ofSeconds(1)));
        }
        assertThat(stored).contains(first);
    }
}
