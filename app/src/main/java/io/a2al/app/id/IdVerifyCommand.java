package io.a2al.app.id;

import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.CommonOptions;
import io.a2al.app.cli.Output;
import io.a2al.app.cli.Texts;
import io.a2al.dht.files.OwnerOnlyFile;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.delegation.DelegationProof;
import io.a2al.protocol.delegation.DelegationProof.Validity;
import io.a2al.protocol.delegation.InvalidDelegationException;
import io.a2al.protocol.id.Address;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code a2al id verify}: checks an address or a delegation proof and explains it. */
@Command(
        name = "verify",
        description = {
            "Check an address of any family, and show its usual form, its parts and its NodeID; or check a delegation"
                + " proof, and show every field, whether the owner's signature holds, and whether it is in force now.",
            "Exit code 1 says that a proof does not hold or is not in force."
        },
        footer = {
            "",
            "Example:",
            "  a2al id verify 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
            "  a2al id verify ~/agent/delegation.proof"
        })
final class IdVerifyCommand implements Callable<Integer> {

    /** The number of digits of an address; every proof has more. */
    private static final int DIGITS_OF_AN_ADDRESS = 2 * Address.LENGTH;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Parameters(
            paramLabel = "ADDRESS|PROOF|FILE",
            description = "An address; or a proof in hexadecimal digits, or a file with one, in digits or in bytes.")
    private String input = "";

    @Override
    public Integer call() throws CommandException {
        Output output = common.output();
        Optional<Bytes> proof = proof();
        if (proof.isPresent()) {
            verify(output, proof.get());
        } else {
            IdentityJson.print(output, IdentityJson.address(Texts.parseAgent(input)));
        }
        return 0;
    }

    /** Returns the given proof, or the one in the given file; empty if the argument is an address. */
    private Optional<Bytes> proof() throws CommandException {
        Optional<Path> file = file();
        if (file.isEmpty()) {
            return input.length() > DIGITS_OF_AN_ADDRESS ? fromHex(input) : Optional.empty();
        }
        byte[] content;
        try {
            content = OwnerOnlyFile.read(file.get());
        } catch (IOException e) {
            throw CommandException.wrongUse("file " + file.get() + " cannot be read: " + OwnerOnlyFile.reason(e));
        }
        return fromHex(new String(content, StandardCharsets.ISO_8859_1)).or(() -> Optional.of(Bytes.copyOf(content)));
    }

    private Optional<Path> file() {
        try {
            return Optional.of(Path.of(input)).filter(Files::isRegularFile);
        } catch (InvalidPathException notAPath) {
            return Optional.empty();
        }
    }

    private static Optional<Bytes> fromHex(String text) {
        try {
            return Optional.of(Bytes.fromHex(text.strip()));
        } catch (IllegalArgumentException notHex) {
            return Optional.empty();
        }
    }

    private static void verify(Output output, Bytes encoded) throws CommandException {
        DelegationProof proof;
        try {
            proof = DelegationProof.decode(encoded);
        } catch (InvalidDelegationException e) {
            throw CommandException.wrongUse("not a delegation proof: " + e.getMessage());
        }
        long now = Instant.now().getEpochSecond();
        IdentityJson.print(output, IdentityJson.proof(proof, now));
        if (!IdentityJson.holds(proof)) {
            throw CommandException.notFound("the signature of this proof is not one of "
                    + proof.delegation().agent());
        }
        if (proof.validityAt(now) != Validity.VALID) {
            throw CommandException.notFound("this proof is " + IdentityJson.validity(proof, now));
        }
    }
}
