package io.a2al.app;

import io.a2al.dht.files.DataDirectory;
import io.a2al.protocol.crypto.WalletKey;
import io.a2al.protocol.delegation.Delegation;
import io.a2al.protocol.delegation.DelegationProof;
import io.a2al.protocol.id.Address;
import java.nio.file.Path;
import java.security.SecureRandom;

/** Data directories of agents whose owners have an Ethereum wallet. */
public final class AgentDirectories {

    private AgentDirectories() {}

    /**
     * Makes an identity in a directory, and keeps there a proof that a new wallet delegated it.
     *
     * @param expiresAt Unix seconds; 0 for never
     * @return the wallet's address
     */
    public static Address delegated(Path path, long expiresAt) throws Exception {
        WalletKey wallet = WalletKey.generate(new SecureRandom());
        try (DataDirectory directory = DataDirectory.open(path)) {
            Delegation delegation = Delegation.of(
                    directory.identity(new SecureRandom()).publicKey(), wallet.ethereumAddress(), 0, expiresAt);
            directory.keys().keep(DelegationProof.sign(wallet, delegation));
        }
        return wallet.ethereumAddress();
    }
}
