package io.a2al.dht.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.dht.files.KeyFileException.Reason;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PassphraseTest {

    private static final Path IDENTITY = Path.of("identity.ed25519");

    @TempDir
    private Path folder;

    private static String words(PassphraseSource source) throws KeyFileException {
        try (Passphrase passphrase = source.passphraseOf(IDENTITY)) {
            return new String(passphrase.utf8(), StandardCharsets.UTF_8);
        }
    }

    private static void assertNone(PassphraseSource source, String message) {
        assertThatThrownBy(() -> words(source))
                .isInstanceOfSatisfying(
                        KeyFileException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NO_PASSPHRASE))
                .hasMessage(message);
    }

    // ---- the holder -------------------------------------------------------------------------------------------

    @Test
    void closingWipesWhatWasCopiedAndNothingElse() {
        char[] typed = "Schlüssel 鍵 🔑".toCharArray();
        Passphrase passphrase = Passphrase.of(typed);
        byte[] held = passphrase.utf8();
        assertThat(held).isEqualTo("Schlüssel 鍵 🔑".getBytes(StandardCharsets.UTF_8));

        passphrase.close();

        assertThat(held).containsOnly(0);
        assertThat(typed).isEqualTo("Schlüssel 鍵 🔑".toCharArray());
        assertThatThrownBy(passphrase::utf8)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("this passphrase has been wiped");
        passphrase.close();
    }

    @Test
    void bytesAreCopied() {
        byte[] given = {1, 2, 3};
        try (Passphrase passphrase = Passphrase.ofUtf8(given)) {
            given[0] = 9;
            assertThat(passphrase.utf8()).containsExactly(1, 2, 3);
            assertThat(passphrase.isEmpty()).isFalse();
        }
        try (Passphrase empty = Passphrase.of(new char[0])) {
            assertThat(empty.isEmpty()).isTrue();
        }
    }

    @Test
    void halfACharacterIsRefusedAndNotShown() {
        assertThatThrownBy(() -> Passphrase.of(new char[] {'s', 'e', 'c', '\ud83d'}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the passphrase is not well-formed text")
                .hasNoCause();
    }

    @Test
    void noTextShowsIt() {
        try (Passphrase passphrase = Passphrase.of("open sesame".toCharArray())) {
            assertThat(passphrase).hasToString("Passphrase[hidden]");
        }
    }

    // ---- where it comes from ----------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "open sesame|open sesame",
                "open sesame\\n|open sesame",
                "open sesame\\r\\n|open sesame",
                "open sesame\\nsecond line\\n|open sesame",
                " open sesame \\n| open sesame ",
                "open\\rsesame\\n|open\\rsesame",
                "Schlüssel 鍵 🔑\\n|Schlüssel 鍵 🔑",
                "\\nopen sesame|''",
            })
    void theFirstLineOfAFileCountsWithoutItsEnd(String content, String expected) throws Exception {
        Path file = folder.resolve("passphrase");
        Files.writeString(file, content.translateEscapes());
        assertThat(words(PassphraseSource.file(file))).isEqualTo(expected.translateEscapes());
    }

    @Test
    void anEmptyFileHoldsTheEmptyPassphrase() throws Exception {
        assertThat(words(PassphraseSource.file(Files.createFile(folder.resolve("empty")))))
                .isEmpty();
    }

    @Test
    void aFileThatCannotBeReadIsNamed() throws Exception {
        Path missing = folder.resolve("missing");
        assertNone(PassphraseSource.file(missing), "passphrase file " + missing + " cannot be read: no such file");
        Path huge = folder.resolve("huge");
        Files.write(huge, new byte[131_073]);
        assertNone(
                PassphraseSource.file(huge), "passphrase file " + huge + " cannot be read: longer than 131072 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "open sesame", " Schlüssel 鍵 🔑 "})
    void aTextIsTakenAsItIs(String text) throws Exception {
        assertThat(words(PassphraseSource.text(text))).isEqualTo(text);
    }

    @Test
    void aPersonIsAskedOnceAndWhatWasTypedIsWiped() throws Exception {
        List<String> questions = new ArrayList<>();
        char[] typed = "open sesame".toCharArray();

        assertThat(words(PassphraseSource.prompt(question -> {
                    questions.add(question);
                    return typed;
                })))
                .isEqualTo("open sesame");

        assertThat(questions).containsExactly("Passphrase of identity.ed25519: ");
        assertThat(typed).containsOnly('\0');
        assertNone(PassphraseSource.prompt(question -> null), "no passphrase was typed");
    }

    @Test
    void aNewPassphraseIsTypedTwice() throws Exception {
        List<String> questions = new ArrayList<>();
        assertThat(words(PassphraseSource.promptForNew(question -> {
                    questions.add(question);
                    return "open sesame".toCharArray();
                })))
                .isEqualTo("open sesame");
        assertThat(questions).containsExactly("New passphrase for identity.ed25519: ", "The same again: ");

        List<char[]> typed = new ArrayList<>();
        assertNone(
                PassphraseSource.promptForNew(question -> {
                    char[] answer = ("open sesame" + typed.size()).toCharArray();
                    typed.add(answer);
                    return answer;
                }),
                "the two passphrases are not the same; try again");
        assertThat(typed).hasSize(2).allSatisfy(answer -> assertThat(answer).containsOnly('\0'));
    }

    @Test
    void withoutASourceTheFileIsNamed() {
        assertNone(PassphraseSource.none(), "identity file identity.ed25519 is encrypted, and no passphrase was given");
    }
}
