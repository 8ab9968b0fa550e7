package io.a2al.protocol.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.testing.Fixtures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailboxFrameTest {

    private static final Bytes ID = Fixtures.consecutive(1, 32);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 255, 256, 65_536})
    void aFrameSurvives(int length) throws Exception {
        MailboxFrame frame = new MailboxFrame(ID, Fixtures.consecutive(0, length));
        Bytes encoded = frame.encode();
        assertThat(encoded.length()).isEqualTo(MailboxFrame.HEADER_LENGTH + length);
        assertThat(encoded.toHex()).startsWith("61326d62" + ID.toHex() + "%08x".formatted(length));
        assertThat(MailboxFrame.recordLength(encoded.slice(0, MailboxFrame.HEADER_LENGTH)))
                .isEqualTo(length);
        assertThat(MailboxFrame.decode(encoded)).isEqualTo(frame);
    }

    @Test
    void valuesOutOfRangeAreRefusedAtOnce() {
        assertThatThrownBy(() -> new MailboxFrame(Bytes.zeros(31), Bytes.EMPTY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("31");
        assertThatThrownBy(() -> new MailboxFrame(ID, Bytes.zeros(65_537)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("65537")
                .hasMessageContaining("65536");
    }

    private static void assertRefused(Bytes frame, String why) {
        assertThatThrownBy(() -> MailboxFrame.decode(frame))
                .isInstanceOf(InvalidMailException.class)
                .hasMessageContaining(why);
    }

    @Test
    void framesAreRefusedAtEveryOtherLength() {
        Bytes encoded = new MailboxFrame(ID, Bytes.fromHex("0102")).encode();
        for (int length = 0; length < encoded.length(); length++) {
            assertRefused(encoded.slice(0, length), "frame:");
        }
        assertRefused(encoded.concat(Bytes.zeros(1)), "3 bytes follow its header, which announces 2");
    }

    @Test
    void whatBeginsOtherwiseOrAnnouncesTooMuchIsNoFrame() {
        assertRefused(Bytes.fromHex("61326d63" + ID.toHex() + "00000000"), "a2mb");
        assertRefused(Bytes.fromHex("61326d62" + ID.toHex() + "00010001"), "65537");
        assertRefused(Bytes.fromHex("61326d62" + ID.toHex() + "ffffffff"), "4294967295");
        assertRefused(Bytes.fromHex("61326d62" + ID.toHex() + "80000000"), "2147483648");
    }
}
