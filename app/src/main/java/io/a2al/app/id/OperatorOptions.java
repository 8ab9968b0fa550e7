package io.a2al.app.id;

import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.DataOption;
import io.a2al.app.cli.PassphraseOptions;
import io.a2al.dht.files.KeyFileException;
import io.a2al.dht.files.KeyFiles;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Identity;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The key that is to act for an agent. */
public final class OperatorOptions {

    @Option(
            names = "--for",
            paramLabel = "DIR|KEY",
            description =
                    "The key that may act: that of a data directory, where the proof is kept then, or a public key in"
                            + " 64 hexadecimal digits. Default: $A2AL_HOME, or else ~/.a2al.")
    private Optional<String> operator = Optional.empty();

    @Mixin
    private PassphraseOptions passphrases = new PassphraseOptions();

    /**
     * The key, and the data directory of its identity if that is on this machine.
     *
     * @param publicKey 32 bytes
     */
    public record Operator(Bytes publicKey, Optional<Path> directory) {}

    public Operator open() throws CommandException, KeyFileException {
        if (operator.isPresent() && operator.get().matches("[0-9A-Fa-f]{64}")) {
            return new Operator(Bytes.fromHex(operator.get()), Optional.empty());
        }
        Path directory = operator.isPresent() ? Path.of(operator.get()) : DataOption.defaultDirectory();
        Identity identity = KeyFiles.in(directory).identity(passphrases.existing());
        identity.destroy();
        return new Operator(identity.publicKey(), Optional.of(directory));
    }
}
