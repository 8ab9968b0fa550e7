package io.a2al.app.agent;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.mailbox.Mail;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** How notes are shown. */
final class MailText {

    private MailText() {}

    /** The body as a text, if it is one: UTF-8, without control characters other than ends of lines and tabs. */
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

    /** The number of a type, and its name if it has one. */
    static String typeName(int type) {
        return switch (type) {
            case Mail.CONNECT_REQUEST -> type + ", a request to connect";
            case Mail.CANDIDATES -> type + ", addresses";
            case Mail.TEXT -> type + ", a text";
            default -> String.valueOf(type);
        };
    }
}
