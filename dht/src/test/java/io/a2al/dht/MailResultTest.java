package io.a2al.dht;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.LookupReport;
import io.a2al.dht.result.MailResult;
import io.a2al.dht.result.UnreadableMail;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.mailbox.InvalidMailException;
import io.a2al.protocol.mailbox.Mail;
import io.a2al.protocol.mailbox.SealedMail;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.InvalidRecordException;
import io.a2al.protocol.record.RecordSigner;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.VerifiedRecord;
import io.a2al.protocol.testing.Fixtures;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is made of the records found in a mailbox. A is the reader, B and C write. */
class MailResultTest {

    private static final Agent READER = Agent.self(Fixtures.A);
    private static final LookupReport REPORT = new LookupReport(1, 1, 1, Duration.ZERO, true, List.of(), false);

    private final SecureRandom random = Fixtures.secureRandom(5);

    private Bytes sealed(Identity sender, Identity recipient, Bytes key, String text) throws InvalidMailException {
        Bytes body = Bytes.copyOf(text.getBytes(StandardCharsets.UTF_8));
        return SealedMail.seal(sender.address(), recipient.address(), key, Mail.TEXT, body, random);
    }

    private VerifiedRecord note(Identity sender, String text, long sequence, long timestamp) throws Exception {
        return record(sender, sealed(sender, Fixtures.A, Fixtures.A.publicKey(), text), sequence, timestamp);
    }

    private static VerifiedRecord record(Identity signer, Bytes payload, long sequence, long timestamp)
            throws InvalidRecordException {
        return verified(RecordSigner.self(signer.newSigner()).sign(0x80, payload, sequence, timestamp, 3600));
    }

    private static VerifiedRecord verified(SignedRecord record) throws InvalidRecordException {
        return Fixtures.recordVerifier().verify(record);
    }

    private static MailResult open(List<VerifiedRecord> records) {
        return MailResult.open(READER.address(), READER.key(), records, REPORT);
    }

    private static List<String> texts(MailResult result) {
        return result.mail().stream()
                .map(note -> new String(note.mail().body().toArray(), StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void theOrderIsThatOfTheNumbersThenOfTheTimesWhateverTheOrderOfArrival() throws Exception {
        List<VerifiedRecord> records = new ArrayList<>(List.of(
                note(Fixtures.B, "1", 1, 50),
                note(Fixtures.C, "2", 2, 10),
                note(Fixtures.B, "3", 2, 11),
                note(Fixtures.C, "4", 3, 1),
                note(Fixtures.C, "5", -1, 0)));
        for (int i = 0; i < 20; i++) {
            Collections.shuffle(records, new Random(i));
            assertThat(texts(open(records))).containsExactly("1", "2", "3", "4", "5");
        }
    }

    @Test
    void aFullTieIsDecidedByTheSignatures() throws Exception {
        VerifiedRecord one = note(Fixtures.B, "x", 1, 1);
        VerifiedRecord other = note(Fixtures.C, "y", 1, 1);
        assertThat(open(List.of(one, other))).isEqualTo(open(List.of(other, one)));
        assertThat(open(List.of(one, other)).mail())
                .isSortedAccordingTo(
                        (a, b) -> a.record().signature().compareTo(b.record().signature()))
                .hasSize(2);
    }

    /** Sealing anew makes other bytes, hence another slot in the store; number and content are the note. */
    @Test
    void aNoteThatWasSealedTwiceIsThereOnce() throws Exception {
        VerifiedRecord first = note(Fixtures.B, "pay 5", 1, 10);
        VerifiedRecord again = note(Fixtures.B, "pay 5", 1, 11);
        assertThat(first.record().payload()).isNotEqualTo(again.record().payload());
        MailResult result = open(List.of(again, first));
        assertThat(texts(result)).containsExactly("pay 5");
        assertThat(result.mail().getFirst().record()).as("the earlier one").isEqualTo(first.record());
    }

    @Test
    void whatDiffersInAnythingIsAnotherNote() throws Exception {
        assertThat(texts(open(List.of(
                        note(Fixtures.B, "yes", 1, 1),
                        note(Fixtures.B, "yes", 2, 1),
                        note(Fixtures.C, "yes", 3, 1),
                        note(Fixtures.C, "no", 3, 2)))))
                .containsExactly("yes", "yes", "yes", "no");
    }

    /** C signs what B sealed, or seals for a key that A no longer has, or just anything. */
    @Test
    void whatCannotBeOpenedIsReportedInOrderWithItsClaimAndItsReason() throws Exception {
        VerifiedRecord stolen =
                record(Fixtures.C, sealed(Fixtures.B, Fixtures.A, Fixtures.A.publicKey(), "stolen"), 3, 1);
        VerifiedRecord oldKey = record(Fixtures.B, sealed(Fixtures.B, Fixtures.A, Fixtures.C.publicKey(), "old"), 1, 1);
        VerifiedRecord junk = record(Fixtures.C, Bytes.fromHex("ff"), 2, 1);
        VerifiedRecord good = note(Fixtures.B, "good", 2, 2);

        MailResult result = open(List.of(stolen, junk, good, oldKey));

        assertThat(texts(result)).containsExactly("good");
        assertThat(result.unreadable())
                .extracting(UnreadableMail::record)
                .containsExactly(oldKey.record(), junk.record(), stolen.record());
        assertThat(result.unreadable())
                .extracting(UnreadableMail::senderClaim)
                .containsExactly(Fixtures.B.address(), Fixtures.C.address(), Fixtures.C.address());
        assertThat(result.unreadable().get(0).reason()).isEqualTo("ciphertext: not sealed for this key, or changed");
        assertThat(result.unreadable().get(1).reason()).startsWith("payload: malformed at byte ");
        assertThat(result.unreadable().get(2).reason()).isEqualTo("sender_addr: it is not the record's address");
        assertThat(result.report()).isEqualTo(REPORT);
    }

    @Test
    void otherRecordsAtTheAgentsKeyAreNoMail() throws Exception {
        VerifiedRecord endpoint = verified(RecordSigner.self(Fixtures.A.newSigner())
                .sign(EndpointPayload.of(List.of("quic://203.0.113.7:4121")), 1, 1, 3600));
        MailResult result = open(List.of(endpoint, note(Fixtures.B, "x", 1, 1)));
        assertThat(texts(result)).containsExactly("x");
        assertThat(result.unreadable()).isEmpty();
    }

    @Test
    void mailOfAnAgentIsOpenedForItsAddressWithItsKey() throws Exception {
        Address wallet = Fixtures.wallet(1).ethereumAddress();
        Agent agent = AgentTest.delegated(Fixtures.C, Fixtures.wallet(1));
        Bytes payload = SealedMail.seal(
                Fixtures.B.address(), wallet, agent.publicKey(), Mail.CANDIDATES, Bytes.zeros(3), random);
        List<VerifiedRecord> records = List.of(record(Fixtures.B, payload, 1, 1));
        assertThat(MailResult.open(wallet, agent.key(), records, REPORT).mail()).hasSize(1);
        assertThat(MailResult.open(Fixtures.C.address(), Fixtures.C, records, REPORT)
                        .unreadable())
                .hasSize(1);
    }
}
