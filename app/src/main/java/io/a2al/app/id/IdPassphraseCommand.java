package io.a2al.app.id;

import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.CommonOptions;
import io.a2al.app.cli.DataOption;
import io.a2al.app.cli.Json;
import io.a2al.app.cli.PassphraseOptions;
import io.a2al.dht.files.DataDirectory;
import io.a2al.dht.files.KeyFiles;
import io.a2al.dht.files.KeyForm;
import io.a2al.dht.files.PassphraseSource;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code a2al id passphrase}: encrypts an identity, changes its passphrase, or removes it. */
@Command(
        name = "passphrase",
        description = {
            "Encrypt the identity of the data directory, or change its passphrase; with --remove, keep it in plain"
                    + " form.",
            "Copies of the file that were made before still open with the old passphrase."
        },
        footer = {
            "",
            "Example:",
            "  a2al id passphrase --data ~/agent",
            "  a2al id passphrase --data ~/agent --passphrase-file old --new-passphrase-file new"
        })
final class IdPassphraseCommand implements Callable<Integer> {

    private static final String NEW_PASSPHRASE_OPTION = "--new-passphrase-file";
    private static final String NEW_PASSPHRASE_VARIABLE = "A2AL_NEW_PASSPHRASE";

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private DataOption data = new DataOption();

    @Option(
            names = NEW_PASSPHRASE_OPTION,
            paramLabel = "FILE",
            description = "The new passphrase is the first line of this file; otherwise $" + NEW_PASSPHRASE_VARIABLE
                    + ", or else what you type at the terminal.")
    private Optional<Path> newPassphraseFile = Optional.empty();

    @Option(names = "--remove", description = "Keep the identity in plain form from now on.")
    private boolean remove;

    @Override
    public Integer call() throws CommandException, IOException {
        if (remove && newPassphraseFile.isPresent()) {
            throw CommandException.wrongUse("--remove needs no new passphrase; leave out " + NEW_PASSPHRASE_OPTION);
        }
        PassphraseSource current = data.passphrases().existing();
        Path path = data.orDefault();
        // Opening a directory would make it.
        KeyFiles.in(path).requireForm();
        try (DataDirectory directory = DataDirectory.open(path)) {
            KeyFiles keys = directory.keys();
            if (remove) {
                keys.decrypt(current);
            } else {
                keys.encrypt(
                        current,
                        PassphraseOptions.chosen(newPassphraseFile, NEW_PASSPHRASE_OPTION, NEW_PASSPHRASE_VARIABLE),
                        new SecureRandom());
            }
            KeyForm form = keys.requireForm();
            IdentityJson.print(
                    common.output(),
                    Json.object()
                            .put("key", IdentityJson.form(form))
                            .put("kept_in", keys.file(form).toString()));
            return 0;
        }
    }
}
