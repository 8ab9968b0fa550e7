package io.a2al.http.verify;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.http.route.ApiException;
import io.a2al.http.route.ApiRequest;
import io.a2al.http.route.ApiResult;
import io.a2al.http.route.Json;
import io.a2al.http.route.JsonFields;
import io.a2al.http.route.Router;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.delegation.Delegation;
import io.a2al.protocol.delegation.DelegationProof;
import io.a2al.protocol.delegation.DelegationProof.Validity;
import io.a2al.protocol.delegation.InvalidDelegationException;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.InvalidAddressException;
import io.a2al.protocol.id.NodeId;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Says what an address is, and whether a delegation proof holds for it. It asks no other node. What is checked may be
 * wrong without the request being so: then the answer is {@code "valid":false} and the reason. Thread-safe.
 */
public final class VerifyResource {

    /** The end of the year 9999, in Unix seconds. */
    private static final long LAST_SECOND = 253_402_300_799L;

    private final LongSupplier seconds;

    /**
     * Checks at the time of this clock.
     *
     * @param seconds the present time, in Unix seconds
     */
    public VerifyResource(LongSupplier seconds) {
        this.seconds = seconds;
    }

    /** Adds the path. */
    public void addTo(Router.Builder routes) {
        routes.post("/v1/verify", this::verify);
    }

    private ApiResult verify(ApiRequest request) throws ApiException {
        JsonFields fields = request.fields(Set.of("address", "delegation_proof_hex"));
        String text = fields.requiredText("address").strip();
        Optional<String> proof = fields.text("delegation_proof_hex");
        Address address;
        try {
            address = Address.parse(text);
        } catch (InvalidAddressException e) {
            return ApiResult.json(Json.object()
                    .put("valid", false)
                    .put("wrong", Json.name(e.field()))
                    .put("reason", String.valueOf(e.getMessage())));
        }
        ObjectNode json = Json.object()
                .put("valid", true)
                .put("address", address.toString())
                .put("family", family(address.version()))
                .put("form", form(address, text))
                .put("checksum", checksum(address, text))
                .put("node_id", NodeId.ofAddress(address).toString());
        proof.ifPresent(hex -> json.set("delegation", delegation(address, hex)));
        return ApiResult.json(json);
    }

    /** Returns the family's name (wire.md 1.1). */
    private static String family(int version) {
        return switch (version) {
            case Address.NATIVE -> "native";
            case 0xA1 -> "p-256";
            case Address.PARALISM -> "paralism";
            case Address.ETHEREUM -> "ethereum";
            case 0xAE -> "experimental";
            case 0xAF -> "private use";
            default -> version >= 0xA8 && version <= 0xAD ? "reserved" : "unassigned";
        };
    }

    /** Returns which of the forms of wire.md 1.4 a valid address has. */
    private static String form(Address address, String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.startsWith("0x")) {
            return "eip-55";
        }
        if (lower.length() == 2 * Address.LENGTH && lower.equals(address.toHex())) {
            return "hex";
        }
        return text.startsWith("1") ? "base58check" : "bech32";
    }

    /** Returns whether a valid address has a checksum; in hexadecimal digits of lower case only, it has none. */
    private static String checksum(Address address, String text) {
        boolean byCase = switch (form(address, text)) {
            case "eip-55", "hex" -> true;
            default -> false;
        };
        return byCase && text.chars().noneMatch(c -> c >= 'A' && c <= 'F') ? "absent" : "matches";
    }

    private ObjectNode delegation(Address address, String hex) {
        DelegationProof proof;
        try {
            proof = DelegationProof.decode(Bytes.fromHex(digits(hex)));
        } catch (InvalidDelegationException e) {
            return refused("no delegation proof: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            return refused("not in hexadecimal digits");
        }
        Delegation delegation = proof.delegation();
        boolean holds = proof.isSigned(Ed25519.preferred().newVerifier());
        Validity validity = proof.validityAt(seconds.getAsLong());
        boolean matches = delegation.agent().equals(address);
        ObjectNode json = Json.object()
                .put("valid", holds && matches && validity == Validity.VALID)
                .put("agent", delegation.agent().toString())
                .put("signature_holds", holds)
                .put("in_time", Json.name(validity))
                .put("operational_public_key_hex", delegation.operationalKey().toHex())
                .put(
                        "operational_address",
                        Address.ofPublicKey(delegation.operationalKey()).toString())
                .put("scope", delegation.scope());
        Json.putUnsigned(json, "issued_at", delegation.issuedAt());
        Json.putUnsigned(json, "expires_at", delegation.expiresAt());
        json.put("expires", end(delegation.expiresAt()));
        if (!matches) {
            json.put("reason", "the proof is for another agent");
        } else if (!holds) {
            json.put("reason", "the agent's owner did not make the signature");
        } else if (validity != Validity.VALID) {
            json.put("reason", "not in force now: " + Json.name(validity));
        }
        return json;
    }

    /** Returns the end of a delegation as a date, as far as dates have four digits for the year. */
    private static String end(long expiresAt) {
        if (expiresAt == 0) {
            return "never";
        }
        return Long.compareUnsigned(expiresAt, LAST_SECOND) > 0
                ? "after the year 9999"
                : Instant.ofEpochSecond(expiresAt).toString();
    }

    /** Hexadecimal digits may have spaces, {@code 0x} and any case (daemon-api.md 3). */
    private static String digits(String hex) {
        String joined = hex.replaceAll("\\s", "").toLowerCase(Locale.ROOT);
        return joined.startsWith("0x") ? joined.substring(2) : joined;
    }

    private static ObjectNode refused(String reason) {
        return Json.object().put("valid", false).put("reason", reason);
    }
}
