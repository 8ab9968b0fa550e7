package io.a2al.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.testing.Fixtures;
import java.lang.reflect.Field;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** A secret that is not needed any more does not stay in memory. */
class DestroyedKeysTest {

    private static byte[] secretOf(Object holder, String name) throws ReflectiveOperationException {
        Field field = holder.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return (byte[]) field.get(holder);
    }

    @Test
    void anIdentityThatIsDestroyedHasNoSeedAndSignsNothing() throws Exception {
        Identity identity = Fixtures.identity(0x60);
        byte[] seed = secretOf(identity, "seed");
        Signer madeBefore = identity.newSigner();
        assertThat(identity.isDestroyed()).isFalse();

        identity.destroy();

        assertThat(seed).containsOnly(0);
        assertThat(identity.isDestroyed()).isTrue();
        assertThat(identity.address()).isEqualTo(Fixtures.identity(0x60).address());
        String message = "the seed of Identity[" + identity.address() + "] has been wiped";
        assertThatThrownBy(identity::newSigner)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(message);
        assertThatThrownBy(identity::exportSeed)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(message);
        assertThatThrownBy(identity::x25519PrivateKey)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(message);
        assertThat(madeBefore.sign(Bytes.zeros(1)))
                .isEqualTo(Fixtures.identity(0x60).newSigner().sign(Bytes.zeros(1)));
    }

    @Test
    void aWalletKeyThatIsDestroyedSignsNothing() throws Exception {
        WalletKey key = Fixtures.wallet(7);
        byte[] secret = secretOf(key, "privateKey");

        key.destroy();

        assertThat(secret).containsOnly(0);
        assertThat(key.isDestroyed()).isTrue();
        String message = "the private key of WalletKey[" + key.ethereumAddress() + "] has been wiped";
        assertThatThrownBy(() -> key.sign(Bytes.zeros(32)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(message);
        assertThatThrownBy(key::exportPrivateKey)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(message);
    }

    @Test
    void signersOfEveryLibraryKeepTheirOwnCopy() {
        for (Ed25519 library : Ed25519.available()) {
            byte[] seed = Fixtures.A.exportSeed();
            Signer signer = library.newSigner(seed, Fixtures.A.publicKey());
            Arrays.fill(seed, (byte) 0);
            assertThat(signer.sign(Bytes.zeros(1)))
                    .as(library.name())
                    .isEqualTo(Fixtures.A.newSigner().sign(Bytes.zeros(1)));
        }
    }
}
