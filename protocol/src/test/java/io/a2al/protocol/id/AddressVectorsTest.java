package io.a2al.protocol.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.testing.Choices;
import io.a2al.protocol.testing.Vectors;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AddressVectorsTest {

    private final Choices choices = Choices.load("addresses");

    @Test
    void everyAddressIsTheReferences() {
        Vectors.load("addresses.json").run(vector -> {
            switch (Vectors.text(vector, "kind")) {
                case "derive" -> checkDerive(vector);
                case "format" -> checkFormat(vector);
                case "parse" -> checkParse(vector);
                default -> throw new AssertionError("unknown kind");
            }
        });
        choices.checkComplete();
    }

    private static Address addressOf(JsonNode vector) {
        return Address.of(Vectors.hex(vector, "address"));
    }

    private static void checkDerive(JsonNode vector) {
        Identity identity = Identity.ofSeed(Vectors.hex(vector, "seed").toArray());
        assertThat(identity.publicKey()).isEqualTo(Vectors.hex(vector, "public_key"));
        assertThat(identity.address()).isEqualTo(addressOf(vector));
        assertThat(Address.ofPublicKey(identity.publicKey())).isEqualTo(addressOf(vector));
        assertThat(identity.nodeId().toBytes()).isEqualTo(Vectors.hex(vector, "node_id"));
        checkFormat(vector);
    }

    private static void checkFormat(JsonNode vector) {
        Address address = addressOf(vector);
        assertThat(address).hasToString(Vectors.text(vector, "display"));
        assertThat(NodeId.ofAddress(address).toBytes()).isEqualTo(Vectors.hex(vector, "node_id"));
    }

    private void checkParse(JsonNode vector) {
        String input = Vectors.text(vector, "input");
        Vectors.optionalHex(vector, "input_utf8_hex")
                .ifPresent(utf8 -> assertThat(Bytes.copyOf(input.getBytes(StandardCharsets.UTF_8)))
                        .isEqualTo(utf8));
        boolean expected = Vectors.bool(vector, "ok");
        if (Vectors.flag(vector, "may_reject")) {
            expected = choices.expected(vector, isAddress(input));
        }
        if (!expected) {
            assertThatThrownBy(() -> Address.parse(input)).isInstanceOf(InvalidAddressException.class);
            return;
        }
        Address address = Address.parse(input);
        assertThat(address).isEqualTo(addressOf(vector));
        assertThat(address).hasToString(Vectors.text(vector, "canonical"));
        assertThat(Address.parse(address.toString())).isEqualTo(address);
    }

    private static boolean isAddress(String text) {
        try {
            Address.parse(text);
            return true;
        } catch (InvalidAddressException e) {
            return false;
        }
    }
}
