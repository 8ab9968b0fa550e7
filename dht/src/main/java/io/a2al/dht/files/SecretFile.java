package io.a2al.dht.files;

import io.a2al.dht.files.KeyFileException.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A file with a secret of 32 bytes (an Ed25519 seed or a wallet's private key), as 64 hexadecimal digits and a line
 * feed, readable by its owner only. For moving keys from one program to another. Stateless and thread-safe.
 */
public final class SecretFile {

    /** Length of a secret in bytes. */
    public static final int SECRET_LENGTH = 32;

    private static final int DIGITS = 2 * SECRET_LENGTH;

    private SecretFile() {}

    /**
     * Reads a secret. White space around it and a leading {@code 0x}, which wallets write, are ignored.
     *
     * @return 32 bytes, which the caller wipes
     * @throws KeyFileException {@link Reason#DAMAGED} if the file holds something else, {@link Reason#UNUSABLE} if it
     *     cannot be read
     */
    public static byte[] read(Path file) throws KeyFileException {
        byte[] content;
        try {
            content = OwnerOnlyFile.read(file);
        } catch (IOException e) {
            throw new KeyFileException(
                    Reason.UNUSABLE, "secret file " + file + " cannot be read: " + OwnerOnlyFile.reason(e), e);
        }
        try {
            int from = 0;
            int to = content.length;
            while (from < to && isWhiteSpace(content[from])) {
                from++;
            }
            while (to > from && isWhiteSpace(content[to - 1])) {
                to--;
            }
            if (to - from == DIGITS + 2 && content[from] == '0' && (content[from + 1] | 0x20) == 'x') {
                from += 2;
            }
            return parse(content, from, to);
        } catch (IllegalArgumentException notASecret) {
            // The message contains nothing of the content, which may be most of a secret.
            throw new KeyFileException(
                    Reason.DAMAGED,
                    "secret file " + file + " does not hold " + DIGITS + " hexadecimal digits and nothing else");
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    /**
     * Writes a secret into a file that must not exist yet.
     *
     * @throws KeyFileException {@link Reason#UNUSABLE} if it exists or cannot be written
     */
    public static void create(Path file, byte[] secret) throws KeyFileException {
        byte[] digits = format(secret);
        byte[] line = Arrays.copyOf(digits, digits.length + 1);
        line[digits.length] = '\n';
        try {
            OwnerOnlyFile.create(file, line);
        } catch (IOException e) {
            throw new KeyFileException(
                    Reason.UNUSABLE, "secret file " + file + " cannot be written: " + OwnerOnlyFile.reason(e), e);
        } finally {
            Arrays.fill(digits, (byte) 0);
            Arrays.fill(line, (byte) 0);
        }
    }

    /** Returns lowercase digits in ASCII, not as a {@code String}, because that cannot be wiped. */
    static byte[] format(byte[] secret) {
        HexFormat hex = HexFormat.of();
        byte[] digits = new byte[2 * secret.length];
        for (int i = 0; i < secret.length; i++) {
            digits[2 * i] = (byte) hex.toHighHexDigit(secret[i]);
            digits[2 * i + 1] = (byte) hex.toLowHexDigit(secret[i]);
        }
        return digits;
    }

    /**
     * Reads 64 digits in ASCII.
     *
     * @throws IllegalArgumentException if it is something else; the message contains nothing of it
     */
    static byte[] parse(byte[] text, int from, int to) {
        boolean digits = to - from == DIGITS;
        for (int i = from; digits && i < to; i++) {
            digits = HexFormat.isHexDigit(text[i]);
        }
        if (!digits) {
            throw new IllegalArgumentException("not " + DIGITS + " hexadecimal digits");
        }
        byte[] secret = new byte[SECRET_LENGTH];
        for (int i = 0; i < secret.length; i++) {
            int at = from + 2 * i;
            secret[i] = (byte) (HexFormat.fromHexDigit(text[at]) << 4 | HexFormat.fromHexDigit(text[at + 1]));
        }
        return secret;
    }

    private static boolean isWhiteSpace(byte value) {
        return value == ' ' || (value >= '\t' && value <= '\r');
    }
}
