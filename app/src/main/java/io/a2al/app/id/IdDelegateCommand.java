package io.a2al.app.id;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.CommonOptions;
import io.a2al.app.cli.Output;
import io.a2al.app.cli.Texts;
import io.a2al.app.id.OperatorOptions.Operator;
import io.a2al.dht.files.KeyFileException;
import io.a2al.dht.files.KeyFiles;
import io.a2al.dht.files.OwnerOnlyFile;
import io.a2al.dht.files.SecretFile;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.crypto.WalletKey;
import io.a2al.protocol.delegation.Delegation;
import io.a2al.protocol.delegation.DelegationProof;
import io.a2al.protocol.delegation.DelegationProof.Validity;
import io.a2al.protocol.delegation.InvalidDelegationException;
import io.a2al.protocol.id.Address;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code a2al id delegate}: lets a key act for an agent. */
@Command(
        name = "delegate",
        description = {
            "Let a key act for an agent with another address, whose owner signs a proof.",
            "With --ethereum or --paralism alone, the text that the owner's wallet has to sign is printed; --signature"
                    + " then takes the signature that the wallet made.",
            "The proof is kept in the data directory of the key, or printed. A node that runs there uses it after its"
                    + " next start."
        },
        footer = {
            "",
            "Example:",
            "  a2al id delegate --master-data ~/master --for ~/agent --expires 90d",
            "  a2al id delegate --for ~/agent \\",
            "      --ethereum 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
            "  a2al id delegate --for ~/agent --signature 0x3f…"
        })
final class IdDelegateCommand implements Callable<Integer> {

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private OperatorOptions operators = new OperatorOptions();

    @Mixin
    private OwnerOptions owner = new OwnerOptions();

    @Mixin
    private TermOptions terms = new TermOptions();

    @ArgGroup
    private ProofOptions given = new ProofOptions();

    /** The parts of the proof that exist already; at most one of these. */
    static final class ProofOptions {

        @Option(
                names = "--signature",
                paramLabel = "TEXT",
                description = "The wallet's signature of the text: hexadecimal digits, or Base64.")
        private Optional<String> signature = Optional.empty();

        @Option(
                names = "--wallet-key-file",
                paramLabel = "FILE",
                description = "Sign with the wallet's secret key, 64 hexadecimal digits in this file.")
        private Optional<Path> walletKey = Optional.empty();

        @Option(
                names = "--proof",
                paramLabel = "FILE",
                description = "Take over a proof that was made elsewhere, with --out.")
        private Optional<Path> proof = Optional.empty();

        private boolean isEmpty() {
            return signature.isEmpty() && walletKey.isEmpty() && proof.isEmpty();
        }
    }

    @Option(names = "--out", paramLabel = "FILE", description = "Write the proof into this file, too.")
    private Optional<Path> out = Optional.empty();

    @Override
    public Integer call() throws CommandException, IOException {
        Output output = common.output();
        long now = Instant.now().getEpochSecond();
        Optional<Path> master = owner.master();
        Optional<Address> wallet = owner.wallet();
        checkCombination(master.isPresent(), wallet.isPresent());
        Operator operator = operators.open();
        if (master.isPresent()) {
            finish(output, operator, signByMaster(operator, now), now);
        } else if (given.signature.isPresent()) {
            finish(output, operator, signByWallet(operator, wallet, given.signature.get()), now);
        } else if (given.proof.isPresent()) {
            finish(output, operator, read(operator, given.proof.get()), now);
        } else {
            Delegation delegation = terms.delegation(operator.publicKey(), wallet.orElseThrow(), now);
            if (given.walletKey.isPresent()) {
                finish(output, operator, signByKey(delegation, given.walletKey.get()), now);
            } else {
                request(output, operator, delegation);
            }
        }
        return 0;
    }

    private void checkCombination(boolean byMaster, boolean byWallet) throws CommandException {
        if (byMaster && !given.isEmpty()) {
            throw CommandException.wrongUse(
                    "--master-data signs at once; leave out --signature, --wallet-key-file and --proof");
        }
        if (given.proof.isPresent() && (byWallet || !terms.isEmpty())) {
            throw CommandException.wrongUse(
                    "--proof says it all; leave out --ethereum, --paralism, --issued-at and --expires");
        }
        if (!byMaster && !byWallet && given.signature.isEmpty() && given.proof.isEmpty()) {
            throw CommandException.wrongUse(
                    "whose agent? Give --master-data DIR, --ethereum ADDRESS or --paralism ADDRESS");
        }
    }

    // ---- signatures -------------------------------------------------------------------------------------------

    private DelegationProof signByMaster(Operator operator, long now) throws CommandException, KeyFileException {
        Identity master = owner.openMaster();
        try {
            Delegation says = terms.delegation(operator.publicKey(), master.address(), now);
            if (master.publicKey().equals(operator.publicKey())) {
                throw CommandException.wrongUse(
                        master.address() + " need not delegate to itself; choose another key with --for");
            }
            return DelegationProof.sign(master.newSigner(), says.operationalKey(), says.issuedAt(), says.expiresAt());
        } finally {
            master.destroy();
        }
    }

