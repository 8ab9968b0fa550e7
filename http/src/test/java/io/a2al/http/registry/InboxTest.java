package io.a2al.http.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.dht.files.DeliveredMail;
import io.a2al.dht.result.ReceivedMail;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.mailbox.Mail;
import io.a2al.protocol.record.RecordSigner;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.SignedRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InboxTest {

    private static final Identity SENDER = Identity.ofSeed(new byte[Identity.SEED_LENGTH]);
    private static final SignedRecord RECORD =
            RecordSigner.self(SENDER.newSigner()).sign(RecordType.MAILBOX, Bytes.EMPTY, 1, 1, 1);

    private final Inbox inbox = new Inbox(3, Set.of());

    private static ReceivedMail note(int number) {
        return new ReceivedMail(
                new Mail(SENDER.address(), Mail.TEXT, Optional.empty(), number, SENDER.publicKey()), RECORD);
    }

    private static List<Long> numbers(List<AgentNote> notes) {
        return notes.stream().map(note -> note.received().mail().sequence()).toList();
    }

    private void add(int from, int to) {
        IntStream.rangeClosed(from, to)
                .forEach(number ->
                        assertThat(inbox.add(note(number), Instant.EPOCH)).isTrue());
    }

    @Test
    void aNoteIsNewUntilItIsDelivered() {
        add(1, 2);
        assertThat(inbox.add(note(1), Instant.EPOCH)).isFalse();
        List<AgentNote> first = inbox.fresh();
        assertThat(inbox.fresh()).isEqualTo(first);

        inbox.markDelivered(first.subList(0, 1));
        assertThat(numbers(inbox.fresh())).containsExactly(2L);
        assertThat(numbers(inbox.after("another"))).containsExactly(1L, 2L);
        assertThat(numbers(inbox.after(first.getFirst().id()))).containsExactly(2L);
        assertThat(inbox.add(note(1), Instant.EPOCH)).isFalse();
    }

    @Test
    void a20_deliveredNotesGiveWayFirstAndThenTheOldest() {
        add(1, 3);
        inbox.markDelivered(inbox.fresh().subList(1, 2));
        add(4, 4);
        assertThat(numbers(inbox.fresh())).containsExactly(1L, 3L, 4L);
        add(5, 5);
        assertThat(numbers(inbox.fresh())).containsExactly(3L, 4L, 5L);
        assertThat(inbox.size()).isEqualTo(3);
        // The network still has the one that gave way, and the next look adds it again; not so what was delivered.
        assertThat(inbox.add(note(2), Instant.EPOCH)).isFalse();
        assertThat(inbox.add(note(1), Instant.EPOCH)).isTrue();
    }

    @Test
    void whatAnEarlierRunDeliveredIsNotNew() {
        Inbox later = new Inbox(3, Set.of(DeliveredMail.keyOf(note(1).note())));
        assertThat(later.add(note(1), Instant.EPOCH)).isFalse();
        assertThat(later.add(note(2), Instant.EPOCH)).isTrue();
    }
}
