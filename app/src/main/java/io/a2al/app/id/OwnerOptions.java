package io.a2al.app.id;

import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.PassphraseOptions;
import io.a2al.dht.files.KeyFileException;
import io.a2al.dht.files.KeyFiles;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.id.Address;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The owner of the agent for which a key is to act. */
public final class OwnerOptions {

    private static final String PASSPHRASE = "--master-passphrase-file";

    @ArgGroup
    private Owner owner = new Owner();

    /** At most one of these. */
    static final class Owner {

        @Option(
                names = "--master-data",
                paramLabel = "DIR",
                description = "The owner is the identity of this data directory, which signs at once.")
        private Optional<Path> master = Optional.empty();

        @Option(names = "--ethereum", paramLabel = "ADDRESS", description = "The owner's wallet has this address.")
        private Optional<String> ethereum = Optional.empty();

        @Option(names = "--paralism", paramLabel = "ADDRESS", description = "The owner's wallet has this address.")
        private Optional<String> paralism = Optional.empty();
    }

    @Option(
            names = PASSPHRASE,
            paramLabel = "FILE",
            description =
                    "If the identity of --master-data is encrypted, its passphrase is the first line of this file;"
                            + " otherwise $A2AL_MASTER_PASSPHRASE, or else what is typed at the terminal.")
    private Optional<Path> passphrase = Optional.empty();

    /** The data directory of the owner's identity, if it is one. */
    public Optional<Path> master() throws CommandException {
        if (owner.master.isEmpty() && passphrase.isPresent()) {
            throw CommandException.wrongUse(PASSPHRASE + " is for the identity of --master-data; give that, too");
        }
        return owner.master;
    }

    /** The identity of that directory; the caller destroys it. */
    public Identity openMaster() throws KeyFileException {
        return KeyFiles.in(owner.master.orElseThrow())
                .identity(PassphraseOptions.existing(passphrase, PASSPHRASE, "A2AL_MASTER_PASSPHRASE"));
    }

    /** The address of the owner's wallet, if it is one. */
    public Optional<Address> wallet() throws CommandException {
        if (owner.ethereum.isPresent()) {
            return Optional.of(WalletFamily.ETHEREUM.parse(owner.ethereum.get()));
        }
        return owner.paralism.isPresent()
                ? Optional.of(WalletFamily.PARALISM.parse(owner.paralism.get()))
                : Optional.empty();
    }
}
