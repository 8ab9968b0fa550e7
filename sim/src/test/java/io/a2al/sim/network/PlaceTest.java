package io.a2al.sim.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.sim.engine.Purpose;
import io.a2al.sim.engine.Streams;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlaceTest {

    private static final int HOSTS = 600;

    @Test
    void roundTripTimesHaveAMedianOf80MillisecondsAndALongTail() {
        Streams streams = new Streams(1);
        Place[] places = IntStream.range(0, HOSTS)
                .mapToObj(i -> Place.draw(streams.of(Purpose.HOST, i)))
                .toArray(Place[]::new);
        double[] sorted = IntStream.range(0, HOSTS)
                .boxed()
                .flatMapToDouble(i -> IntStream.range(i + 1, HOSTS).mapToDouble(j -> places[i].roundTripTo(places[j])))
                .sorted()
                .toArray();
        assertThat(sorted[sorted.length / 2]).isBetween(75.0, 85.0);
        assertThat(sorted[sorted.length * 99 / 100]).isGreaterThan(200);
        assertThat(sorted[sorted.length - 1]).isLessThan(1500);
        assertThat(DoubleStream.of(sorted).min().orElseThrow()).isPositive();
    }
}
