package io.a2al.dht.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.dht.TestNodes;
import io.a2al.dht.files.KeptPublication;
import io.a2al.dht.files.PublicationFile;
import io.a2al.dht.logging.RateLimitedLogger;
import io.a2al.dht.result.NodeClosedException;
import io.a2al.dht.result.RefusedException;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.RecordSigner;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.TopicPayload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

@Timeout(60)
class KeptEntriesTest {

    private static final Identity AGENT = TestNodes.identity("agent");
    private static final EndpointPayload ENDPOINT = EndpointPayload.of(List.of("quic://203.0.113.7:4121"));
    private static final KeptPublication RENEWED = new KeptPublication.Renewed(AGENT.address(), ENDPOINT);
    private static final int LIMIT = 100;

    private final AtomicLong unixSeconds = new AtomicLong(1_700_000_000);
    private final RateLimitedLogger log =
            new RateLimitedLogger(LoggerFactory.getLogger(KeptEntriesTest.class), () -> 0);

    @TempDir
    private Path folder;

    private KeptPublications in(Path path) {
        KeptPublications kept = new KeptPublications(
                Optional.of(new PublicationFile(path)), LIMIT, unixSeconds::get, new Tasks(log), log);
        kept.restore();
        return kept;
    }

    @Test
    void whatTheDiskRefusedIsWrittenWhenItTakesIt() throws Exception {
        Path path = folder.resolve("later").resolve("publications");
        KeptPublications kept = in(path);
        kept.put(RENEWED, true).written().join();
        assertThat(path).doesNotExist();

        Files.createDirectory(path.getParent());
        kept.retry();

        while (!Files.exists(path)) {
            Thread.onSpinWait();
        }
        assertThat(new PublicationFile(path).read().publications()).containsExactly(RENEWED);
    }

    @Test
    void closingWritesWhatIsLeftAndNothingIsWrittenAfterwards() throws Exception {
        Path path = folder.resolve("publications");
        KeptPublications kept = in(path);
        KeptPublications.Change change = kept.put(RENEWED, false);
        kept.close();
        assertThat(new PublicationFile(path).read().publications()).containsExactly(RENEWED);

        Files.delete(path);
        kept.remove(change.entry());
        kept.removeAll(AGENT.address());
        kept.retry();
        kept.close();

        assertThatThrownBy(() -> kept.put(RENEWED, true)).isInstanceOf(NodeClosedException.class);
        assertThat(path).doesNotExist();
        assertThat(kept.entries()).containsExactly(change.entry());
    }

    @Test
    void bothKindsAreBoundedAndWhatHasExpiredMakesRoom() throws Exception {
        KeptPublications kept = in(folder.resolve("publications"));
        SignedRecord record = RecordSigner.self(AGENT.newSigner()).sign(ENDPOINT, 1, unixSeconds.get(), 3600);
        for (int i = 0; i < LIMIT; i++) {
            kept.put(ready(i, record), false);
            kept.put(new KeptPublication.Renewed(AGENT.address(), topic(i)), false);
        }
        kept.put(ready(0, record), false);
        assertThatThrownBy(() -> kept.put(ready(LIMIT, record), false)).isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> kept.put(RENEWED, true))
                .isInstanceOf(RefusedException.class)
                .hasMessage("100 publications are kept, which is the limit; close some of them");

        unixSeconds.addAndGet(4000);
        kept.put(ready(LIMIT, record), false);
        assertThat(kept.entries()).as("the renewed ones do not expire").hasSize(LIMIT);
        assertThat(kept.entries(AGENT.address())).containsExactlyElementsOf(kept.entries());
        kept.close();
    }

    @Test
    void aChangeAddsALine() throws Exception {
        Path path = folder.resolve("publications");
        KeptPublications kept = in(path);
        kept.put(new KeptPublication.Renewed(AGENT.address(), topic(1)), true)
                .written()
                .join();
        String before = Files.readString(path);
        Object file = Files.readAttributes(path, BasicFileAttributes.class).fileKey();

        kept.put(RENEWED, true).written().join();

        assertThat(Files.readString(path)).startsWith(before).hasSizeGreaterThan(before.length());
        assertThat(Files.readAttributes(path, BasicFileAttributes.class).fileKey())
                .as("the same file")
                .isEqualTo(file);
        kept.close();
    }

    @Test
    void whatIsTakenBackIsNotReadAgain() throws Exception {
        Path path = folder.resolve("publications");
        SignedRecord record = RecordSigner.self(AGENT.newSigner()).sign(ENDPOINT, 1, unixSeconds.get(), 3600);
        KeptPublications kept = in(path);
        KeptPublications.Change first = kept.put(RENEWED, true);
        first.written().join();
        KeptPublications.Change other = kept.put(ready(7, record), true);
        other.written().join();
        KeptPublications.Change moved = kept.put(
                new KeptPublication.Renewed(AGENT.address(), EndpointPayload.of(List.of("quic://203.0.113.8:4121"))),
                true);
        moved.written().join();
        kept.undo(moved);
        kept.remove(other.entry());
        kept.close();

        assertThat(new PublicationFile(path).read().publications()).containsExactly(RENEWED);
        KeptPublications again = in(path);
        assertThat(again.entries(AGENT.address()))
                .extracting(KeptPublications.Entry::publication)
                .containsExactly(RENEWED);
        again.removeAll(AGENT.address());
        assertThat(again.entries(AGENT.address())).isEmpty();
        again.close();
        assertThat(new PublicationFile(path).read().publications()).isEmpty();
    }

    @Test
    void ofADamagedFileTheOtherLinesAreKept() throws Exception {
        Path path = folder.resolve("publications");
        KeptPublication topic = new KeptPublication.Renewed(AGENT.address(), topic(1));
        new PublicationFile(path).write(List.of(RENEWED, topic));
        Files.writeString(path, Files.readString(path).replaceFirst("\"type\":1,", "\"type\":!,"));

        KeptPublications kept = in(path);

        assertThat(kept.entries())
                .extracting(KeptPublications.Entry::publication)
                .containsExactly(topic);
        assertThat(folder.resolve("publications.damaged")).content().contains("\"type\":!");
        assertThat(new PublicationFile(path).read()).isEqualTo(new PublicationFile.Content(List.of(topic), 0));
        kept.close();
    }

    private static KeptPublication ready(int key, SignedRecord record) {
        return new KeptPublication.Ready(NodeId.ofHash(new byte[] {(byte) key, (byte) (key >> 8)}), record);
    }

    private static TopicPayload topic(int number) {
        return TopicPayload.of("topic " + number, "agent", List.of(), List.of());
    }

    @Test
    void whatIsTakenBackMakesRoomForWhatWasThereUnlessAnotherCame() {
        KeptPublications kept = in(folder.resolve("publications"));
        KeptPublications.Change first = kept.put(RENEWED, false);
        KeptPublications.Change second = kept.put(RENEWED, false);
        assertThat(second.replaced()).contains(first.entry());
        kept.undo(second);
        assertThat(kept.entries()).containsExactly(first.entry());

        KeptPublications.Change third = kept.put(RENEWED, false);
        kept.undo(first);
        kept.remove(first.entry());
        assertThat(kept.entries()).containsExactly(third.entry());
        kept.close();
    }
}
