package io.a2al.app.id;

import io.a2al.app.cli.CommandException;
import io.a2al.dht.files.OwnerOnlyFile;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.delegation.Delegation;
import io.a2al.protocol.delegation.DelegationProof;
import io.a2al.protocol.delegation.InvalidDelegationException;
import io.a2al.protocol.delegation.InvalidSignatureException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A delegation that waits for a wallet's signature, and the text that the wallet signs. Between the two runs of the
 * program it is kept in the data directory, in the file {@value #FILE}, which holds that text and nothing else.
 *
 * @param delegation for an Ethereum or Paralism address
 * @param text as {@link DelegationProof#walletMessage} makes it, or with the same meaning
 */
record DelegationRequest(Delegation delegation, String text) {

    static final String FILE = "delegation.request";

    /** Creates a request with the standard text. */
    static DelegationRequest of(Delegation delegation) {
        return new DelegationRequest(delegation, DelegationProof.walletMessage(delegation));
    }

    /** Reads the pending request of a data directory. */
    static DelegationRequest read(Path directory) throws CommandException {
        Path file = directory.resolve(FILE);
        try {
            String text = new String(OwnerOnlyFile.read(file), StandardCharsets.UTF_8);
            Delegation delegation = DelegationProof.parseWalletMessage(text);
            // Only wallets sign texts.
            DelegationProof.walletMessage(delegation);
            return new DelegationRequest(delegation, text);
        } catch (NoSuchFileException none) {
            throw CommandException.wrongUse(
                    "no delegation in " + directory + " waits for a signature; give --ethereum or"
                            + " --paralism, --issued-at and --expires as they were when the text was made");
        } catch (IOException e) {
            throw CommandException.failed("file " + file + " cannot be read: " + OwnerOnlyFile.reason(e));
        } catch (InvalidDelegationException e) {
            throw damaged(file, e);
        } catch (IllegalArgumentException notAWallet) {
            throw damaged(file, notAWallet);
        }
    }

    private static CommandException damaged(Path file, Exception why) {
        return CommandException.failed(
                "file " + file + " is damaged: " + why.getMessage() + "; remove it and make the request again");
    }

    /** Writes the request into a data directory, replacing another. */
    Path write(Path directory) throws CommandException {
        Path file = directory.resolve(FILE);
        try {
            OwnerOnlyFile.replace(file, text.getBytes(StandardCharsets.UTF_8));
            return file;
        } catch (IOException e) {
            throw CommandException.failed("file " + file + " cannot be written: " + OwnerOnlyFile.reason(e));
        }
    }

    /** Deletes the request of a data directory, if there is one. */
    static void remove(Path directory) throws IOException {
        Files.deleteIfExists(directory.resolve(FILE));
    }

    /**
     * Returns the proof with the signature of the wallet. The text may have lost its last line feed on the way to the
     * wallet.
     */
    DelegationProof signed(Bytes signature) throws InvalidDelegationException {
        try {
            return DelegationProof.ofWalletSignature(delegation, text, signature);
        } catch (InvalidSignatureException notOfThisText) {
            try {
                return DelegationProof.ofWalletSignature(delegation, text.stripTrailing(), signature);
            } catch (InvalidSignatureException norOfThatOne) {
                throw notOfThisText;
            }
        }
    }
}
