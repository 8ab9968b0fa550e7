package io.a2al.core.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.protocol.message.MessageCodec;
import org.junit.jupiter.api.Test;

class AllowanceTest {

    @Test
    void onlyTheLongestDatagramIsFull() {
        assertThat(Allowance.FULL.isFull()).isTrue();
        assertThat(new Allowance(MessageCodec.MAX_DATAGRAM - 1).isFull()).isFalse();
        assertThat(Allowance.FULL.after(1).isFull()).isFalse();
    }

    @Test
    void anotherDatagramTakesItsLength() {
        assertThat(new Allowance(300).after(120)).isEqualTo(new Allowance(180));
        assertThat(new Allowance(100).after(120)).isEqualTo(new Allowance(-20));
    }

    @Test
    void theBodyIsWhatTheEnvelopeLeaves() {
        assertThat(new Allowance(300).bodyBytes()).isEqualTo(300 - MessageCodec.ENVELOPE_LENGTH);
    }
}
