package io.a2al.app.id;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.app.cli.Json;
import io.a2al.app.cli.Output;
import io.a2al.app.cli.Texts;
import io.a2al.app.cli.TreeText;
import io.a2al.dht.files.KeyForm;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.delegation.Authorization;
import io.a2al.protocol.delegation.Delegation;
import io.a2al.protocol.delegation.DelegationProof;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import java.util.Locale;

/** Formats identities and delegations for the commands of {@code id}; never a secret. Stateless. */
final class IdentityJson {

    private static final String MESSAGE = "message";

    private IdentityJson() {}

    /** Returns address, NodeID and public key. */
    static ObjectNode identity(Identity identity) {
        return Json.object()
                .put("address", identity.address().toString())
                .put("node_id", identity.nodeId().toString())
                .put("public_key", identity.publicKey().toHex());
    }

    /** Returns the output's name for how an identity is kept. */
    static String form(KeyForm form) {
        return form.name().toLowerCase(Locale.ROOT);
    }

    /** Returns the parts of an address. */
    static ObjectNode address(Address address) {
        return Json.object()
                .put("address", address.toString())
                .put("family", family(address.version()))
                .put("version", String.format("0x%02x", address.version()))
                .put("payload", address.toBytes().slice(1, Address.LENGTH).toHex())
                .put("node_id", NodeId.ofAddress(address).toString());
    }

    /** Returns the family's name in wire.md 1.1. */
    static String family(int version) {
        return switch (version) {
            case Address.NATIVE -> "native";
            case 0xA1 -> "p-256";
            case Address.PARALISM -> WalletFamily.PARALISM.toString();
            case Address.ETHEREUM -> WalletFamily.ETHEREUM.toString();
            case 0xAE -> "experimental";
            case 0xAF -> "private use";
            default -> version >= 0xA8 && version <= 0xAD ? "reserved" : "unassigned";
        };
    }

    /** Returns the fields of a delegation. */
    static ObjectNode delegation(Delegation delegation) {
        return Json.object()
                .put("agent", delegation.agent().toString())
                .put("family", family(delegation.agent().version()))
                .put("agent_node_id", NodeId.ofAddress(delegation.agent()).toString())
                .put("op_key", delegation.operationalKey().toHex())
                .put(
                        "op_address",
                        Address.ofPublicKey(delegation.operationalKey()).toString())
                .put("scope", delegation.scope())
                .put("issued_at", Texts.unsigned(delegation.issuedAt()))
                .put("issued", Texts.date(delegation.issuedAt()))
                .put("expires_at", Texts.unsigned(delegation.expiresAt()))
                .put("expires", end(delegation));
    }

    /** Returns the output's form of a delegation's end. */
    static String end(Delegation delegation) {
        return delegation.expiresAt() == 0 ? "never" : Texts.date(delegation.expiresAt());
    }

    /** Returns the delegation with its signature and its validity at {@code now} in Unix seconds. */
    static ObjectNode proof(DelegationProof proof, long now) {
        ObjectNode object = delegation(proof.delegation());
        switch (proof.authorization()) {
            case Authorization.ByMasterKey(Bytes masterKey, Bytes signature) ->
                object.put("master_key", masterKey.toHex()).put("signature", signature.toHex());
            case Authorization.ByWallet(String message, Bytes signature) ->
                object.put("signature", signature.toHex()).put(MESSAGE, message);
        }
        return object.put("signature_holds", holds(proof)).put("validity", validity(proof, now));
    }

    static boolean holds(DelegationProof proof) {
        return proof.isSigned(Ed25519.preferred().newVerifier());
    }

    /** Returns the output's name for a proof's validity in time. */
    static String validity(DelegationProof proof, long now) {
        return switch (proof.validityAt(now)) {
            case VALID -> "in force";
            case FUTURE -> "issued in the future";
            case EXPIRED -> "expired";
            case UNKNOWN_SCOPE -> "of an unknown scope";
        };
    }

    /** Writes an object as JSON, or as text that shows the lines of a wallet's message as lines. */
    static void print(Output output, ObjectNode object) {
        if (output.isJson()) {
            output.json(object);
            return;
        }
        ObjectNode shown = object.deepCopy();
        shown.remove(MESSAGE);
        TreeText.print(output, shown);
        if (object.has(MESSAGE)) {
            output.line("signed text");
            object.get(MESSAGE).asText().lines().forEach(line -> output.line("  " + Output.printable(line)));
        }
    }
}
