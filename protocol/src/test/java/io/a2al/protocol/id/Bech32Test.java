package io.a2al.protocol.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.testing.Fixtures;
import io.a2al.protocol.testing.TestResources;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class Bech32Test {

    private static final Pattern ESCAPE = Pattern.compile("\\\\x([0-9a-f]{2})");

    @Test
    void theExamplesOfTheStandards() {
        int checked = 0;
        for (String line : TestResources.text("standards/bech32.txt").lines().toList()) {
            if (line.startsWith("#")) {
                continue;
            }
            String[] words = line.split(" ", 2);
            String text = ESCAPE.matcher(words[1])
                    .replaceAll(match -> Character.toString((char) HexFormat.fromHexDigits(match.group(1))));
            assertThat(Bech32.decode(text).isPresent()).as(line).isEqualTo(words[0].equals("valid"));
            checked++;
        }
        assertThat(checked).isEqualTo(40);
    }

    @Test
    void whatIsWrittenIsReadInEitherCase() {
        Random random = new Random(1);
        for (int length = 0; length <= 50; length++) {
            Bytes bytes = Fixtures.random(random, length);
            byte[] groups = Bech32.toGroups(bytes.toArray());
            assertThat(groups).hasSize((8 * length + 4) / 5);
            assertThat(Bech32.toBytes(groups).map(Bytes::copyOf)).contains(bytes);
            String text = Bech32.encode("bc", groups);
            Bech32.Decoded expected = new Bech32.Decoded("bc", Bytes.copyOf(groups));
            assertThat(Bech32.decode(text)).isEqualTo(text.length() <= 90 ? Optional.of(expected) : Optional.empty());
            assertThat(Bech32.decode(text.toUpperCase(Locale.ROOT))).isEqualTo(Bech32.decode(text));
        }
    }

    @Test
    void anyChangedCharacterIsNoticed() {
        String text =
                Bech32.encode("bc", Bech32.toGroups(Fixtures.consecutive(0, 21).toArray()));
        for (int at = 0; at < text.length(); at++) {
            for (char c : "qpzry9x8gf2tvdw0s3jn54khce6mua7lb1".toCharArray()) {
                String changed = text.substring(0, at) + c + text.substring(at + 1);
                assertThat(Bech32.decode(changed).isPresent()).as(changed).isEqualTo(changed.equals(text));
            }
        }
    }

    @Test
    void groupsThatAreNoWholeNumberOfBytesAreRefused() {
        assertThat(Bech32.toBytes(new byte[] {0, 0})).isPresent();
        assertThat(Bech32.toBytes(new byte[] {0})).as("five bits left over").isEmpty();
        assertThat(Bech32.toBytes(new byte[] {0, 1}))
                .as("a bit left over that is not zero")
                .isEmpty();
        assertThat(Bech32.toBytes(new byte[] {0, 4})).isPresent();
        assertThat(Bech32.toBytes(new byte[] {0, 0, 0}))
                .as("seven bits left over")
                .isEmpty();
        assertThat(Bech32.toBytes(new byte[0])).isPresent();
    }

    /** The Kelvin sign's lower case is the plain letter k. */
    @Test
    void charactersThatOnlyLookLikeAsciiAreRefused() {
        String text = Address.of(Bytes.fromHex("a2" + "5a".repeat(20)).slice(0, 21))
                .toString()
                .toUpperCase(Locale.ROOT);
        assertThat(Address.parse(text)).hasToString(text.toLowerCase(Locale.ROOT));
        assertThat(text).contains("K");
        String kelvin = text.replace('K', '\u212a');
        assertThat(kelvin.toLowerCase(Locale.ROOT)).isEqualTo(text.toLowerCase(Locale.ROOT));
        assertThatThrownBy(() -> Address.parse(kelvin)).isInstanceOf(InvalidAddressException.class);
    }
}
