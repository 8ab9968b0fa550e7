package io.a2al.conformance.vectors;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.InvalidAddressException;
import io.a2al.protocol.id.NodeId;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Checks addresses.json: how addresses are derived, formatted and parsed. */
final class AddressCheck implements FileCheck {

    private final Choices choices;

    AddressCheck(Choices choices) {
        this.choices = choices;
    }

    @Override
    public Outcome check(Fields vector) throws MismatchException, UnsupportedCaseException, MalformedVectorException {
        return switch (vector.text("kind")) {
            case "derive" -> derive(vector);
            case "format" -> format(vector);
            case "parse" -> parse(vector);
            case String other -> throw new UnsupportedCaseException("unknown kind " + other);
        };
    }

    private static Outcome derive(Fields vector) throws MismatchException, MalformedVectorException {
        Identity identity = vector.identity("seed");
        Expect.equal("public key", vector.hex("public_key"), identity.publicKey());
        Expect.equal("address", vector.address("address"), identity.address());
        Expect.equal("address of the key", identity.address(), Address.ofPublicKey(identity.publicKey()));
        Expect.equal("NodeID", vector.hex("node_id"), identity.nodeId().toBytes());
        return format(vector);
    }

    private static Outcome format(Fields vector) throws MismatchException, MalformedVectorException {
        Address address = vector.address("address");
        Expect.equal("display form", vector.text("display"), address.toString());
        Expect.equal("NodeID", vector.hex("node_id"), NodeId.ofAddress(address).toBytes());
        return new Outcome.Passed();
    }

    private Outcome parse(Fields vector) throws MismatchException, MalformedVectorException {
        String input = vector.text("input");
        Optional<Bytes> utf8 = vector.optionalHex("input_utf8_hex");
        if (utf8.isPresent()) {
            Expect.equal("input", utf8.get(), Bytes.copyOf(input.getBytes(StandardCharsets.UTF_8)));
        }
        Optional<Address> parsed = parse(input);
        Outcome outcome = choices.verdict(vector, vector.flag("may_reject"), vector.bool("ok"), parsed.isPresent());
        if (parsed.isPresent()) {
            Address address = parsed.get();
            Expect.equal("address", vector.address("address"), address);
            Expect.equal("canonical form", vector.text("canonical"), address.toString());
            Expect.equal("canonical form, parsed", Optional.of(address), parse(address.toString()));
        }
        return outcome;
    }

    private static Optional<Address> parse(String text) {
        try {
            return Optional.of(Address.parse(text));
        } catch (InvalidAddressException e) {
            return Optional.empty();
        }
    }
}
