package io.a2al.protocol.cbor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.a2al.protocol.Bytes;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CborReaderTest {

    private interface Reading {
        Object read(CborReader reader) throws CborException;
    }

    private static CborReader reader(String hex) {
        return CborReader.of(Bytes.fromHex(hex));
    }

    private static void refuses(String hex, int offset, Reading reading) {
        CborException refusal = catchThrowableOfType(CborException.class, () -> reading.read(reader(hex)));
        assertThat(refusal).as(hex).isNotNull();
        assertThat(refusal.offset()).as("offset in " + hex).isEqualTo(offset);
    }

    private static Object skipAll(CborReader reader) throws CborException {
        reader.skip();
        reader.expectEnd();
        return "skipped";
    }

    private static Object valueOfAll(CborReader reader) throws CborException {
        CborValue value = reader.value();
        reader.expectEnd();
        return value;
    }

    // ---- what is accepted -------------------------------------------------------------------------------------

    /** Boundaries that the standard's examples leave out; those are in {@link Rfc8949Test}. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "18ff",
                "190100",
                "19ffff",
                "1a00010000",
                "1affffffff",
                "1b0000000100000000",
                "1b7fffffffffffffff",
                "1b8000000000000000"
            })
    void canonicalExamplesAreReadAndWrittenBackUnchanged(String hex) throws CborException {
        CborReader reader = reader(hex);
        CborValue value = reader.value();
        reader.expectEnd();
        CborWriter writer = new CborWriter(0);
        writer.value(value);
        assertThat(writer.toBytes().toHex()).isEqualTo(hex);
        assertThat(skipAll(reader(hex))).isEqualTo("skipped");
    }

    @ParameterizedTest
    @CsvSource({
        "00, 0",
        "17, 23",
        "1818, 24",
        "18ff, 255",
        "190100, 256",
        "19ffff, 65535",
        "1a00010000, 65536",
        "1affffffff, 4294967295",
        "1b0000000100000000, 4294967296",
        "1bffffffffffffffff, 18446744073709551615"
    })
    void unsignedIntegersHaveTheirFullRange(String hex, String expected) throws CborException {
        assertThat(Long.toUnsignedString(reader(hex).unsigned())).isEqualTo(expected);
        assertThat(reader(hex).value()).isEqualTo(new CborValue.Int(new BigInteger(expected)));
    }

    @Test
    void negativeIntegersHaveTheirFullRange() throws CborException {
        assertThat(reader("20").value()).isEqualTo(CborValue.Int.of(-1));
        assertThat(reader("3b7fffffffffffffff").value()).isEqualTo(CborValue.Int.of(Long.MIN_VALUE));
        assertThat(reader("3bffffffffffffffff").value())
                .isEqualTo(new CborValue.Int(BigInteger.ONE.shiftLeft(64).negate()));
    }

    @Test
    void floatsOfAllWidthsAreRead() throws CborException {
        assertThat(reader("f93c00").value()).isEqualTo(new CborValue.Floating(1.0));
        assertThat(reader("fa3f800000").value()).isEqualTo(new CborValue.Floating(1.0));
        assertThat(reader("fb3ff0000000000000").value()).isEqualTo(new CborValue.Floating(1.0));
        assertThat(reader("fb7ff8000000000001").value()).isEqualTo(new CborValue.Floating(Double.NaN));
    }

    @Test
    void structuresAreReadFieldByField() throws CborException {
        CborReader reader = reader("a4" + "0102" + "0382f518ff" + "61614101" + "1903e8f6");
        assertThat(reader.beginMap()).isEqualTo(4);
        assertThat(reader.nextField()).isEqualTo(1);
        assertThat(reader.unsigned(2)).isEqualTo(2);
        assertThat(reader.nextField()).isEqualTo(3);
        assertThat(reader.beginArray()).isEqualTo(2);
        assertThat(reader.bool()).isTrue();
        assertThat(reader.unsigned(255)).isEqualTo(255);
        reader.endArray();
        assertThat(reader.nextField()).isEqualTo(CborReader.OTHER_KEY);
        assertThat(reader.tryNull()).isFalse();
        assertThat(reader.bytes()).isEqualTo(Bytes.fromHex("01"));
        assertThat(reader.nextField()).isEqualTo(1000);
        assertThat(reader.tryNull()).isTrue();
        assertThat(reader.nextField()).isEqualTo(CborReader.END);
        reader.expectEnd();
    }

    @ParameterizedTest
    @CsvSource({"00, 0", "1a7ffffffe, 2147483646"})
    void smallIntegerKeysAreTold(String key, int expected) throws CborException {
        CborReader reader = reader("a1" + key + "00");
        reader.beginMap();
        assertThat(reader.nextField()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1a7fffffff", "1b8000000000000000", "1bffffffffffffffff", "20", "3b7fffffffffffffff", "60"})
    void otherKeysAreNeverMistakenForSmallOnes(String key) throws CborException {
        CborReader reader = reader("a1" + key + "00");
        reader.beginMap();
        assertThat(reader.nextField()).isEqualTo(CborReader.OTHER_KEY);
        reader.skip();
        assertThat(reader.nextField()).isEqualTo(CborReader.END);
        reader.expectEnd();
    }

    @Test
    void offsetsCountFromTheStartOfTheArray() throws CborException {
        byte[] array = Bytes.fromHex("ffff" + "4201ff" + "ff").toArray();
        CborReader reader = new CborReader();
        reader.reset(array, 2, 5);
        assertThat(reader.bytesOfLength(2)).isEqualTo(3);
        assertThat(reader.position()).isEqualTo(5);
        assertThat(reader.input()).isSameAs(array);
        reader.expectEnd();
        // What follows the range is not there.
        assertThatThrownBy(reader::unsigned).isInstanceOf(CborException.class).hasMessageContaining("end");
        reader.reset(Bytes.fromHex("00f6").toArray(), 1, 1);
        assertThat(reader.isNull()).isFalse();
        assertThat(reader.tryNull()).isFalse();
        reader.reset(array, 2, 4);
        assertThatThrownBy(reader::bytes)
                .isInstanceOfSatisfying(
                        CborException.class, e -> assertThat(e.offset()).isEqualTo(2));
    }

    @Test
    void aReaderWorksAgainAfterAFailure() throws CborException {
        CborReader reader = reader("81".repeat(40));
        assertThatThrownBy(reader::skip).isInstanceOf(CborException.class);
        byte[] deepest = Bytes.fromHex("81".repeat(31) + "80").toArray();
        reader.reset(deepest, 0, deepest.length);
        reader.skip();
        reader.expectEnd();
    }

    // ---- what is refused, and where ---------------------------------------------------------------------------

    /** Each is the second item of a list, so that the offset of the fault is not that of the whole. */
    @ParameterizedTest
    @CsvSource({
        // longer than necessary
        "1800, 2",
        "1817, 2",
        "1900ff, 2",
        "1a0000ffff, 2",
        "1b00000000ffffffff, 2",
        "3817, 2",
        "5800, 2",
        "590001ff, 2",
        "7800, 2",
        "9800, 2",
        "b800, 2",
        "a1180100, 3",
        // indefinite
        "5f4100ff, 2",
        "7f6161ff, 2",
        "9f00ff, 2",
        "bf0000ff, 2",
        "ff, 2",
        // reserved additional information
        "1c, 2",
        "1d, 2",
        "1e, 2",
        "1f, 2",
        "5c, 2",
        "fc, 2",
        // tags
        "c000, 2",
        "c249010000000000000000, 2",
        "d9d9f700, 2",
        // simple values
        "f7, 2",
        "f0, 2",
        "f8ff, 2",
        "f818, 2",
        // truncated
        "18, 2",
        "19ff, 2",
        "1affffff, 2",
        "1bffffffffffffff, 2",
        "4200, 2",
        "6261, 2",
        "8200, 2",
        "a100, 2",
        "f97c, 2",
        "fa000000, 2",
        "fb00000000000000, 2",
        // texts that are not UTF-8: a lone continuation, an overlong NUL, a surrogate, beyond U+10FFFF, a cut one
        "6180, 2",
        "62c080, 2",
        "63eda080, 2",
        "64f4908080, 2",
        "61c3, 2",
        // one byte too many
        "0000, 3"
    })
    void strictnessNamesTheOffset(String second, int offset) {
        refuses("8200" + second, offset, CborReaderTest::skipAll);
        refuses("8200" + second, offset, CborReaderTest::valueOfAll);
    }

    @ParameterizedTest
    @CsvSource({
        // unordered: numbers, lengths before bytes, negative before unsigned
        "a202000100, 3",
        "a2190100001800, 5",
        "a219010000181800, 5",
        "a2626161006162, 5",
        "a26162006161, 4",
        "a2200000, 3",
        // twice
        "a201000100, 3",
        "a2616100616100, 4",
        "a220002000, 3",
        // the same, one level down and after a map that was left
        "a101a202000100, 5",
        "a201a1050000, 5"
    })
    void canonicalOrderIsDemandedWhereAskedFor(String hex, int offset) {
        // Two more bytes, so that the last pair is complete.
        refuses(hex + "0000", offset, CborReaderTest::skipAll);
    }

    @Test
    void everyMapHasAnOrderOfItsOwn() throws CborException {
        assertThat(skipAll(reader("a2" + "01" + "a10500" + "02" + "81a10000"))).isEqualTo("skipped");
    }

    @Test
    void aLenientReaderLeavesTheOrderAndDuplicatesToTheCaller() throws CborException {
        CborReader reader = CborReader.lenient(Bytes.fromHex("a302000100020a"));
        reader.beginMap();
        for (int key : new int[] {2, 1, 2}) {
            assertThat(reader.nextField()).isEqualTo(key);
            reader.skip();
        }
        assertThat(reader.nextField()).isEqualTo(CborReader.END);
    }

    @Test
    void wholeValuesHaveNoKeyTwice() {
        assertThatThrownBy(reader("a301000200010a")::value)
                .isInstanceOfSatisfying(
                        CborException.class, e -> assertThat(e.offset()).isEqualTo(5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"40", "80", "a0", "f4", "f6", "f93c00", "c000"})
    void keysThatAreNeitherIntegersNorTextsAreRefused(String key) {
        refuses("a1" + key + "00", 1, CborReaderTest::skipAll);
    }

    @Test
    void negativeKeysBelowTheSignedRangeAreRefused() {
        refuses("a13b800000000000000000", 1, CborReaderTest::skipAll);
    }

    @Test
    void everyReadingNamesTheItemThatIsOfAnotherKind() {
        refuses("40", 0, CborReader::unsigned);
        refuses("20", 0, CborReader::unsigned);
        refuses("f6", 0, CborReader::unsigned);
        refuses("00", 0, CborReader::bytes);
        refuses("60", 0, CborReader::bytes);
        refuses("80", 0, CborReader::beginBytes);
        refuses("40", 0, CborReader::text);
        refuses("f6", 0, CborReader::text);
        refuses("a0", 0, CborReader::beginArray);
        refuses("80", 0, CborReader::beginMap);
        refuses("f6", 0, CborReader::beginMap);
        refuses("f6", 0, CborReader::bool);
        refuses("01", 0, CborReader::bool);
        refuses("1819", 0, reader -> reader.unsigned(24));
        refuses("1bffffffffffffffff", 0, reader -> reader.unsigned(Long.MAX_VALUE));
        refuses("420000", 0, reader -> reader.bytesOfLength(3));
        refuses("00", 0, reader -> {
            reader.expectEnd();
            return "nothing left";
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "01",
                "7fffffff",
                "80000000",
                "ffffffff",
                "7fffffffffffffff",
                "8000000000000000",
                "ffffffffffffffff"
            })
    void lengthsThatLieAreRefusedBeforeAnythingIsAllocated(String claim) {
        String head = claim.length() == 2 ? "01" : (claim.length() == 8 ? "1a" : "1b") + claim;
        int info = Integer.parseInt(head.substring(0, 2), 16);
        for (int majorType = 2; majorType <= 5; majorType++) {
            String item = String.format("%02x", majorType << 5 | info) + head.substring(2);
            CborException refusal = catchThrowableOfType(CborException.class, () -> valueOfAll(reader("8200" + item)));
            assertThat(refusal).as(item).hasMessageContaining("claims more than the input holds");
            assertThat(refusal.offset()).isEqualTo(2);
            refuses("8200" + item, 2, CborReaderTest::skipAll);
        }
        refuses("8200" + String.format("%02x", 0x40 | info) + head.substring(2), 2, reader -> {
            reader.beginArray();
            reader.unsigned();
            return reader.bytesOfLength(4);
        });
    }

    @Test
    void limitsAreInclusive() throws CborException {
        assertThat(reader("00").unsigned(0)).isZero();
        assertThat(reader("1818").unsigned(24)).isEqualTo(24);
    }

    @Test
    void everyTruthValueIsTold() throws CborException {
        assertThat(reader("f5").bool()).isTrue();
        assertThat(reader("f4").bool()).isFalse();
    }

    /** Operators see these messages in the output of {@code inspect}. */
    @ParameterizedTest
    @CsvSource({
        "00, 'expected byte string, found an integer'",
        "20, 'expected byte string, found an integer'",
        "60, 'expected byte string, found a text'",
        "80, 'expected byte string, found a list'",
        "a0, 'expected byte string, found a map'",
        "c0, 'expected byte string, found a tag'",
        "f6, 'expected byte string, found null'",
        "f5, 'expected byte string, found a simple value'"
    })
    void aRefusalNamesWhatWasFound(String hex, String message) {
        assertThatThrownBy(reader(hex)::bytes).isInstanceOf(CborException.class).hasMessage(message);
        assertThatThrownBy(reader("40")::text).hasMessage("expected text, found a byte string");
    }

    @Test
    void refusalsOfMapsAndRemaindersNameTheReason() throws CborException {
        assertThatThrownBy(reader("a201000100")::skip).hasMessage("duplicate map key");
        assertThatThrownBy(reader("a202000100")::skip).hasMessage("map keys not in canonical order");
        CborReader reader = reader("010203");
        reader.skip();
        assertThatThrownBy(reader::expectEnd).hasMessage("2 bytes after the end of the item");
    }

    @Test
    void aPairNeedsTwoBytes() {
        // Three pairs cannot be in five bytes, though three items could.
        refuses("a30000010002", 0, CborReader::beginMap);
    }

    @ParameterizedTest
    @ValueSource(strings = {"81", "a100", "a16161"})
    void thirtyTwoLevelsAreReadAndNotOneMore(String level) throws CborException {
        int bytes = level.length() / 2;
        String fits = level.repeat(CborReader.MAX_DEPTH - 1) + "80";
        String deeper = level.repeat(CborReader.MAX_DEPTH) + "80";
        assertThat(skipAll(reader(fits))).isEqualTo("skipped");
        assertThat(valueOfAll(reader(fits))).isNotNull();
        refuses(deeper, bytes * CborReader.MAX_DEPTH, CborReaderTest::skipAll);
        refuses(deeper, bytes * CborReader.MAX_DEPTH, CborReaderTest::valueOfAll);
        refuses(deeper.substring(0, deeper.length() - 2) + "a0", bytes * CborReader.MAX_DEPTH, CborReader::value);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4, 5, 6, 31})
    void theOrderOfKeysIsKnownOnEachLevelWhateverIsNestedInIt(int levels) throws CborException {
        String begin = "a301000a".repeat(levels);
        String inOrder = "00" + "0b00".repeat(levels);
        assertThat(skipAll(reader(begin + inOrder))).isEqualTo("skipped");
        String outermostOutOfOrder = inOrder.substring(0, inOrder.length() - 4) + "0900";
        int lastKey = (begin.length() + inOrder.length()) / 2 - 2;
        refuses(begin + outermostOutOfOrder, lastKey, CborReaderTest::skipAll);
    }

    @Test
    void levelsThatWereLeftDoNotCount() throws CborException {
        String deep = "81".repeat(CborReader.MAX_DEPTH - 2) + "80";
        assertThat(skipAll(reader("83" + deep + "a1" + "00" + deep.substring(2) + deep)))
                .isEqualTo("skipped");
        assertThat(valueOfAll(reader("82" + deep + deep))).isNotNull();
    }

    // ---- a lenient reader -------------------------------------------------------------------------------------

    private static CborReader lenient(String hex) throws CborException {
        return CborReader.lenient(Bytes.fromHex(hex));
    }

    @ParameterizedTest
    @CsvSource({
        // not in shortest form
        "1b0000000000000001, 01",
        "3800, 20",
        "580101, 4101",
        "980101, 8101",
        "b80101190002, a10102",
        // indefinite lengths
        "5f41014102ff, 420102",
        "5f5801014100ff, 420100",
        "7f61616162ff, 626162",
        "9f019f02ffff, 82018102",
        "bf01bf0203ff0405ff, a201a102030405",
        "82bf6161a0ff9fff, 82a16161a080",
        // tags
        "d9d9f7c10a, 0a",
        "c06161, 6161",
        "c120, 20",
        "c1f93c00, f93c00",
        "c1fb3ff8000000000000, f93e00",
        "81d82ac24101, 814101",
        "a101d8206161, a1016161",
        // simple values
        "f7, f6",
        "f0, 10",
        "e0, 00",
        "f820, 1820",
        // keys in any order and twice
        "a202000100, a201000200",
        "a201000102, a10102"
    })
    void anyEncodingOfAValueIsRead(String hex, String canonical) throws CborException {
        CborReader reader = lenient(hex);
        assertThat(reader.value()).isEqualTo(reader(canonical).value());
        reader.expectEnd();
        CborReader skipping = lenient(hex);
        skipping.skip();
        skipping.expectEnd();
    }

    @Test
    void fieldsOfAnyEncodingAreRead() throws CborException {
        CborReader reader = lenient("bf" + "1801" + "c24107" + "02" + "9f01f618ffff" + "03" + "c65f4102ff" + "04"
                + "d820f7" + "05" + "9f7f6161ff62c3a9ff" + "06" + "d820f5" + "07" + "6180" + "08" + "e5" + "ff");
        reader.beginMap();
        assertThat(reader.nextField()).isEqualTo(1);
        assertThat(reader.tryNull()).isFalse();
        assertThat(reader.unsigned()).as("a big number").isEqualTo(7);
        assertThat(reader.nextField()).isEqualTo(2);
        assertThat(reader.bytes()).as("a list of integers").isEqualTo(Bytes.fromHex("0100ff"));
        assertThat(reader.nextField()).isEqualTo(3);
        assertThat(reader.bytes()).isEqualTo(Bytes.fromHex("02"));
        assertThat(reader.nextField()).isEqualTo(4);
        assertThat(reader.tryNull()).as("undefined").isTrue();
        assertThat(reader.nextField()).isEqualTo(5);
        assertThat(reader.beginArray()).isEqualTo(2);
        assertThat(reader.text() + reader.text()).isEqualTo("aé");
        reader.endArray();
        assertThat(reader.nextField()).isEqualTo(6);
        assertThat(reader.bool()).isTrue();
        assertThat(reader.nextField()).isEqualTo(7);
        reader.skip();
        assertThat(reader.nextField()).isEqualTo(8);
        assertThat(reader.unsigned()).as("a simple value").isEqualTo(5);
        assertThat(reader.nextField()).isEqualTo(CborReader.END);
        reader.expectEnd();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ff",
                "1c",
                "1f",
                "3f",
                "df00",
                "c0",
                "f8",
                "f818",
                "18",
                "5f",
                "5f00ff",
                "5f5f4100ffff",
                "7f4100ff",
                "9f",
                "9f00",
                "bf00ff",
                "bf0000",
                "8200",
                "a100",
                "a1",
                "5b7fffffffffffffff",
                "9bffffffffffffffff",
                "bb7fffffffffffffff",
                "7b8000000000000000",
                "5f5bffffffffffffffffff",
                "7f6161f6",
                // truncated by less than what comes before
                "4200",
                "6261",
                "8118",
                "82001a0000",
                "824142"
            })
    void whatIsNotWellFormedIsRefusedBeforeAnythingIsRead(String hex) {
        assertThatThrownBy(() -> lenient(hex)).isInstanceOf(CborException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"c000", "c140", "c1f6", "c1f8ff", "c200", "c36161"})
    void tagsWithAMeaningNeedTheirContent(String hex) throws CborException {
        CborReader reader = lenient(hex);
        assertThatThrownBy(reader::value).isInstanceOf(CborException.class).hasMessageContaining("tag");
    }

    @Test
    void tagsBeforeMapsListsAndTextsAreSkipped() throws CborException {
        CborReader reader = lenient("c6a1" + "01" + "c681" + "c66161");
        assertThat(reader.beginMap()).isEqualTo(1);
        assertThat(reader.nextField()).isEqualTo(1);
        assertThat(reader.beginArray()).isEqualTo(1);
        assertThat(reader.text()).isEqualTo("a");
        reader.endArray();
        assertThat(reader.nextField()).isEqualTo(CborReader.END);
        reader.expectEnd();
        assertThatThrownBy(reader::unsigned).isInstanceOf(CborException.class).hasMessage("unexpected end");
    }

    @ParameterizedTest
    @ValueSource(strings = {"f4", "f5", "f6", "f7"})
    void truthValuesAndNullAreNoNumbers(String hex) throws CborException {
        CborReader reader = lenient(hex);
        assertThatThrownBy(reader::unsigned).isInstanceOf(CborException.class);
    }

    @Test
    void bigNumbersHaveAtMost64Bits() throws CborException {
        assertThat(lenient("c249" + "00" + "ff".repeat(8)).unsigned()).isEqualTo(-1);
        CborReader reader = lenient("c249" + "01" + "00".repeat(8));
        assertThatThrownBy(reader::unsigned).isInstanceOf(CborException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"81", "9f", "a100", "bf00", "c6"})
    void aLenientReaderReadsThirtyTwoLevels(String level) throws CborException {
        boolean openEnded = level.equals("9f") || level.equals("bf00");
        // The first of several tags in a row is no level.
        int levels = level.equals("c6") ? CborReader.MAX_DEPTH + 1 : CborReader.MAX_DEPTH;
        String end = openEnded ? "ff" : "";
        assertThat(lenient(level.repeat(levels) + "00" + end.repeat(levels)).value())
                .isNotNull();
        assertThatThrownBy(() -> lenient(level.repeat(levels + 1) + "00" + end.repeat(levels + 1)))
                .isInstanceOf(CborException.class)
                .hasMessageContaining("nested deeper");
    }

    @Test
    void refusalsCarryNoStackTrace() {
        CborException refusal =
                catchThrowableOfType(CborException.class, () -> reader("ff").skip());
        assertThat(refusal.getStackTrace()).isEmpty();
        assertThat(refusal).hasMessage("unexpected simple value or break");
    }
}
