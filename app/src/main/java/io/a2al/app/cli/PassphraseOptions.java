package io.a2al.app.cli;

import io.a2al.dht.files.KeyFileException;
import io.a2al.dht.files.KeyFileException.Reason;
import io.a2al.dht.files.Passphrase;
import io.a2al.dht.files.PassphraseSource;
import io.a2al.dht.files.PassphraseSource.Prompt;
import java.io.Console;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/**
 * The source of the passphrase of an encrypted identity. Never an argument, because every user of the machine can read
 * those.
 */
public final class PassphraseOptions {

    private static final String OPTION = "--passphrase-file";
    private static final String VARIABLE = "A2AL_PASSPHRASE";

    @Option(
            names = OPTION,
            paramLabel = "FILE",
            description = "If the identity is encrypted, its passphrase is the first line of this file;"
                    + " otherwise $" + VARIABLE + ", or else what you type at the terminal.")
    private Optional<Path> file = Optional.empty();

    /** Returns the passphrase of an existing identity. */
    public PassphraseSource existing() {
        return existing(file, OPTION, VARIABLE);
    }

    /** Returns the passphrase for an identity that is to be encrypted; never an empty one. */
    public PassphraseSource chosen() {
        return chosen(file, OPTION, VARIABLE);
    }

    /** The same for an option and a variable with other names. */
    public static PassphraseSource existing(Optional<Path> file, String option, String variable) {
        Optional<PassphraseSource> atTerminal = terminal().map(PassphraseSource::prompt);
        return choose(file, option, variable, environment(variable), atTerminal);
    }

    /** The same for an option and a variable with other names. */
    public static PassphraseSource chosen(Optional<Path> file, String option, String variable) {
        Optional<PassphraseSource> atTerminal = terminal().map(PassphraseSource::promptForNew);
        return notEmpty(choose(file, option, variable, environment(variable), atTerminal));
    }

    /** Returns the first of these that exists: a file, the value of a variable, a terminal. */
    static PassphraseSource choose(
            Optional<Path> file,
            String option,
            String variable,
            Optional<String> value,
            Optional<PassphraseSource> atTerminal) {
        return file.map(PassphraseSource::file)
                .or(() -> value.map(PassphraseSource::text))
                .or(() -> atTerminal)
                .orElse(identityFile -> {
                    throw new KeyFileException(
                            Reason.NO_PASSPHRASE,
                            "no passphrase for " + identityFile + "; give it with " + option + " FILE, in $" + variable
                                    + ", or at a terminal");
                });
    }

    /** Refuses an empty passphrase, which would protect nothing. */
    static PassphraseSource notEmpty(PassphraseSource source) {
        return identityFile -> {
            Passphrase passphrase = source.passphraseOf(identityFile);
            if (passphrase.isEmpty()) {
                throw new KeyFileException(
                        Reason.NO_PASSPHRASE, "the new passphrase for " + identityFile + " is empty; choose another");
            }
            return passphrase;
        };
    }

    private static Optional<String> environment(String variable) {
        return Optional.ofNullable(Environment.variables().get(variable));
    }

    /** Whether there is a console without a terminal depends on the JDK and its settings. */
    @SuppressWarnings("SystemConsoleNull")
    private static Optional<Prompt> terminal() {
        Console console = System.console();
        return console != null && console.isTerminal()
                ? Optional.of(question -> console.readPassword("%s", question))
                : Optional.empty();
    }
}
