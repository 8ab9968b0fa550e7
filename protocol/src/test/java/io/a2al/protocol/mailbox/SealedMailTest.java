package io.a2al.protocol.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.record.RecordSigner;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.testing.Fixtures;
import java.security.SecureRandom;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A writes to B; C is a stranger. */
class SealedMailTest {

    private static final int MAX_PAYLOAD = 512;

    private final SecureRandom random = Fixtures.secureRandom(1);

    private Bytes seal(int type, Bytes body) throws InvalidMailException {
        return SealedMail.seal(Fixtures.A.address(), Fixtures.B.address(), Fixtures.B.publicKey(), type, body, random);
    }

    private static SignedRecord record(Identity sender, int type, Bytes payload) {
        return RecordSigner.self(sender.newSigner()).sign(type, payload, 7, Fixtures.NOW, 3_600);
    }

    private static SignedRecord note(Bytes payload) {
        return record(Fixtures.A, 0x80, payload);
    }

    private static void assertRefused(SignedRecord record, Address recipient, Identity key, String field) {
        assertThatThrownBy(() -> SealedMail.open(record, recipient, key))
                .isInstanceOf(InvalidMailException.class)
                .hasMessageStartingWith(field + ":");
    }

    private static void assertRefused(Bytes payload, String field) {
        assertRefused(note(payload), Fixtures.B.address(), Fixtures.B, field);
    }

    private static Bytes replaced(Bytes payload, String prefix, String replacement) {
        String changed = payload.toHex().replaceFirst(prefix, replacement);
        assertThat(changed).isNotEqualTo(payload.toHex());
        return Bytes.fromHex(changed);
    }

    // ---- round trip -------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({"0, 3", "1, 1", "100, 2", "389, 0", "389, 23", "388, 24", "388, 255"})
    void whatIsSealedIsOpenedByItsRecipient(int length, int type) throws Exception {
        Bytes body = Fixtures.consecutive(5, length);
        Bytes payload = seal(type, body);
        assertThat(payload.length()).isLessThanOrEqualTo(MAX_PAYLOAD);
        SignedRecord record = note(payload);
        Mail mail = SealedMail.open(record, Fixtures.B.address(), Fixtures.B);
        assertThat(mail).isEqualTo(new Mail(Fixtures.A.address(), type, Optional.of(body), 7, Fixtures.A.publicKey()));
        assertThat(Fixtures.recordVerifier().verify(record).contentKey()).contains(Fixtures.B.nodeId());
    }

