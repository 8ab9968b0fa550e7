package io.a2al.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BytesTest {

    @Test
    void neitherTheSourceNorTheResultIsShared() {
        byte[] source = {1, 2, 3};
        Bytes bytes = Bytes.copyOf(source);
        source[0] = 9;
        byte[] out = bytes.toArray();
        out[1] = 9;
        assertThat(bytes).isEqualTo(Bytes.fromHex("010203"));
    }

    @Test
    void equalBytesAreEqualValues() {
        Bytes a = Bytes.fromHex("00ff");
        assertThat(a).isEqualTo(Bytes.copyOf(new byte[] {0, -1})).hasSameHashCodeAs(Bytes.fromHex("00FF"));
        assertThat(a).isNotEqualTo(Bytes.fromHex("00fe")).isNotEqualTo(Bytes.fromHex("00ff00"));
        assertThat(a).isNotEqualTo(Bytes.EMPTY);
    }

    @Test
    void theEmptyStringIsOneValueHoweverMade() {
        assertThat(Bytes.copyOf(new byte[0])).isSameAs(Bytes.EMPTY);
        assertThat(Bytes.fromHex("")).isSameAs(Bytes.EMPTY);
        assertThat(Bytes.zeros(0)).isSameAs(Bytes.EMPTY);
        assertThat(Bytes.fromHex("0102").slice(1, 1)).isSameAs(Bytes.EMPTY);
        assertThat(Bytes.EMPTY.isEmpty()).isTrue();
        assertThat(Bytes.zeros(2)).isEqualTo(Bytes.fromHex("0000"));
        assertThat(Bytes.zeros(2).isEmpty()).isFalse();
    }

    @Test
    void hexadecimalDigitsOfEitherCaseAreReadAndLowercaseOnesWritten() {
        assertThat(Bytes.fromHex("aBcD").toHex()).isEqualTo("abcd");
        assertThat(Bytes.fromHex("abcd")).hasToString("abcd");
        for (String wrong : List.of("a", "0g", "0x00", "00 11", "٠٠")) {
            assertThatThrownBy(() -> Bytes.fromHex(wrong)).as(wrong).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void bytesAreUnsigned() {
        assertThat(Bytes.fromHex("00ff").at(1)).isEqualTo(255);
        assertThat(Stream.of("80", "7f", "", "7f00", "ff")
                        .map(Bytes::fromHex)
                        .sorted()
                        .map(Bytes::toHex))
                .containsExactly("", "7f", "7f00", "80", "ff");
    }

    @Test
    void rangesAreCheckedBeforeAnythingIsCopied() {
        byte[] bytes = {1, 2, 3};
        assertThat(Bytes.copyOfRange(bytes, 1, 3)).isEqualTo(Bytes.fromHex("0203"));
        assertThatThrownBy(() -> Bytes.copyOfRange(bytes, 0, 4)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> Bytes.copyOfRange(bytes, -1, 2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> Bytes.copyOfRange(bytes, 2, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> Bytes.copyOf(bytes).slice(1, 4)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> Bytes.copyOf(bytes).at(3)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void slicesConcatenationsAndCopies() {
        Bytes bytes = Bytes.fromHex("00112233");
        assertThat(bytes.slice(0, 4)).isSameAs(bytes);
        assertThat(bytes.slice(1, 3)).isEqualTo(Bytes.fromHex("1122"));
        assertThat(bytes.slice(1, 3).concat(bytes.slice(0, 1))).isEqualTo(Bytes.fromHex("112200"));
        byte[] target = new byte[6];
        bytes.copyTo(target, 1);
        bytes.copyTo(2, target, 5, 1);
        assertThat(Bytes.copyOf(target)).isEqualTo(Bytes.fromHex("000011223322"));
    }

    @Test
    void comparesWithARangeOfAnArray() {
        byte[] array = {9, 1, 2, 9};
        assertThat(Bytes.fromHex("0102").equalsRange(array, 1, 3)).isTrue();
        assertThat(Bytes.fromHex("0102").equalsRange(array, 1, 4)).isFalse();
        assertThat(Bytes.fromHex("0102").equalsRange(array, 0, 2)).isFalse();
    }
}
