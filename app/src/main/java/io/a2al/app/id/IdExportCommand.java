package io.a2al.app.id;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.CommonOptions;
import io.a2al.app.cli.DataOption;
import io.a2al.app.cli.Json;
import io.a2al.dht.files.KeyFileException;
import io.a2al.dht.files.KeyFiles;
import io.a2al.dht.files.OwnerOnlyFile;
import io.a2al.dht.files.Passphrase;
import io.a2al.dht.files.PassphraseSource;
import io.a2al.dht.files.SecretFile;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code a2al id export}: writes an identity to a file, to move it. */
@Command(
        name = "export",
        description = {
            "Write the identity of the data directory into a file that must not exist yet, readable by its owner only.",
            "It is the encrypted form that other nodes read, too: as it is kept, or else encrypted with a passphrase.",
            "With --seed it is the secret itself, in 64 hexadecimal digits."
        },
        footer = {
            "",
            "Example:",
            "  a2al id export ~/identity.ed25519 --data ~/agent",
            "  a2al id export ~/seed.hex --data ~/agent --seed"
        })
final class IdExportCommand implements Callable<Integer> {

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private DataOption data = new DataOption();

    @Parameters(paramLabel = "FILE", description = "The file to write.")
    private Path file = Path.of("");

    @Option(names = "--seed", description = "Write the secret seed, unencrypted.")
    private boolean seed;

    @Override
    public Integer call() throws CommandException, IOException {
        if (Files.exists(file)) {
            throw CommandException.failed("file " + file + " exists already; choose another, or move it away");
        }
        KeyFiles keys = KeyFiles.in(data.orDefault());
        ObjectNode object = seed ? exportSeed(keys) : exportEncrypted(keys);
        IdentityJson.print(common.output(), object.put("written_to", file.toString()));
        return 0;
    }

    private ObjectNode exportSeed(KeyFiles keys) throws KeyFileException {
        Identity identity = keys.identity(data.passphrases().existing());
        byte[] secret = identity.exportSeed();
        try {
            SecretFile.create(file, secret);
        } finally {
            Arrays.fill(secret, (byte) 0);
            identity.destroy();
        }
        return IdentityJson.identity(identity).put("key", "plain");
    }

    private ObjectNode exportEncrypted(KeyFiles keys) throws CommandException, KeyFileException {
        Optional<Bytes> kept = keys.encryptedIdentity();
        if (kept.isPresent()) {
            write(kept.get());
            return Json.object().put("key", "encrypted");
        }
        Identity identity = keys.identity(PassphraseSource.none());
        try (Passphrase passphrase = data.passphrases().chosen().passphraseOf(file)) {
            write(KeyFiles.seal(identity, passphrase, new SecureRandom()));
        } finally {
            identity.destroy();
        }
        return IdentityJson.identity(identity).put("key", "encrypted");
    }

    private void write(Bytes blob) throws CommandException {
        try {
            OwnerOnlyFile.create(file, blob.toArray());
        } catch (IOException e) {
            throw CommandException.failed("file " + file + " cannot be written: " + OwnerOnlyFile.reason(e));
        }
    }
}
