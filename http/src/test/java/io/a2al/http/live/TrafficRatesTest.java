package io.a2al.http.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.NodeStatistics;
import io.a2al.core.api.DropReason;
import io.a2al.dht.result.TrafficStatistics;
import io.a2al.protocol.message.MessageType;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrafficRatesTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final TrafficRates rates = new TrafficRates();

    private static NodeStatistics.Messages messages(long pings, long pushes) {
        Map<MessageType, Long> received = new EnumMap<>(MessageType.class);
        for (MessageType type : MessageType.values()) {
            received.put(type, type.isResponse() ? 1000L : 0L);
        }
        received.put(MessageType.PING, pings);
        received.put(MessageType.PUSH, pushes);
        return new NodeStatistics.Messages(0, 0, 0, received, received);
    }

    private static TrafficStatistics traffic(long in, long out) {
        return new TrafficStatistics(in, 0, new EnumMap<>(DropReason.class), 0, out, 0, Optional.empty());
    }

    @Test
    void aPointIsTheMeanSinceThePointBefore() {
        assertThat(rates.add(5 * SECOND, 100, messages(7, 0), traffic(10, 20))).isEmpty();
        assertThat(rates.add(15 * SECOND, 200, messages(27, 5), traffic(110, 20)))
                .contains(new TrafficRates.Point(
                        200,
                        Map.of(
                                "ping", 2.0,
                                "find-node", 0.0,
                                "find-value", 0.0,
                                "store", 0.0,
                                "other", 0.5,
                                "datagrams-in", 10.0,
                                "datagrams-out", 0.0)));
    }

    @Test
    void anHourIsKept() {
        for (int i = 0; i <= TrafficRates.MOST + 5; i++) {
            rates.add(i * 10 * SECOND, i, messages(i, 0), traffic(0, 0));
        }
        assertThat(rates.points()).hasSize(TrafficRates.MOST);
        assertThat(rates.points().getFirst().at()).isEqualTo(6);
        assertThat(rates.points().getLast().at()).isEqualTo(TrafficRates.MOST + 5);
    }

    @Test
    void aClockThatStandsGivesNoPoint() {
        rates.add(SECOND, 1, messages(1, 0), traffic(0, 0));
        assertThat(rates.add(SECOND, 2, messages(9, 0), traffic(0, 0))).isEmpty();
    }
}
