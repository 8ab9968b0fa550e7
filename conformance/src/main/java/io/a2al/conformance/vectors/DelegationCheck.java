package io.a2al.conformance.vectors;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.crypto.Secp256k1;
import io.a2al.protocol.crypto.SignatureVerifier;
import io.a2al.protocol.crypto.WalletKey;
import io.a2al.protocol.delegation.Authorization;
import io.a2al.protocol.delegation.Delegation;
import io.a2al.protocol.delegation.DelegationProof;
import io.a2al.protocol.delegation.InvalidDelegationException;
import io.a2al.protocol.id.Address;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Checks delegation.json: decodes and verifies proofs, and creates the valid ones again. */
final class DelegationCheck implements FileCheck {

    private static final Bytes PREIMAGE_PREFIX = Bytes.copyOf("a2al-del\0".getBytes(StandardCharsets.US_ASCII));

    private final SignatureVerifier signatures = Ed25519.preferred().newVerifier();
    private final Choices choices;

    DelegationCheck(Choices choices) {
        this.choices = choices;
    }

    @Override
    public Outcome check(Fields vector) throws MismatchException, MalformedVectorException {
        Fields fields = vector.object("proof_fields");
        checkKeys(vector, fields);
        Optional<DelegationProof> decoded = decode(vector.hex("proof_cbor"));
        boolean open = vector.flag("may_reject");
        boolean accepted = decoded.isPresent() && isEverAccepted(vector, decoded.get());
        Outcome outcome = choices.verdict(vector, open, true, !open || accepted);
        if (open && !accepted) {
            return outcome;
        }
        Expect.equal("read", vector.bool("parse_ok"), decoded.isPresent());
        if (decoded.isPresent()) {
            checkProof(vector, fields, decoded.get());
        }
        return outcome;
    }

    /** Checks that the keys of a case belong together and that this implementation derives the same ones. */
    private static void checkKeys(Fields vector, Fields fields) throws MismatchException, MalformedVectorException {
        Expect.equal(
                "operational key",
                vector.hex("op_public"),
                vector.identity("op_seed").publicKey());
        Address agent = vector.address("agent_address");
        Expect.equal("agent", vector.text("agent_display"), agent.toString());
        if (vector.has("master_seed")) {
            Expect.equal(
                    "master key",
                    vector.hex("master_public"),
                    vector.identity("master_seed").publicKey());
        } else {
            Bytes publicKey = walletKey(vector).publicKey();
            Expect.equal("public key", vector.hex("secp256k1_public_uncompressed"), publicKey);
            Expect.equal(
                    "compressed public key", vector.hex("secp256k1_public_compressed"), Secp256k1.compress(publicKey));
            String digestField = agent.version() == Address.ETHEREUM ? "message_hash_eip191" : "message_hash_compact";
            Expect.equal(
                    "digest", vector.hex(digestField), DelegationProof.walletDigest(agent, fields.text("message")));
        }
    }

    private static WalletKey walletKey(Fields vector) throws MalformedVectorException {
        return vector.converted(
                "secp256k1_private",
                "a private key of 32 bytes",
                digits -> WalletKey.ofPrivateKey(Bytes.fromHex(digits).toArray()));
    }

    private void checkProof(Fields vector, Fields fields, DelegationProof proof)
            throws MismatchException, MalformedVectorException {
        Delegation delegation = new Delegation(
                fields.hex("op_pub"),
                fields.address("agent_addr"),
                fields.u64("issued_at"),
                fields.u64("expires_at"),
                fields.number("scope"));
        Expect.equal("delegation", delegation, proof.delegation());
        Expect.equal("authorization", authorization(fields), proof.authorization());
        boolean canonical = proof.encode().equals(vector.hex("proof_cbor"));
        Expect.holds(
                "an encoding other than the canonical one may be rejected", canonical || vector.flag("may_reject"));
        List<Fields> moments = vector.objects("verify");
        if (moments.isEmpty()) {
            throw vector.malformed("verify", "empty; it must have a time at which to verify");
        }
        for (Fields moment : moments) {
            String key = moment.optionalText("op_seed")
                    .map(seed -> " with the key of " + seed)
                    .orElse("");
            Expect.equal("at " + moment.text("now") + key, moment.bool("ok_v029"), isAccepted(moment, proof));
        }
        if (isEverAccepted(vector, proof)) {
            checkCreation(vector, proof);
        }
    }

