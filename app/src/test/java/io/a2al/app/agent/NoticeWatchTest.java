package io.a2al.app.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.PublicationState.Replica;
import io.a2al.dht.Publication;
import io.a2al.dht.PublicationNotice;
import io.a2al.protocol.id.NodeId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What {@code a2al publish --keep} tells while it runs. */
class NoticeWatchTest {

    private List<PublicationNotice> notices = List.of();

    private final NoticeWatch watch = new NoticeWatch(List.of(new Publication() {
        @Override
        public NodeId key() {
            return NodeId.ZERO;
        }

        @Override
        public State state() {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Replica> replicas() {
            return List.of();
        }

        @Override
        public Optional<Duration> renewalIn() {
            return Optional.empty();
        }

        @Override
        public Optional<String> problem() {
            return Optional.empty();
        }

        @Override
        public List<PublicationNotice> notices() {
            return notices;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }));

    @Test
    void aKindOfNoticeIsToldOnceUntilItHasPassed() {
        assertThat(watch.news()).isEmpty();
        notices = List.of(new PublicationNotice.HiddenByNodes(3, 8, 5));
        assertThat(watch.news()).containsExactly(new PublicationNotice.HiddenByNodes(3, 8, 5).text());
        notices = List.of(new PublicationNotice.HiddenByNodes(4, 8, 4));
        assertThat(watch.news()).as("other numbers").isEmpty();
        notices = List.of();
        assertThat(watch.news()).isEmpty();
        notices = List.of(new PublicationNotice.HiddenByNodes(2, 8, 6));
        assertThat(watch.news()).hasSize(1);
    }
}
