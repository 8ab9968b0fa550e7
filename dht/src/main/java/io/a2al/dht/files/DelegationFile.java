package io.a2al.dht.files;

import io.a2al.dht.files.KeyFileException.Reason;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.delegation.DelegationProof;
import io.a2al.protocol.delegation.InvalidDelegationException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A file with a delegation proof (wire.md 14): its canonical encoding in hexadecimal digits and a line feed. Only
 * proofs whose signature holds are written or read. Stateless and thread-safe.
 */
final class DelegationFile {

    private DelegationFile() {}

    static DelegationProof read(Path file) throws KeyFileException {
        String text = new String(KeyFile.read(file, "delegation"), StandardCharsets.US_ASCII).strip();
        String problem;
        try {
            DelegationProof proof = DelegationProof.decode(Bytes.fromHex(text));
            if (holds(proof)) {
                return proof;
            }
            problem = "its signature does not hold";
        } catch (IllegalArgumentException notHex) {
            problem = "it does not consist of hexadecimal digits";
        } catch (InvalidDelegationException e) {
            problem = String.valueOf(e.getMessage());
        }
        throw new KeyFileException(
                Reason.DAMAGED,
                "delegation file " + file + " is damaged: " + problem
                        + "; restore it from a backup, or move it away and have the agent's owner sign a new one");
    }

    static void write(Path file, DelegationProof proof) throws KeyFileException {
        if (!holds(proof)) {
            throw new IllegalArgumentException("the signature of this delegation proof does not hold");
        }
        KeyFile.replace(file, (proof.encode().toHex() + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static boolean holds(DelegationProof proof) {
        return proof.isSigned(Ed25519.preferred().newVerifier());
    }
}
