package io.a2al.http.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StreamHeartbeatTest {

    private static final long PERIOD = StreamHeartbeat.PERIOD.toNanos();

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final AtomicInteger heartbeats = new AtomicInteger();
    private final StreamHeartbeat stream = new StreamHeartbeat(heartbeats::incrementAndGet, nanos::get);

    private void write(long after) {
        nanos.addAndGet(after);
        stream.run();
    }

    @Test
    void askingIsAHeartbeatAndSoIsReadingAPeriodLater() {
        assertThat(heartbeats).hasValue(1);
        write(0);
        write(PERIOD - 1);
        assertThat(heartbeats).hasValue(1);
        write(1);
        assertThat(heartbeats).hasValue(2);
        write(PERIOD - 1);
        assertThat(heartbeats).hasValue(2);
    }
}
