package io.a2al.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InFlightTest {

    private static final long TIMEOUT = 100;

    private final InFlight inFlight = new InFlight(3, TIMEOUT);

    @Test
    void answerCountsOnceAndOnlyIfItsRequestWasSent() {
        inFlight.sent(10);
        assertThat(inFlight.answered(0, 17)).isEqualTo(7);
        assertThat(inFlight.answered(0, 18)).isEqualTo(-1);
        assertThat(inFlight.answered(1, 18)).isEqualTo(-1);
        assertThat(inFlight.answered(-1, 18)).isEqualTo(-1);
        assertThat(inFlight.size()).isZero();
    }

    @Test
    void requestsTimeOutOldestFirst() {
        inFlight.sent(0);
        inFlight.sent(10);
        inFlight.sent(20);
        assertThat(inFlight.hasNext()).isFalse();
        assertThat(inFlight.answered(1, 30)).isEqualTo(20);
        assertThat(inFlight.expire(99)).isZero();
        assertThat(inFlight.expire(100)).isEqualTo(1);
        assertThat(inFlight.size()).isEqualTo(1);
        assertThat(inFlight.expire(1000)).isEqualTo(1);
        assertThat(inFlight.size()).isZero();
    }

    @Test
    void answerAfterTheTimeoutIsIgnored() {
        inFlight.sent(0);
        assertThat(inFlight.expire(100)).isEqualTo(1);
        assertThat(inFlight.answered(0, 101)).isEqualTo(-1);
    }
}
