package io.a2al.core.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.protocol.message.Contact;
import org.junit.jupiter.api.Test;

class ProspectsTest {

    @Test
    void whereNothingIsExpectedDistanceAloneCounts() {
        Contact node = SteppedLookup.nodes(1).getFirst();
        assertThat(Prospects.NONE.isNear(node)).isFalse();
        assertThat(Prospects.NONE.waitNanos(node)).isZero();
        assertThat(Prospects.NONE.chance(node))
                .as("each request takes a whole place")
                .isEqualTo(1);
    }
}
