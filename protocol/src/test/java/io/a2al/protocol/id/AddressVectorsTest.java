package io.a2al.protocol.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.testing.Choices;
import io.a2al.protocol.testing.Vectors;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class AddressVectorsTest {

    private static final int PARALISM = 0xA2;
    private static final int ETHEREUM = 0xA3;

    private final Choices choices = Choices.load("addresses");

    @Test
    void everyNativeAddressIsTheReferences() {
        Vectors.load("addresses.json")
                .run(
                        AddressVectorsTest::isOfAWalletFamily,
                        "the text forms of the wallet families are not implemented",
                        vector -> {
                            switch (Vectors.text(vector, "kind")) {
                                case "derive" -> checkDerive(vector);
                                case "format" -> checkFormat(vector);
                                case "parse" -> checkParse(vector);
                                default -> throw new AssertionError("unknown kind");
                            }
                        });
        choices.checkComplete();
    }

    /** wire.md 1.4: what the first two of the four families take, by the text alone. */
    private static boolean isOfAWalletFamily(JsonNode vector) {
        if (!Vectors.text(vector, "kind").equals("parse")) {
            return hasWalletDisplay(addressOf(vector));
        }
        String text = Vectors.text(vector, "input").strip().replaceAll("^[\\u0085\\u00a0]+|[\\u0085\\u00a0]+$", "");
        String lower = text.toLowerCase(Locale.ROOT);
        boolean ethereum = text.length() == 42 && lower.startsWith("0x");
        boolean paralism = lower.startsWith("bc1") || lower.startsWith("pr1");
        boolean base58 = text.length() >= 26 && text.length() <= 35 && text.startsWith("1");
        return ethereum || paralism || base58;
    }

    private static boolean hasWalletDisplay(Address address) {
        return address.version() == PARALISM || address.version() == ETHEREUM;
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
        if (!hasWalletDisplay(address)) {
            assertThat(address).hasToString(Vectors.text(vector, "canonical"));
            assertThat(Address.parse(address.toString())).isEqualTo(address);
        }
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
