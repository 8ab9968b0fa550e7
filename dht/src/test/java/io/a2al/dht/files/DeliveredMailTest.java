package io.a2al.dht.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.dht.TestNodes;
import io.a2al.dht.result.ReceivedMail.Note;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.record.RecordSigner;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.testing.OwnerOnly;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeliveredMailTest {

    private static final long NOW = 1_700_000_000L;
    private static final Identity SENDER = TestNodes.identity("sender");
    private static final Address READER = TestNodes.identity("reader").address();
    private static final Address OTHER = TestNodes.identity("other").address();

    @TempDir
    private Path folder;

    private Path path;
    private DeliveredMail delivered;

    @BeforeEach
    void open() {
        path = folder.resolve("mail-delivered");
        delivered = new DeliveredMail(path);
    }

    private static SignedRecord record(long ttl) {
        return RecordSigner.self(SENDER.newSigner()).sign(RecordType.MAILBOX, Bytes.EMPTY, 1, NOW, ttl);
    }

    private static Bytes key(long sequence) {
        return key(sequence, 3, "hello");
    }

    private static Bytes key(long sequence, int type, String body) {
        Bytes content = Bytes.copyOf(body.getBytes(StandardCharsets.UTF_8));
        return DeliveredMail.keyOf(new Note(SENDER.address(), sequence, type, content));
    }

    private DeliveredMail readAgain() throws Exception {
        DeliveredMail read = new DeliveredMail(path);
        read.read();
        return read;
    }

    @Test
    void whatWasDeliveredIsKnownOfEachAgentAfterReading() throws Exception {
        delivered.mark(READER, key(1), record(3600));
        delivered.mark(READER, key(2), record(3600));
        delivered.write(NOW);

        assertThat(readAgain().of(READER)).containsExactlyInAnyOrder(key(1), key(2));
        assertThat(readAgain().of(OTHER)).isEmpty();
        assertThat(path).content().doesNotContain(SENDER.address().toHex()).hasLineCount(2);
        OwnerOnly.assertOwnerOnly(path);
    }

    @Test
    void aKeyDependsOnTheWholeIdentityOfTheNote() {
        Note other = new Note(OTHER, 1, 3, Bytes.copyOf("hello".getBytes(StandardCharsets.UTF_8)));
        assertThat(List.of(key(1), key(2), key(1, 4, "hello"), key(1, 3, "hallo"), DeliveredMail.keyOf(other)))
                .doesNotHaveDuplicates()
                .allMatch(key -> key.length() == 16);
    }

    @Test
    void aNoteIsForgottenWhenItsLatestRecordHasExpired() throws Exception {
        delivered.mark(READER, key(1), record(10));
        delivered.mark(READER, key(2), record(10));
        delivered.mark(READER, key(2), record(20));
        delivered.mark(READER, key(2), record(15));

        delivered.write(NOW + 17);

        assertThat(delivered.of(READER)).containsExactly(key(2));
        assertThat(readAgain().of(READER)).containsExactly(key(2));
    }

    @Test
    void aRecordWithoutEndIsKept() throws Exception {
        SignedRecord endless =
                RecordSigner.self(SENDER.newSigner()).sign(RecordType.MAILBOX, Bytes.EMPTY, 1, -2, 4_000_000_000L);
        delivered.mark(READER, key(1), endless);
        delivered.write(NOW);
        assertThat(readAgain().of(READER)).containsExactly(key(1));
    }

    @Test
    void beyondTheLimitThoseThatExpireFirstAreDropped() throws Exception {
        for (int i = 0; i <= DeliveredMail.MAX_NOTES; i++) {
            delivered.mark(READER, key(i), record(i == 7 ? 1 : 3600));
        }
        assertThat(delivered.of(READER)).hasSize(DeliveredMail.MAX_NOTES).doesNotContain(key(7));
    }

    @Test
    void beyondTheLimitTheAgentSeenFirstIsDropped() throws Exception {
        delivered.mark(READER, key(1), record(3600));
        for (int i = 0; i < DeliveredMail.MAX_AGENTS; i++) {
            delivered.mark(TestNodes.identity("agent-" + i).address(), key(1), record(3600));
        }
        assertThat(delivered.of(READER)).isEmpty();
        delivered.write(NOW);
        assertThat(path).content().hasLineCount(DeliveredMail.MAX_AGENTS);
    }

    @Test
    void ofADamagedFileTheOtherLinesAreUsed() throws Exception {
        delivered.mark(READER, key(1), record(3600));
        delivered.mark(OTHER, key(2), record(3600));
        delivered.write(NOW);
        String whole = Files.readString(path);
        String line = whole.lines().findFirst().orElseThrow();
        for (String damage : List.of("\0\0\0", line.substring(0, 90), line.replace(' ', '_'), line + " 1", "\u00ff")) {
            Files.writeString(path, damage + "\n" + whole, StandardCharsets.ISO_8859_1);
            assertThat(readAgain().of(READER)).containsExactly(key(1));
            assertThat(readAgain().of(OTHER)).containsExactly(key(2));
        }
        Files.writeString(path, whole.substring(0, whole.length() - 20));
        DeliveredMail truncated = readAgain();
        assertThat(truncated.of(READER).size() + truncated.of(OTHER).size()).isEqualTo(1);
    }

    @Test
    void aFileThatIsTooLongIsDamaged() throws Exception {
        try (RandomAccessFile sparse = new RandomAccessFile(path.toFile(), "rw")) {
            sparse.setLength((1 << 26) + 1);
        }
        assertThatThrownBy(delivered::read)
                .isInstanceOf(DamagedFileException.class)
                .hasMessage("it is longer than 67108864 bytes");
    }

    @Test
    void withoutChangesNothingIsWritten() throws Exception {
        delivered.read();
        delivered.write(NOW);
        assertThat(path).doesNotExist();
    }

    @Test
    void whatCouldNotBeWrittenIsWrittenTheNextTime() throws Exception {
        Path inTheWay = Files.createDirectory(folder.resolve("mail-delivered.tmp"));
        Path file = Files.createFile(inTheWay.resolve("file"));
        delivered.mark(READER, key(1), record(3600));
        assertThatThrownBy(() -> delivered.write(NOW)).isInstanceOf(java.io.IOException.class);

        Files.delete(file);
        delivered.write(NOW);

        assertThat(readAgain().of(READER)).containsExactly(key(1));
    }
}
