package io.a2al.protocol.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.crypto.WalletKey;
import io.a2al.protocol.delegation.Delegation;
import io.a2al.protocol.delegation.DelegationProof;
import io.a2al.protocol.testing.Fixtures;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A is an agent; B and C are operational keys. */
class RecordOrderTest {

    private final RecordVerifier verifier = Fixtures.recordVerifier();

    private VerifiedRecord own(long sequence, long timestamp) throws InvalidRecordException {
        return verifier.verify(RecordSigner.self(Fixtures.A.newSigner()).sign(3, Bytes.EMPTY, sequence, timestamp, 60));
    }

    /** A record by {@code signer} with a proof that A made for {@code delegate}. */
    private VerifiedRecord delegated(Identity signer, Identity delegate, long issuedAt, long sequence)
            throws InvalidRecordException {
        Bytes proof = DelegationProof.sign(Fixtures.A.newSigner(), delegate.publicKey(), issuedAt, 0)
                .encode();
        return verifier.verify(RecordSigner.delegated(signer.newSigner(), Fixtures.A.address(), proof)
                .sign(3, Bytes.EMPTY, sequence, 1, 60));
    }

    private static void assertNewer(VerifiedRecord newer, VerifiedRecord older) {
        assertThat(RecordOrder.isNewer(newer, older)).isTrue();
        assertThat(RecordOrder.isNewer(older, newer)).isFalse();
        assertThat(RecordOrder.BY_AGE.compare(newer, older)).isPositive();
        assertThat(RecordOrder.TOTAL.compare(older, newer)).isNegative();
    }

    @Test
    void theSequenceNumberDecidesBeforeTheTimestamp() throws Exception {
        assertNewer(own(2, 10), own(1, 20));
        assertNewer(own(1, 20), own(1, 10));
        assertNewer(own(-1, 1), own(Long.MAX_VALUE, 1));
        assertNewer(own(1, Long.MIN_VALUE), own(1, Long.MAX_VALUE));
    }

    @Test
    void theIssueTimeOfAProofDecidesBeforeTheSequenceNumber() throws Exception {
        assertNewer(delegated(Fixtures.B, Fixtures.B, 20, 1), delegated(Fixtures.C, Fixtures.C, 10, 99));
        assertNewer(delegated(Fixtures.B, Fixtures.B, 10, 2), delegated(Fixtures.C, Fixtures.C, 10, 1));
        assertNewer(delegated(Fixtures.B, Fixtures.B, -1, 1), delegated(Fixtures.C, Fixtures.C, Long.MAX_VALUE, 1));
        assertNewer(delegated(Fixtures.B, Fixtures.B, 1, 1), own(99, 1));
    }

    /** A record by {@code signer} for the Ethereum address of wallet 1, with a proof that {@code wallet} made. */
    private VerifiedRecord byWallet(Identity signer, WalletKey wallet, long issuedAt, long sequence)
            throws InvalidRecordException {
        Bytes proof = DelegationProof.sign(
                        wallet, Delegation.of(signer.publicKey(), wallet.ethereumAddress(), issuedAt, 0))
                .encode();
        return verifier.verify(
                RecordSigner.delegated(signer.newSigner(), Fixtures.wallet(1).ethereumAddress(), proof)
                        .sign(3, Bytes.EMPTY, sequence, 1, 60));
    }

    @Test
    void theIssueTimeOfAWalletsProofCountsToo() throws Exception {
        WalletKey owner = Fixtures.wallet(1);
        WalletKey stranger = Fixtures.wallet(2);
        assertNewer(byWallet(Fixtures.B, owner, 20, 1), byWallet(Fixtures.C, owner, 10, 99));
        assertNewer(byWallet(Fixtures.B, owner, 10, 2), byWallet(Fixtures.C, owner, 10, 1));
        assertNewer(byWallet(Fixtures.B, owner, -1, 1), byWallet(Fixtures.C, owner, Long.MAX_VALUE, 9));
        // D-54: a genuine proof, but by the owner of another address.
        assertNewer(byWallet(Fixtures.B, owner, 1, 1), byWallet(Fixtures.C, stranger, -1, 99));
    }

    @Test
    void aProofThatDoesNotHoldMakesNothingNewer() throws Exception {
        // D-54: the stranger's proof is genuine, but for another key; the owner's was hung on.
        assertNewer(own(2, 1), delegated(Fixtures.C, Fixtures.B, -1, 1));
        assertNewer(own(2, 1), delegated(Fixtures.A, Fixtures.B, -1, 1));
    }

    @Test
    void aFullTieIsDecidedByTheSignatureOnly() throws Exception {
        VerifiedRecord b = delegated(Fixtures.B, Fixtures.B, 5, 1);
        VerifiedRecord c = delegated(Fixtures.C, Fixtures.C, 5, 1);
        assertThat(RecordOrder.isNewer(b, c)).isFalse();
        assertThat(RecordOrder.isNewer(c, b)).isFalse();
        assertThat(Integer.signum(RecordOrder.TOTAL.compare(b, c)))
                .isEqualTo(Integer.signum(
                        b.record().signature().compareTo(c.record().signature())))
                .isNotZero();
        assertThat(RecordOrder.TOTAL.compare(b, b)).isZero();
    }

    @Test
    void theTotalOrderIsTheSameWhateverTheOrderOfArrival() throws Exception {
        List<VerifiedRecord> records = new ArrayList<>();
        for (long number : new long[] {0, 1, -1}) {
            records.add(own(number, 1));
            records.add(own(1, number));
            records.add(delegated(Fixtures.B, Fixtures.B, number, 1));
            records.add(delegated(Fixtures.C, Fixtures.C, 1, number));
        }
        List<VerifiedRecord> sorted = records.stream().sorted(RecordOrder.TOTAL).toList();
        for (int seed = 0; seed < 20; seed++) {
            Collections.shuffle(records, new Random(seed));
            assertThat(records.stream().sorted(RecordOrder.TOTAL).toList()).isEqualTo(sorted);
        }
    }

    @Test
    void recordsAreListedBySequenceTimestampAndKey() throws Exception {
        VerifiedRecord lowest = own(0, 9);
        VerifiedRecord low = own(1, 1);
        VerifiedRecord delegatedLong = delegated(Fixtures.B, Fixtures.B, 99, 1);
        VerifiedRecord delegatedLately = delegated(Fixtures.C, Fixtures.C, 5, 1);
        VerifiedRecord high = own(1, -1);
        VerifiedRecord highest = own(-1, 0);
        List<VerifiedRecord> sameNumbers = new ArrayList<>(List.of(low, delegatedLong, delegatedLately));
        sameNumbers.sort((a, b) -> a.record().publicKey().compareTo(b.record().publicKey()));
        List<VerifiedRecord> expected = new ArrayList<>(List.of(lowest));
        expected.addAll(sameNumbers);
        expected.addAll(List.of(high, highest));
        List<VerifiedRecord> shuffled = new ArrayList<>(expected);
        for (int seed = 0; seed < 20; seed++) {
            Collections.shuffle(shuffled, new Random(seed));
            assertThat(shuffled.stream().sorted(RecordOrder.LISTING).toList()).isEqualTo(expected);
        }
    }
}
