package io.a2al.app.id;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.CommonOptions;
import io.a2al.app.cli.DataOption;
import io.a2al.app.cli.Json;
import io.a2al.app.cli.Output;
import io.a2al.dht.files.DataDirectory;
import io.a2al.dht.files.KeyFiles;
import io.a2al.dht.files.KeyForm;
import io.a2al.dht.files.Passphrase;
import io.a2al.dht.files.SecretFile;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.crypto.WalletKey;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code a2al id new}: makes an identity, or a wallet's key. */
@Command(
        name = "new",
        description = {
            "Make an identity and keep it in the data directory: --data, or else $A2AL_HOME, or else ~/.a2al.",
            "An identity that is there already is never replaced.",
            "With --family a wallet's key is made instead, which can delegate; its secret goes into a file of its own."
        },
        footer = {
            "",
            "Example:",
            "  a2al id new --data ~/agent --encrypt",
            "  a2al id new --family ethereum --secret-file ~/wallet.key"
        })
final class IdNewCommand implements Callable<Integer> {

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private DataOption data = new DataOption();

    @Option(names = "--encrypt", description = "Keep it encrypted with a passphrase.")
    private boolean encrypt;

    @Option(names = "--family", paramLabel = "NAME", description = "Make a wallet's key instead: ethereum or paralism.")
    private Optional<String> family = Optional.empty();

    @Option(
            names = "--secret-file",
            paramLabel = "FILE",
            description = "Where the wallet's secret goes, as 64 hexadecimal digits; the file must not exist yet.")
    private Optional<Path> secretFile = Optional.empty();

    @Option(names = "--show-secret", description = "Print the wallet's secret.")
    private boolean showSecret;

    @Override
    public Integer call() throws CommandException, IOException {
        Output output = common.output();
        if (family.isPresent()) {
            newWallet(output, WalletFamily.named(family.get()));
            return 0;
        }
        if (secretFile.isPresent() || showSecret) {
            throw CommandException.wrongUse(
                    "--secret-file and --show-secret are for wallets; give --family, too, or see a2al id export");
        }
        newIdentity(output);
        return 0;
    }

    private void newIdentity(Output output) throws IOException, CommandException {
        SecureRandom random = new SecureRandom();
        Identity identity = Identity.generate(random);
        try (DataDirectory directory = DataDirectory.open(data.orDefault())) {
            KeyFiles keys = directory.keys();
            keys.demandNoIdentity();
            if (encrypt) {
                try (Passphrase passphrase = data.passphrases().chosen().passphraseOf(keys.file(KeyForm.ENCRYPTED))) {
                    keys.keepEncrypted(identity, passphrase, random);
                }
            } else {
                keys.keep(identity);
            }
            KeyForm form = encrypt ? KeyForm.ENCRYPTED : KeyForm.PLAIN;
            IdentityJson.print(
                    output,
                    IdentityJson.identity(identity)
                            .put("key", IdentityJson.form(form))
                            .put("kept_in", keys.file(form).toString()));
        } finally {
            identity.destroy();
        }
    }

    private void newWallet(Output output, WalletFamily wallet) throws CommandException, IOException {
        if (data.directory.isPresent() || encrypt) {
            throw CommandException.wrongUse(
                    "a wallet's key is no identity of a node; give --secret-file FILE instead of --data and --encrypt");
        }
        if (secretFile.isEmpty() && !showSecret) {
            throw CommandException.wrongUse("nowhere to put the secret; give --secret-file FILE");
        }
        WalletKey key = WalletKey.generate(new SecureRandom());
        byte[] secret = key.exportPrivateKey();
        try {
            if (secretFile.isPresent()) {
                SecretFile.create(secretFile.get(), secret);
            }
            Address address = wallet.addressOf(key);
            ObjectNode object = Json.object()
                    .put("address", address.toString())
                    .put("node_id", NodeId.ofAddress(address).toString());
            secretFile.ifPresent(file -> object.put("kept_in", file.toString()));
            if (showSecret) {
                object.put("secret", Bytes.copyOf(secret).toHex());
            }
            IdentityJson.print(output, object);
        } finally {
            Arrays.fill(secret, (byte) 0);
            key.destroy();
        }
    }
}
