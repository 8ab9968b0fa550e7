package io.a2al.http.registry;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.id.Address;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * Encrypts the keys of agents for storage: AES-256-GCM with a key that HKDF-SHA256 derives from the node's seed, and
 * the agent's address as further authenticated data, so that no key can be put in the place of another's. Thread-safe.
 */
final class KeySeal {

    private static final String PURPOSE = "a2al agents, keys at rest";
    private static final int KEY_LENGTH = 32;
    private static final int NONCE_LENGTH = 12;
    private static final int TAG_BITS = 128;

    private final SecretKey key;
    private final SecureRandom random = new SecureRandom();

    /** Seals by the seed of {@code identity}. */
    KeySeal(Identity identity) {
        byte[] seed = identity.exportSeed();
        try {
            key = KDF.getInstance("HKDF-SHA256")
                    .deriveKey(
                            "AES",
                            HKDFParameterSpec.ofExtract()
                                    .addIKM(seed)
                                    .thenExpand(PURPOSE.getBytes(StandardCharsets.US_ASCII), KEY_LENGTH));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform lacks HKDF-SHA256", e);
        } finally {
            Arrays.fill(seed, (byte) 0);
        }
    }

    /** Returns a nonce and the encrypted seed of an agent's key. */
    Bytes seal(Address agent, Identity operational) {
        byte[] nonce = new byte[NONCE_LENGTH];
        random.nextBytes(nonce);
        byte[] seed = operational.exportSeed();
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, agent).doFinal(seed);
            return Bytes.copyOf(nonce).concat(Bytes.copyOf(sealed));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform cannot encrypt by AES-GCM", e);
        } finally {
            Arrays.fill(seed, (byte) 0);
        }
    }

    /**
     * Returns the key in what {@link #seal} made.
     *
     * @throws IllegalArgumentException if it was made for another agent or by another identity, or is damaged
     */
    Identity open(Address agent, Bytes sealed) {
        if (sealed.length() < NONCE_LENGTH) {
            throw new IllegalArgumentException("the encrypted key is too short");
        }
        byte[] nonce = sealed.slice(0, NONCE_LENGTH).toArray();
        try {
            byte[] seed = cipher(Cipher.DECRYPT_MODE, nonce, agent)
                    .doFinal(sealed.slice(NONCE_LENGTH, sealed.length()).toArray());
            Identity identity = Identity.ofSeed(seed);
            Arrays.fill(seed, (byte) 0);
            return identity;
        } catch (GeneralSecurityException unauthentic) {
            throw new IllegalArgumentException(
                    "the key does not open: it is damaged, or was kept by a node with another identity");
        }
    }

    private Cipher cipher(int mode, byte[] nonce, Address agent) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(agent.toBytes().toArray());
        return cipher;
    }
}