    private static Authorization authorization(Fields fields) throws MalformedVectorException {
        Bytes signature = fields.hex("signature");
        return fields.hasValue("master_pub")
                ? new Authorization.ByMasterKey(fields.hex("master_pub"), signature)
                : new Authorization.ByWallet(fields.text("message"), signature);
    }

    private boolean isAccepted(Fields moment, DelegationProof proof) throws MalformedVectorException {
        boolean keyFits = !moment.hasValue("op_seed")
                || moment.identity("op_seed")
                        .publicKey()
                        .equals(proof.delegation().operationalKey());
        return keyFits && proof.isSigned(signatures) && proof.isInForceAt(moment.u64("now"));
    }

    private boolean isEverAccepted(Fields vector, DelegationProof proof) throws MalformedVectorException {
        for (Fields moment : vector.objects("verify")) {
            if (isAccepted(moment, proof)) {
                return true;
            }
        }
        return false;
    }

    private void checkCreation(Fields vector, DelegationProof proof)
            throws MismatchException, MalformedVectorException {
        if (proof.authorization() instanceof Authorization.ByMasterKey byKey) {
            checkCreationByMaster(vector, proof, byKey.signature());
        } else {
            checkCreationByWallet(vector, proof);
        }
    }

    private void checkCreationByMaster(Fields vector, DelegationProof proof, Bytes signature)
            throws MismatchException, MalformedVectorException {
        Identity master = vector.identity("master_seed");
        Delegation delegation = proof.delegation();
        Expect.equal(
                "proof, created again",
                proof,
                DelegationProof.sign(
                        master.newSigner(),
                        delegation.operationalKey(),
                        delegation.issuedAt(),
                        delegation.expiresAt()));
        if (vector.flag("may_reject")) {
            // Cases whose verdict is open have no intermediate values.
            return;
        }
        Bytes preimage = PREIMAGE_PREFIX.concat(vector.hex("sign_fields_cbor"));
        Expect.equal("preimage", vector.hex("signing_preimage"), preimage);
        Expect.holds("the signature covers the preimage", signatures.verify(master.publicKey(), preimage, signature));
    }

    /**
     * Checks that this implementation creates the same proof, if it is over the usual text, for an address that is
     * derived as {@link WalletKey} derives it, and with the form of signature that {@link WalletKey} makes.
     */
    private static void checkCreationByWallet(Fields vector, DelegationProof proof)
            throws MismatchException, MalformedVectorException {
        Delegation delegation = proof.delegation();
        if (!vector.text("message").equals(DelegationProof.walletMessage(delegation))) {
            Expect.holds("a text other than the usual one may be rejected", vector.flag("may_reject"));
            return;
        }
        try {
            Bytes signature = proof.authorization().signature();
            Expect.equal("proof from the signature", proof, DelegationProof.ofWalletSignature(delegation, signature));
        } catch (InvalidDelegationException e) {
            throw new MismatchException("proof from the signature", "a proof", String.valueOf(e.getMessage()));
        }
        WalletKey key = walletKey(vector);
        boolean usualAddress = delegation.agent().equals(key.ethereumAddress())
                || delegation.agent().equals(key.paralismAddress());
        boolean usualForm = !vector.caseName().matches("ethereum-(v-[01]|high-s)|paralism-high-s");
        if (usualAddress && usualForm) {
            Expect.equal("proof, created again", proof, DelegationProof.sign(key, delegation));
        }
    }

    private static Optional<DelegationProof> decode(Bytes encoded) {
        try {
            return Optional.of(DelegationProof.decode(encoded));
        } catch (InvalidDelegationException e) {
            return Optional.empty();
        }
    }
}
