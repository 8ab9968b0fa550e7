package io.a2al.app.agent;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.mailbox.Mail;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Formats notes. */
final class MailText {

    private MailText() {}

    /** Returns the body as text if it is valid UTF-8 without control characters other than line ends and tabs. */
    static Optional<String> of(Bytes body) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body.toArray()))
                    .toString();
            return text.chars().allMatch(MailText::isTextual) ? Optional.of(text) : Optional.empty();
        } catch (CharacterCodingException notText) {
            return Optional.empty();
        }
    }

    private static boolean isTextual(int character) {
        return !Character.isISOControl(character) || character == '\n' || character == '\r' || character == '\t';
    }

    /** Returns the number of a type, with its name if it has one. */
    static String typeName(int type) {
        return switch (type) {
            case Mail.CONNECT_REQUEST -> type + ", a request to connect";
            case Mail.CANDIDATES -> type + ", addresses";
            case Mail.TEXT -> type + ", a text";
            default -> String.valueOf(type);
        };
    }
}
