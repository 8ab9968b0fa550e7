package io.a2al.app.id;

import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.CommonOptions;
import io.a2al.app.cli.DataOption;
import io.a2al.dht.files.DataDirectory;
import io.a2al.dht.files.KeyFileException;
import io.a2al.dht.files.KeyFiles;
import io.a2al.dht.files.KeyForm;
import io.a2al.dht.files.OwnerOnlyFile;
import io.a2al.dht.files.Passphrase;
import io.a2al.dht.files.SecretFile;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.EncryptedIdentity;
import io.a2al.protocol.crypto.Identity;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code a2al id import}: imports an identity. */
@Command(
        name = "import",
        description = {
            "Take over an identity into the data directory: --data, or else $A2AL_HOME, or else ~/.a2al.",
            "The file holds the 95 bytes of an encrypted identity (identity.ed25519 of other nodes), or a seed in 64"
                    + " hexadecimal digits.",
            "What was encrypted stays so, with the same passphrase, unless --plain is given; a seed is kept plain"
                    + " unless --encrypt is given."
        },
        footer = {
            "",
            "Example:",
            "  a2al id import other/identity.ed25519 --data ~/agent --passphrase-file ~/words",
            "  a2al id import seed.hex --data ~/agent --encrypt"
        })
final class IdImportCommand implements Callable<Integer> {

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private DataOption data = new DataOption();

    @Parameters(paramLabel = "FILE", description = "The file with the identity.")
    private Path file = Path.of("");

    @Option(names = "--encrypt", description = "Encrypt a seed with a passphrase.")
    private boolean encrypt;

    @Option(names = "--plain", description = "Keep an encrypted identity in plain form.")
    private boolean plain;

    @Override
    public Integer call() throws CommandException, IOException {
        byte[] content = read();
        try (DataDirectory directory = DataDirectory.open(data.orDefault())) {
            KeyFiles keys = directory.keys();
            keys.demandNoIdentity();
            boolean sealed = EncryptedIdentity.hasMagic(content);
            Identity identity = sealed ? importBlob(keys, Bytes.copyOf(content)) : importSeed(keys);
            KeyForm form = keys.requireForm();
            IdentityJson.print(
                    common.output(),
                    IdentityJson.identity(identity)
                            .put("key", IdentityJson.form(form))
                            .put("kept_in", keys.file(form).toString()));
            identity.destroy();
            return 0;
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    private byte[] read() throws CommandException {
        try {
            return OwnerOnlyFile.read(file);
        } catch (IOException e) {
            throw CommandException.wrongUse("file " + file + " cannot be read: " + OwnerOnlyFile.reason(e));
        }
    }

    private Identity importBlob(KeyFiles keys, Bytes blob) throws CommandException, KeyFileException {
        if (encrypt) {
            throw CommandException.wrongUse("the identity in " + file + " is encrypted already; leave out --encrypt");
        }
        if (blob.length() != EncryptedIdentity.LENGTH) {
            throw CommandException.wrongUse("the encrypted identity in " + file + " is damaged: it has " + blob.length()
                    + " bytes instead of " + EncryptedIdentity.LENGTH);
        }
        try (Passphrase passphrase = data.passphrases().existing().passphraseOf(file)) {
            Identity identity = KeyFiles.open(file, blob, passphrase);
            if (plain) {
                keys.keep(identity);
            } else {
                keys.keepEncrypted(identity, passphrase, new SecureRandom());
            }
            return identity;
        }
    }

    private Identity importSeed(KeyFiles keys) throws CommandException, KeyFileException {
        if (plain) {
            throw CommandException.wrongUse("a seed is kept in plain form anyway; leave out --plain");
        }
        byte[] seed;
        try {
            seed = SecretFile.read(file);
        } catch (KeyFileException e) {
            throw CommandException.wrongUse(
                    "file " + file + " holds neither an encrypted identity nor a seed of 64 hexadecimal digits");
        }
        Identity identity = Identity.ofSeed(seed);
        Arrays.fill(seed, (byte) 0);
        if (encrypt) {
            try (Passphrase passphrase = data.passphrases().chosen().passphraseOf(keys.file(KeyForm.ENCRYPTED))) {
                keys.keepEncrypted(identity, passphrase, new SecureRandom());
            }
        } else {
            keys.keep(identity);
        }
        return identity;
    }
}
