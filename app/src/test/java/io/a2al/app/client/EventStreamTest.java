package io.a2al.app.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class EventStreamTest {

    /** The longest event, in characters. */
    private static final int LIMIT = 1 << 20;

    private static List<EventStream.Event> events(String text) throws IOException {
        List<EventStream.Event> events = new ArrayList<>();
        try (EventStream stream = new EventStream(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))) {
            for (Optional<EventStream.Event> next = stream.next(); next.isPresent(); next = stream.next()) {
                events.add(next.get());
            }
        }
        return events;
    }

    @Test
    void eventsAreReadWhateverEndsTheirLines() throws Exception {
        List<EventStream.Event> events =
                List.of(new EventStream.Event("1_0", "step", "a\nb: c"), new EventStream.Event("", "message", "é"));
        String text = ": \n\nid: 1_0\nevent: step\ndata: a\ndata: b: c\n\n: \n\ndata:é\n\n";

        assertThat(events(text)).isEqualTo(events);
        assertThat(events(text.replace("\n", "\r\n"))).isEqualTo(events);
        assertThat(events("data: no end")).isEmpty();
    }

    @Test
    void anEventOfTheLimitIsTakenAndALongerOneIsNot() throws Exception {
        String half = "data:" + "x".repeat(LIMIT / 2 - 5) + "\n";

        assertThat(events(half + half + "\n")).hasSize(1);
        assertThatThrownBy(() -> events(half + half + "x\n\n"))
                .isInstanceOf(IOException.class)
                .hasMessage("an event is longer than 1048576 characters");
        assertThat(events((": " + "x".repeat(LIMIT - 2) + "\n").repeat(3) + half + "\n"))
                .as("comments do not count")
                .hasSize(1);
    }

    @Test
    void aLineWithoutEndIsNotReadOn() {
        AtomicLong read = new AtomicLong();
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                if (read.incrementAndGet() > 4 * LIMIT) {
                    throw new AssertionError("read on");
                }
                return 'x';
            }
        };

        assertThatThrownBy(() -> new EventStream(endless).next())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("longer than");
    }
}
