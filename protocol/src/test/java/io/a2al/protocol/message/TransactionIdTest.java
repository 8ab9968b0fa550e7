package io.a2al.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.testing.Fixtures;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TransactionIdTest {

    private static final Bytes BYTES = Fixtures.consecutive(0xa0, 20);

    @Test
    void itIsItsTwentyBytes() {
        TransactionId id = TransactionId.of(BYTES);
        assertThat(id.toBytes()).isEqualTo(BYTES);
        assertThat(id).hasToString("a0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3");
        assertThat(id).isEqualTo(TransactionId.of(BYTES)).hasSameHashCodeAs(TransactionId.of(BYTES));
        assertThat(id).isNotEqualTo(TransactionId.of(Fixtures.consecutive(0xa1, 20)));
    }

    @Test
    void itIsReadFromWhereItBegins() {
        byte[] input = Bytes.zeros(3).concat(BYTES).concat(Bytes.zeros(3)).toArray();
        assertThat(TransactionId.read(input, 3)).isEqualTo(TransactionId.of(BYTES));
        byte[] target = new byte[26];
        TransactionId.of(BYTES).copyTo(target, 3);
        assertThat(target).isEqualTo(input);
    }

    @Test
    void idsAreOrderedByTheirBytes() {
        TransactionId first = TransactionId.of(Fixtures.consecutive(0x10, 20));
        TransactionId second = TransactionId.of(BYTES);
        assertThat(first).isLessThan(second).isEqualByComparingTo(TransactionId.of(first.toBytes()));
        assertThat(second).isGreaterThan(first);
    }

    @Test
    void allBytesOfANewOneAreRandom() {
        byte[] expected = new byte[TransactionId.LENGTH];
        new SplittableRandom(1).nextBytes(expected);
        SplittableRandom random = new SplittableRandom(1);
        assertThat(TransactionId.generate(random).toBytes()).isEqualTo(Bytes.copyOf(expected));
        assertThat(TransactionId.generate(random).toBytes()).isNotEqualTo(Bytes.copyOf(expected));
    }
}
