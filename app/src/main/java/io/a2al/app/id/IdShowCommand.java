package io.a2al.app.id;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.CommonOptions;
import io.a2al.app.cli.DataOption;
import io.a2al.dht.files.KeyFileException;
import io.a2al.dht.files.KeyFiles;
import io.a2al.dht.files.KeyForm;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.delegation.DelegationProof;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code a2al id show}: shows the identity that a directory holds. */
@Command(
        name = "show",
        description = {
            "Show the identity that is kept in the data directory, how it is kept, and for which agent it acts.",
            "The directory may be in use by a node."
        },
        footer = {"", "Example:", "  a2al id show --data ~/agent"})
final class IdShowCommand implements Callable<Integer> {

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private DataOption data = new DataOption();

    @Override
    public Integer call() throws CommandException, KeyFileException {
        KeyFiles keys = KeyFiles.in(data.orDefault());
        Identity identity = keys.identity(data.passphrases().existing());
        KeyForm form = keys.requireForm();
        ObjectNode object = IdentityJson.identity(identity)
                .put("key", IdentityJson.form(form))
                .put("kept_in", keys.file(form).toString());
        identity.destroy();
        Optional<DelegationProof> proof = keys.delegation();
        if (proof.isPresent()) {
            ObjectNode delegation = object.putObject("delegation");
            delegation.setAll(IdentityJson.delegation(proof.get().delegation()));
            delegation
                    .put(
                            "validity",
                            IdentityJson.validity(proof.get(), Instant.now().getEpochSecond()))
                    .put(
                            "for_this_identity",
                            proof.get().delegation().operationalKey().equals(identity.publicKey()));
        }
        IdentityJson.print(common.output(), object);
        return 0;
    }
}
