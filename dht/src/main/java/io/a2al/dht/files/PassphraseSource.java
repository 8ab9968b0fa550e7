package io.a2al.dht.files;

import io.a2al.dht.files.KeyFileException.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A source of the passphrase of an encrypted identity. It is asked only when one is needed, and once for each identity
 * file. A source is as thread-safe as what it reads from.
 */
@FunctionalInterface
public interface PassphraseSource {

    /** Asks a user without showing the input; returns null at the end of input. */
    @FunctionalInterface
    interface Prompt {

        /** Returns the characters typed, which the caller wipes. */
        char @Nullable [] ask(String question);
    }

    /**
     * Returns the passphrase of an identity file. The caller closes it.
     *
     * @throws KeyFileException {@link Reason#NO_PASSPHRASE} if there is none
     */
    Passphrase passphraseOf(Path identityFile) throws KeyFileException;

    /** Returns a source without a passphrase, for applications that keep their identity plain. */
    static PassphraseSource none() {
        return identityFile -> {
            throw new KeyFileException(
                    Reason.NO_PASSPHRASE,
                    "identity file " + identityFile + " is encrypted, and no passphrase was given");
        };
    }

    /** Returns a source that reads the first line of a file, without the line end. */
    static PassphraseSource file(Path file) {
        return identityFile -> {
            byte[] content;
            try {
                content = OwnerOnlyFile.read(file);
            } catch (IOException e) {
                throw new KeyFileException(
                        Reason.NO_PASSPHRASE,
                        "passphrase file " + file + " cannot be read: " + OwnerOnlyFile.reason(e),
                        e);
            }
            int end = 0;
            while (end < content.length && content[end] != '\n') {
                end++;
            }
            if (end > 0 && content[end - 1] == '\r') {
                end--;
            }
            byte[] line = Arrays.copyOf(content, end);
            Arrays.fill(content, (byte) 0);
            try {
                return Passphrase.ofUtf8(line);
            } finally {
                Arrays.fill(line, (byte) 0);
            }
        };
    }

    /** Returns a source of a text that is in memory anyway, such as the value of an environment variable. */
    static PassphraseSource text(String text) {
        return identityFile -> {
            char[] characters = text.toCharArray();
            try {
                return Passphrase.of(characters);
            } finally {
                Arrays.fill(characters, '\0');
            }
        };
    }

    /** Returns a source that asks a user once. */
    static PassphraseSource prompt(Prompt prompt) {
        return identityFile -> ask(prompt, "Passphrase of " + identityFile + ": ");
    }

    /** Returns a source that asks a user for a new passphrase twice, because a mistyped one is not shown. */
    static PassphraseSource promptForNew(Prompt prompt) {
        return identityFile -> {
            Passphrase first = ask(prompt, "New passphrase for " + identityFile + ": ");
            try (Passphrase second = ask(prompt, "The same again: ")) {
                if (Arrays.equals(first.utf8(), second.utf8())) {
                    return first;
                }
            }
            first.close();
            throw new KeyFileException(Reason.NO_PASSPHRASE, "the two passphrases are not the same; try again");
        };
    }

    private static Passphrase ask(Prompt prompt, String question) throws KeyFileException {
        char[] typed = prompt.ask(question);
        if (typed == null) {
            throw new KeyFileException(Reason.NO_PASSPHRASE, "no passphrase was typed");
        }
        try {
            return Passphrase.of(typed);
        } finally {
            Arrays.fill(typed, '\0');
        }
    }
}
