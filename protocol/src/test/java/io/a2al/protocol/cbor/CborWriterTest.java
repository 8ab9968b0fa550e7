package io.a2al.protocol.cbor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.protocol.Bytes;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CborWriterTest {

    private static String written(Consumer<CborWriter> writing) {
        CborWriter writer = new CborWriter(1);
        writing.accept(writer);
        return writer.toBytes().toHex();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 00",
        "1, 01",
        "23, 17",
        "24, 1818",
        "255, 18ff",
        "256, 190100",
        "65535, 19ffff",
        "65536, 1a00010000",
        "4294967295, 1affffffff",
        "4294967296, 1b0000000100000000",
        "9223372036854775807, 1b7fffffffffffffff",
        "9223372036854775808, 1b8000000000000000",
        "18446744073709551615, 1bffffffffffffffff"
    })
    void unsignedIntegersTakeTheShortestFormAtEveryBoundary(String number, String expected) {
        assertThat(written(writer -> writer.unsigned(Long.parseUnsignedLong(number))))
                .isEqualTo(expected);
        assertThat(written(writer -> writer.value(new CborValue.Int(new BigInteger(number)))))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 20",
        "-24, 37",
        "-25, 3818",
        "-256, 38ff",
        "-257, 390100",
        "-65536, 39ffff",
        "-65537, 3a00010000",
        "-4294967296, 3affffffff",
        "-4294967297, 3b0000000100000000",
        "-9223372036854775808, 3b7fffffffffffffff",
        "-18446744073709551616, 3bffffffffffffffff"
    })
    void negativeIntegersTakeTheShortestFormAtEveryBoundary(String number, String expected) {
        assertThat(written(writer -> writer.value(new CborValue.Int(new BigInteger(number)))))
                .isEqualTo(expected);
    }

    @Test
    void integersBeyondSixtyFourBitsCannotBeMade() {
        BigInteger beyond = BigInteger.ONE.shiftLeft(64);
        assertThatThrownBy(() -> new CborValue.Int(beyond)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CborValue.Int(beyond.negate().subtract(BigInteger.ONE)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "0.0, f90000",
        "-0.0, f98000",
        "1.0, f93c00",
        "1.5, f93e00",
        "-4.0, f9c400",
        "0.5, f93800",
        // the largest half, and the next whole number
        "65504.0, f97bff",
        "65505.0, fa477fe100",
        "65520.0, fa477ff000",
        // the smallest half, the largest subnormal half, the smallest normal one
        "5.960464477539063E-8, f90001",
        "6.097555160522461E-5, f903ff",
        "6.103515625E-5, f90400",
        // half of the smallest half, and one and a half of it
        "2.9802322387695312E-8, fa33000000",
        "8.940696716308594E-8, fa33c00000",
        "100000.0, fa47c35000",
        "3.4028234663852886E38, fa7f7fffff",
        // the smallest single, and half of it
        "1.401298464324817E-45, fa00000001",
        "7.006492321624085E-46, fb3690000000000000",
        "1.0E-40, fb37a16c262777579c",
        "4.9E-324, fb0000000000000001",
        "1.1, fb3ff199999999999a",
        "-4.1, fbc010666666666666",
        "1.0E300, fb7e37e43c8800759c",
        "1.7976931348623157E308, fb7fefffffffffffff",
        "Infinity, f97c00",
        "-Infinity, f9fc00",
        "NaN, f97e00"
    })
    void floatsTakeTheShortestFormThatKeepsTheValue(double number, String expected) {
        assertThat(written(writer -> writer.value(new CborValue.Floating(number))))
                .isEqualTo(expected);
    }

    @Test
    void everyNotANumberIsTheSame() {
        double withPayload = Double.longBitsToDouble(0xfff8_0000_dead_beefL);
        assertThat(written(writer -> writer.value(new CborValue.Floating(withPayload))))
                .isEqualTo("f97e00");
    }

    @Test
    void everyHalfIsWrittenAsItself() {
        for (int bits = 0; bits <= 0xffff; bits++) {
            float value = Float.float16ToFloat((short) bits);
            if (!Float.isNaN(value)) {
                assertThat(written(writer -> writer.value(new CborValue.Floating(value))))
                        .isEqualTo("f9%04x", bits);
            }
        }
    }

    @Test
    void anyFloatIsReadBackAsTheSameValue() throws CborException {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            // Every other one has few significant bits, so that all three widths occur.
            long bits = random.nextLong();
            double number = i % 2 == 0
                    ? Double.longBitsToDouble(bits)
                    : Float.intBitsToFloat((int) bits & (i % 4 == 1 ? 0xffff_e000 : -1));
            CborWriter writer = new CborWriter(9);
            writer.value(new CborValue.Floating(number));
            assertThat(CborReader.of(writer.toBytes()).value()).isEqualTo(new CborValue.Floating(number));
        }
    }

    @Test
    void stringsAndListsTakeTheShortestHead() {
        assertThat(written(writer -> writer.bytes(Bytes.EMPTY))).isEqualTo("40");
        assertThat(written(writer -> writer.bytes(Bytes.zeros(23)))).startsWith("5700");
        assertThat(written(writer -> writer.bytes(Bytes.zeros(24)))).startsWith("581800");
        assertThat(written(writer -> writer.bytes(Bytes.zeros(255)))).startsWith("58ff00");
        assertThat(written(writer -> writer.bytes(Bytes.zeros(256)))).startsWith("59010000");
        assertThat(written(writer -> writer.bytes(Bytes.zeros(65536)))).startsWith("5a0001000000");
        assertThat(written(writer -> writer.bytes(new byte[] {1, 2, 3}, 1, 1))).isEqualTo("4102");
        assertThat(written(writer -> writer.beginArray(24))).isEqualTo("9818");
        assertThat(written(writer -> writer.beginMap(256))).isEqualTo("b90100");
    }

    @Test
    void textsAreMeasuredInBytes() {
        assertThat(written(writer -> writer.text(""))).isEqualTo("60");
        assertThat(written(writer -> writer.text("ü水𐅑"))).isEqualTo("69c3bce6b0b4f0908591");
        assertThat(written(writer -> writer.text("é".repeat(12)))).startsWith("7818c3a9");
        assertThatThrownBy(() -> written(writer -> writer.text("\ud800"))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void simpleValues() {
        assertThat(written(writer -> {
                    writer.bool(false);
                    writer.bool(true);
                    writer.nil();
                }))
                .isEqualTo("f4f5f6");
    }

    @Test
    void mapKeysAreSortedByLengthOfTheirEncodingThenByBytes() throws CborException {
        Map<CborValue, CborValue> entries = new LinkedHashMap<>();
        for (CborValue key : List.of(
                new CborValue.Text("aa"),
                new CborValue.Text("b"),
                CborValue.Int.of(-1),
                CborValue.Int.of(100),
                CborValue.Int.of(10),
                new CborValue.Text(""),
                new CborValue.Bool(false))) {
            entries.put(key, new CborValue.Null());
        }
        String expected = "a7" + "0af6" + "20f6" + "60f6" + "f4f6" + "1864f6" + "6162f6" + "626161f6";
        assertThat(written(writer -> writer.value(new CborValue.Dictionary(entries))))
                .isEqualTo(expected);
        assertThat(CborReader.lenient(Bytes.fromHex(expected)).value()).isEqualTo(new CborValue.Dictionary(entries));
    }

    @Test
    void aWriterIsUsedAgainAndItsCopiesStay() {
        CborWriter writer = new CborWriter(2);
        writer.text("abc");
        assertThat(writer.length()).isEqualTo(4);
        Bytes first = writer.toBytes();
        writer.reset();
        assertThat(writer.length()).isZero();
        writer.unsigned(7);
        assertThat(writer.toBytes().toHex()).isEqualTo("07");
        assertThat(first.toHex()).isEqualTo("63616263");
    }

    @Test
    void rawBytesAndReservedOnes() {
        CborWriter writer = new CborWriter(0);
        writer.raw(Bytes.fromHex("0102"));
        int at = writer.reserve(2);
        writer.raw(new byte[] {9, 8, 7}, 1, 2);
        writer.buffer()[at] = 5;
        writer.buffer()[at + 1] = 6;
        assertThat(at).isEqualTo(2);
        assertThat(writer.toBytes().toHex()).isEqualTo("010205060807");
    }

    @Test
    void reservedBytesAreInTheBuffer() {
        CborWriter writer = new CborWriter(0);
        writer.nil();
        int at = writer.beginBytes(300);
        assertThat(at).isEqualTo(4);
        assertThat(writer.length()).isEqualTo(304);
        Arrays.fill(writer.buffer(), at, at + 300, (byte) 1);
        assertThat(writer.toBytes().toHex()).isEqualTo("f6" + "59012c" + "01".repeat(300));
        int last = writer.reserve(1000);
        assertThat(last).isEqualTo(304);
        writer.buffer()[last + 999] = 7;
        assertThat(writer.toBytes().length()).isEqualTo(1304);
    }
}
