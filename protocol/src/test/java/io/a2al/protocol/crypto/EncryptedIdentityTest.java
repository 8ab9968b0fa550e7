package io.a2al.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.WrongPassphraseException.Field;
import io.a2al.protocol.testing.Fixtures;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Each attempt costs 64 MiB and some work, so that there are few of them here. */
class EncryptedIdentityTest {

    private static final byte[] PASSPHRASE = "correct horse".getBytes(StandardCharsets.UTF_8);

    private static void assertRefused(Field field, Bytes blob, byte[] passphrase) {
        assertThat(EncryptedIdentity.isPlausible(blob)).isEqualTo(field == Field.SEALED_SEED);
        assertThatThrownBy(() -> EncryptedIdentity.open(blob, passphrase))
                .isInstanceOfSatisfying(
                        WrongPassphraseException.class,
                        e -> assertThat(e.field()).isEqualTo(field))
                .hasNoCause()
                .hasMessageNotContaining(new String(passphrase, StandardCharsets.UTF_8));
    }

    @Test
    void whatIsSealedIsOpenedWithThePassphraseAlone() throws Exception {
        byte[] passphrase = PASSPHRASE.clone();
        Bytes blob = EncryptedIdentity.seal(Fixtures.A, passphrase, Fixtures.secureRandom(1));
        assertThat(blob.length()).isEqualTo(EncryptedIdentity.LENGTH);
        assertThat(passphrase).as("the caller's to wipe").isEqualTo(PASSPHRASE);
        Identity opened = EncryptedIdentity.open(blob, PASSPHRASE);
        assertThat(opened.exportSeed()).isEqualTo(Fixtures.A.exportSeed());
        assertRefused(Field.SEALED_SEED, blob, "correct horse ".getBytes(StandardCharsets.UTF_8));
        assertRefused(Field.SEALED_SEED, blob, "Correct horse".getBytes(StandardCharsets.UTF_8));
        assertThat(EncryptedIdentity.seal(Fixtures.A, PASSPHRASE, Fixtures.secureRandom(2)))
                .as("salt and nonce are fresh")
                .isNotEqualTo(blob);
    }

    @Test
    void anyDamageIsNoticed() {
        Bytes blob = EncryptedIdentity.seal(Fixtures.A, PASSPHRASE, Fixtures.secureRandom(1));
        // Magic, salt, nonce, seed and tag.
        for (int at : new int[] {0, 6, 7, 23, 47, 94}) {
            byte[] changed = blob.toArray();
            changed[at] ^= 1;
            assertRefused(at < 7 ? Field.MAGIC : Field.SEALED_SEED, Bytes.copyOf(changed), PASSPHRASE);
        }
        for (int length : new int[] {0, 6, 7, 94}) {
            assertRefused(Field.LENGTH, blob.slice(0, length), PASSPHRASE);
        }
        assertRefused(Field.LENGTH, blob.concat(Bytes.zeros(1)), PASSPHRASE);
    }
}
