package io.a2al.dht.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.dht.files.KeyFileException.Reason;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.testing.Fixtures;
import io.a2al.protocol.testing.OwnerOnly;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretFileTest {

    private static final Bytes SECRET = Fixtures.consecutive(0xe0, 32);
    private static final String DIGITS = SECRET.toHex();

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("secret");
    }

    @Test
    void aSecretIsWrittenOnceForItsOwner() throws Exception {
        SecretFile.create(file, SECRET.toArray());

        assertThat(file).hasContent(DIGITS + "\n");
        OwnerOnly.assertOwnerOnly(file);
        assertThat(SecretFile.read(file)).isEqualTo(SECRET.toArray());
        assertThatThrownBy(() -> SecretFile.create(file, new byte[32]))
                .isInstanceOfSatisfying(
                        KeyFileException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNUSABLE))
                .hasMessage("secret file " + file + " cannot be written: it exists already");
        assertThat(file).hasContent(DIGITS + "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "%s\n", "  %s\r\n\n", "0x%s\n", "0X%s"})
    void whiteSpaceAndAPrefixDoNotMatter(String content) throws Exception {
        Files.writeString(file, content.formatted(DIGITS));
        assertThat(SecretFile.read(file)).isEqualTo(SECRET.toArray());
        Files.writeString(file, content.formatted(DIGITS.toUpperCase(Locale.ROOT)));
        assertThat(SecretFile.read(file)).isEqualTo(SECRET.toArray());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "0x", "%s0", "0x0x%s", "x%s", "%s %s", "%s\0", "%s\u00a0"})
    void anythingElseIsRefusedAndNotShown(String content) throws Exception {
        Files.writeString(file, content.formatted(DIGITS, DIGITS));
        assertRefused();
        Files.writeString(file, DIGITS.substring(1));
        assertRefused();
        Files.writeString(file, DIGITS.replace('e', 'g'));
        assertRefused();
    }

    private void assertRefused() {
        assertThatThrownBy(() -> SecretFile.read(file))
                .isInstanceOfSatisfying(
                        KeyFileException.class, e -> assertThat(e.reason()).isEqualTo(Reason.DAMAGED))
                .hasMessage("secret file " + file + " does not hold 64 hexadecimal digits and nothing else")
                .hasNoCause();
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> SecretFile.read(file))
                .isInstanceOfSatisfying(
                        KeyFileException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNUSABLE))
                .hasMessage("secret file " + file + " cannot be read: no such file");
    }
}
