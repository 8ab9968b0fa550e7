package io.a2al.http.agents;

import io.a2al.http.registry.RegistryException;
import io.a2al.http.registry.ServiceTarget;
import io.a2al.http.route.ApiException;
import io.a2al.http.route.ApiRequest;
import io.a2al.http.route.ErrorCode;
import io.a2al.http.route.JsonFields;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.InvalidAddressException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** Reads what requests to these paths have in common. Stateless. */
final class Requests {

    static final String OPERATIONAL_KEY = "operational_private_key_hex";
    static final String OPERATIONAL_SEED = "operational_private_key_seed_hex";
    static final String OPERATIONAL_PUBLIC = "operational_public_key_hex";
    static final String PROOF = "delegation_proof_hex";
    static final String TARGET = "service_tcp";

    /** A key as other daemons write it: the seed, then the public key. */
    private static final int KEY_LENGTH = 64;

    private Requests() {}

    /** Returns the agent in the path. */
    static Address aid(ApiRequest request) throws ApiException {
        return aid("bad aid", request.parameter("aid"));
    }

    /** Returns an agent; {@code what} begins the message if it is none. */
    static Address aid(String what, String text) throws ApiException {
        try {
            return Address.parse(text);
        } catch (InvalidAddressException e) {
            throw ApiException.invalid(what + ": " + e.getMessage());
        }
    }

    /** Returns bytes of a member in hexadecimal, if there is one; white space and a leading 0x do not count. */
    static Optional<Bytes> hex(JsonFields fields, String name) throws ApiException {
        Optional<String> text = fields.text(name);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        String digits = text.get().replaceAll("\\s", "");
        boolean prefixed = digits.startsWith("0x") || digits.startsWith("0X");
        try {
            return Optional.of(Bytes.fromHex(prefixed ? digits.substring(2) : digits));
        } catch (IllegalArgumentException e) {
            // The message has nothing of what may be most of a secret.
            throw ApiException.invalid(name + ": not hexadecimal");
        }
    }

    /** Returns bytes of a member in hexadecimal that must be there and have this length. */
    static Bytes hex(JsonFields fields, String name, int length) throws ApiException {
        Bytes bytes = hex(fields, name).orElseThrow(() -> ApiException.invalid(name + ": missing"));
        if (bytes.length() != length) {
            throw ApiException.invalid(name + ": has " + bytes.length() + " bytes, not " + length);
        }
        return bytes;
    }

    /** Returns bytes of a member in Base64; empty if there is none. */
    static Bytes base64(JsonFields fields, String name) throws ApiException {
        try {
            return Bytes.copyOf(Base64.getDecoder().decode(fields.text(name).orElse("")));
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid(name + ": not in Base64; use the standard alphabet, with = at the end");
        }
    }

    /** Returns the key in a member of 64 bytes, whose halves must belong together. */
    static Identity key(JsonFields fields, String name) throws ApiException {
        Bytes bytes = hex(fields, name, KEY_LENGTH);
        Identity identity = identity(bytes.slice(0, Identity.SEED_LENGTH));
        if (!identity.publicKey().equals(bytes.slice(Identity.SEED_LENGTH, KEY_LENGTH))) {
            throw ApiException.invalid(name + ": its second half is not the public key of the first");
        }
        return identity;
    }

    /** Returns the operational key, as a key or as a seed, if there is either. */
    static Optional<Identity> operational(JsonFields fields) throws ApiException {
        if (fields.names().contains(OPERATIONAL_KEY)) {
            return Optional.of(key(fields, OPERATIONAL_KEY));
        }
        return fields.names().contains(OPERATIONAL_SEED)
                ? Optional.of(identity(hex(fields, OPERATIONAL_SEED, Identity.SEED_LENGTH)))
                : Optional.empty();
    }

    private static Identity identity(Bytes seed) {
        byte[] secret = seed.toArray();
        try {
            return Identity.ofSeed(secret);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    /** Returns a key as other daemons write it. */
    static String keyHex(Identity identity) {
        byte[] seed = identity.exportSeed();
        try {
            return Bytes.copyOf(seed).concat(identity.publicKey()).toHex();
        } finally {
            Arrays.fill(seed, (byte) 0);
        }
    }

    /** Checks where a program is said to listen; empty for nowhere. */
    static String target(String text) throws ApiException {
        try {
            return text.isEmpty() ? "" : ServiceTarget.parse(text).text();
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid(TARGET + ": " + e.getMessage());
        }
    }

    /** Refuses requests from elsewhere, as they or their answers contain a secret. */
    static void requireLocal(ApiRequest request) throws ApiException {
        if (!request.isLocal()) {
            throw ApiException.of(
                    ErrorCode.FORBIDDEN, "keys are told and taken on this machine only; ask from a loopback address");
        }
    }

    static ApiException notFound() {
        return ApiException.of(ErrorCode.NOT_FOUND, "not found");
    }

    /** Returns the failure that a client is told. */
    static ApiException failure(RegistryException e, ErrorCode notPublished) {
        ErrorCode code = switch (e.reason()) {
            case UNKNOWN -> ErrorCode.NOT_FOUND;
            case INVALID -> ErrorCode.INVALID;
            case OTHER_KEY -> ErrorCode.CONFLICT;
            case LIMIT -> ErrorCode.TOO_MANY;
            case NOT_SAVED -> ErrorCode.INTERNAL;
            case NOT_PUBLISHED -> notPublished;
        };
        return ApiException.of(code, String.valueOf(e.getMessage()));
    }
}