    private static DelegationProof signByKey(Delegation delegation, Path keyFile)
            throws CommandException, KeyFileException {
        byte[] secret = SecretFile.read(keyFile);
        WalletKey key;
        try {
            key = WalletKey.ofPrivateKey(secret);
        } catch (IllegalArgumentException e) {
            throw CommandException.wrongUse("file " + keyFile + ": " + e.getMessage());
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
        try {
            return DelegationProof.sign(key, delegation);
        } catch (IllegalArgumentException e) {
            throw CommandException.wrongUse(e.getMessage() + " in " + keyFile);
        } finally {
            key.destroy();
        }
    }

    private DelegationProof signByWallet(Operator operator, Optional<Address> wallet, String signature)
            throws CommandException {
        DelegationRequest request = wallet.isPresent() && terms.isFixed()
                ? DelegationRequest.of(terms.delegation(operator.publicKey(), wallet.get(), 0))
                : waiting(operator, wallet);
        try {
            return request.signed(DelegationProof.parseWalletSignature(signature));
        } catch (InvalidDelegationException e) {
            throw CommandException.wrongUse(String.valueOf(e.getMessage()));
        }
    }

    /** Returns the pending request of the data directory, which must match the options that are given. */
    private DelegationRequest waiting(Operator operator, Optional<Address> wallet) throws CommandException {
        if (operator.directory().isEmpty() || !terms.isEmpty()) {
            throw CommandException.wrongUse(
                    "the signature of which text? Give --ethereum or --paralism, --issued-at and"
                            + " --expires as they were when the text was made");
        }
        Path directory = operator.directory().get();
        DelegationRequest request = DelegationRequest.read(directory);
        Delegation says = request.delegation();
        if (!says.operationalKey().equals(operator.publicKey())) {
            throw CommandException.wrongUse("the delegation that waits in " + directory
                    + " is for another key than the one that is kept there; make the request again");
        }
        if (wallet.isPresent() && !wallet.get().equals(says.agent())) {
            throw CommandException.wrongUse("the delegation that waits in " + directory + " is by " + says.agent()
                    + ", not by " + wallet.get() + "; for another text give --issued-at and --expires, too");
        }
        return request;
    }

    private static DelegationProof read(Operator operator, Path file) throws CommandException {
        DelegationProof proof;
        try {
            proof = KeyFiles.readDelegation(file);
        } catch (KeyFileException e) {
            throw CommandException.wrongUse(String.valueOf(e.getMessage()));
        }
        if (!proof.delegation().operationalKey().equals(operator.publicKey())) {
            throw CommandException.wrongUse("the proof in " + file + " is for the key of "
                    + Address.ofPublicKey(proof.delegation().operationalKey()) + ", not for that of "
                    + Address.ofPublicKey(operator.publicKey()));
        }
        return proof;
    }

    // ---- results ----------------------------------------------------------------------------------------------

    /** Prints only the text that the wallet has to sign on standard output. */
    private static void request(Output output, Operator operator, Delegation delegation) throws CommandException {
        DelegationRequest request = DelegationRequest.of(delegation);
        Optional<Path> file = operator.directory().isPresent()
                ? Optional.of(request.write(operator.directory().get()))
                : Optional.empty();
        if (output.isJson()) {
            ObjectNode object = IdentityJson.delegation(delegation).put("message", request.text());
            file.ifPresent(path -> object.put("request_file", path.toString()));
            output.json(object);
            return;
        }
        output.line(request.text().stripTrailing());
        String again = operator.directory()
                .map(directory -> "--for " + directory)
                .orElseGet(() -> "--for " + operator.publicKey() + " --"
                        + IdentityJson.family(delegation.agent().version()) + " " + delegation.agent() + " "
                        + TermOptions.repeating(delegation));
        output.warn("sign this text with the wallet of " + delegation.agent() + ", then run: a2al id delegate " + again
                + " --signature SIGNATURE");
    }

    private void finish(Output output, Operator operator, DelegationProof proof, long now)
            throws CommandException, IOException {
        Delegation says = proof.delegation();
        if (proof.validityAt(now) != Validity.VALID) {
            throw CommandException.wrongUse("the delegation is " + IdentityJson.validity(proof, now) + ": it is from "
                    + Texts.date(says.issuedAt()) + " to " + IdentityJson.end(says));
        }
        ObjectNode object = IdentityJson.delegation(says);
        if (out.isPresent()) {
            write(out.get(), proof);
            object.put("written_to", out.get().toString());
        }
        if (operator.directory().isPresent()) {
            Path directory = operator.directory().get();
            KeyFiles.in(directory).keep(proof);
            DelegationRequest.remove(directory);
            object.put("kept_in", directory.resolve(KeyFiles.DELEGATION_FILE).toString());
        }
        if (output.isJson() || (operator.directory().isEmpty() && out.isEmpty())) {
            object.put("proof", proof.encode().toHex());
        }
        IdentityJson.print(output, object);
    }

    private static void write(Path file, DelegationProof proof) throws CommandException {
        try {
            OwnerOnlyFile.create(file, (proof.encode().toHex() + "\n").getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw CommandException.failed("file " + file + " cannot be written: " + OwnerOnlyFile.reason(e));
        }
    }
}