    @Test
    void theLargestBodyFillsThePayload() throws Exception {
        assertThat(seal(3, Bytes.zeros(SealedMail.MAX_BODY)).length()).isEqualTo(MAX_PAYLOAD);
        assertThat(seal(24, Bytes.zeros(SealedMail.MAX_BODY - 1)).length()).isEqualTo(MAX_PAYLOAD);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 23, 24, 255})
    void theLengthOfAPayloadIsKnownBeforehand(int type) throws Exception {
        for (int length = 0; length <= SealedMail.maxBody(type); length++) {
            assertThat(SealedMail.payloadLength(type, length))
                    .isEqualTo(seal(type, Bytes.zeros(length)).length());
        }
    }

    @ParameterizedTest
    @CsvSource({"3, 390, 389", "23, 390, 389", "24, 389, 388", "255, 5000, 388"})
    void largerBodiesAreRefusedNamingTheLimit(int type, int length, int limit) {
        assertThatThrownBy(() -> seal(type, Bytes.zeros(length)))
                .isInstanceOf(InvalidMailException.class)
                .hasMessageContaining(Integer.toString(length))
                .hasMessageContaining("limit is " + limit);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 256})
    void typesThatTheWireCannotCarryAreRefused(int type) {
        assertThatThrownBy(() -> seal(type, Bytes.EMPTY)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyNoteHasAFreshKeyAndNonce() throws Exception {
        Bytes first = seal(3, Bytes.EMPTY);
        Bytes second = seal(3, Bytes.EMPTY);
        // Head of the map, recipient and sender: 49 bytes. Then the key, 16 bytes of tag and more, and the nonce.
        assertThat(first.slice(0, 49)).isEqualTo(second.slice(0, 49));
        assertThat(first.slice(52, 84)).isNotEqualTo(second.slice(52, 84));
        assertThat(first.slice(first.length() - 12, first.length()))
                .isNotEqualTo(second.slice(second.length() - 12, second.length()));
    }

    @Test
    void aRecipientWithAnotherAddressThanItsKeyOpensWithBoth() throws Exception {
        Address agent = Fixtures.wallet(1).ethereumAddress();
        Bytes payload =
                SealedMail.seal(Fixtures.A.address(), agent, Fixtures.B.publicKey(), 3, Bytes.fromHex("00"), random);
        assertThat(SealedMail.open(note(payload), agent, Fixtures.B).body()).isEqualTo(Bytes.fromHex("00"));
        assertRefused(note(payload), Fixtures.B.address(), Fixtures.B, "recipient");
    }

    // ---- refused when sealing ---------------------------------------------------------------------------------

    @Test
    void recipientKeysThatAreOfNoUseAreRefused() {
        // The neutral element, the point of order two and one of order four: nothing can be agreed on with them.
        for (String key : new String[] {
            "0100000000000000000000000000000000000000000000000000000000000000",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "0000000000000000000000000000000000000000000000000000000000000000",
            "00"
        }) {
            assertThatThrownBy(() -> SealedMail.seal(
                            Fixtures.A.address(), Fixtures.B.address(), Bytes.fromHex(key), 3, Bytes.EMPTY, random))
                    .as(key)
                    .isInstanceOf(InvalidMailException.class)
                    .hasMessageStartingWith("recipient key:");
        }
    }

    // ---- refused when opening ---------------------------------------------------------------------------------

    @Test
    void nobodyElseOpensANote() throws Exception {
        SignedRecord note = note(seal(3, Bytes.fromHex("aabb")));
        assertRefused(note, Fixtures.C.address(), Fixtures.C, "recipient");
        assertRefused(note, Fixtures.B.address(), Fixtures.C, "ciphertext");
        assertRefused(note, Fixtures.C.address(), Fixtures.B, "recipient");
    }

    @Test
    void aNoteCannotBePassedOffAsAnothers() throws Exception {
        Bytes payload = seal(3, Bytes.fromHex("aabb"));
        assertRefused(record(Fixtures.C, 0x80, payload), Fixtures.B.address(), Fixtures.B, "sender_addr");
        Bytes renamed = replaced(
                payload, Fixtures.A.address().toHex(), Fixtures.C.address().toHex());
        assertRefused(record(Fixtures.C, 0x80, renamed), Fixtures.B.address(), Fixtures.B, "ciphertext");
        assertRefused(note(renamed), Fixtures.B.address(), Fixtures.B, "sender_addr");
    }

    @Test
    void everyByteIsAuthenticated() throws Exception {
        Bytes payload = seal(3, Bytes.fromHex("aabb"));
        int opened = 0;
        for (int at = 0; at < payload.length(); at++) {
            byte[] changed = payload.toArray();
            changed[at] ^= 0x40;
            SignedRecord note = note(Bytes.copyOf(changed));
            try {
                SealedMail.open(note, Fixtures.B.address(), Fixtures.B);
                opened++;
            } catch (InvalidMailException refused) {
                assertThat(refused).hasMessageNotContaining("aabb").hasNoCause();
            }
        }
        assertThat(opened).isZero();
    }

    @Test
    void truncatedNotesAreRefusedAtEveryLength() throws Exception {
        Bytes payload = seal(3, Bytes.fromHex("aabb"));
        for (int length = 0; length < payload.length(); length++) {
            assertRefused(payload.slice(0, length), "payload");
        }
        assertRefused(payload.concat(Bytes.zeros(1)), "payload");
    }

    @Test
    void fieldsOfOtherLengthsAndMissingFieldsAreNamed() throws Exception {
        String recipient = "0155" + Fixtures.B.address().toHex();
        String sender = "0255" + Fixtures.A.address().toHex();
        Bytes payload = seal(3, Bytes.EMPTY);
        assertRefused(replaced(payload, "^a5" + recipient, "a4"), "recipient");
        assertRefused(replaced(payload, "^a5" + recipient, "a501f6"), "recipient");
        assertRefused(replaced(payload, "^a5(" + recipient + ")" + sender, "a4$1"), "sender_addr");
        String hex = payload.toHex();
        assertRefused(
                Bytes.fromHex(hex.substring(0, hex.length() - 26) + "4b" + hex.substring(hex.length() - 22)), "nonce");
        assertRefused(Bytes.fromHex("a6" + "0540" + hex.substring(2)), "nonce");
    }

    @Test
    void whatOtherLibrariesWriteIsRead() throws Exception {
        String hex = seal(3, Bytes.EMPTY).toHex();
        String fields = hex.substring(2);
        for (String payload : new String[] {
            "a6" + fields + "184000", // an unknown field
            "a6" + fields + "0540", // a field twice; the first counts
            "bf" + fields + "ff",
            "b805" + fields.replaceFirst("^0155", "18015815"),
            "d9d9f7a5" + fields.replaceFirst("^01", "01c7")
        }) {
            SignedRecord note = note(Bytes.fromHex(payload));
            assertThat(SealedMail.open(note, Fixtures.B.address(), Fixtures.B).type())
                    .as(payload)
                    .isEqualTo(3);
            assertThat(Fixtures.recordVerifier().verify(note).contentKey())
                    .as("the key at which the note belongs")
                    .contains(Fixtures.B.nodeId());
        }
    }

    @Test
    void recordsOfOtherCategoriesAreNoNotes() throws Exception {
        Bytes payload = seal(3, Bytes.EMPTY);
        assertThat(SealedMail.open(record(Fixtures.A, 0x8f, payload), Fixtures.B.address(), Fixtures.B)
                        .type())
                .isEqualTo(3);
        assertRefused(record(Fixtures.A, 0x02, payload), Fixtures.B.address(), Fixtures.B, "rec_type");
        assertRefused(record(Fixtures.A, 0x11, payload), Fixtures.B.address(), Fixtures.B, "rec_type");
    }

    @Test
    void aRecordWithoutPayloadIsRefused() throws Exception {
        SignedRecord full = note(seal(3, Bytes.EMPTY));
        SignedRecord empty = SignedRecord.of(
                full.address(), 0x80, Optional.empty(), 1, 1, 1, full.publicKey(), full.signature(), Optional.empty());
        assertRefused(empty, Fixtures.B.address(), Fixtures.B, "payload");
    }
}
