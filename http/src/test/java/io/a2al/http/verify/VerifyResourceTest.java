package io.a2al.http.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.a2al.http.route.ApiRequest;
import io.a2al.http.route.ApiResult;
import io.a2al.http.route.Router;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.delegation.DelegationProof;
import io.a2al.protocol.id.Address;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerifyResourceTest {

    private static final long NOW = 2_000_000_000;

    private final Identity master = Identity.ofSeed(new byte[32]);
    private final Identity operational = Identity.ofSeed(
            new byte[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1
            });
    private final Router router;

    VerifyResourceTest() {
        Router.Builder routes = Router.builder();
        new VerifyResource(() -> NOW).addTo(routes);
        router = routes.build();
    }

    private JsonNode verify(Map<String, String> members) throws Exception {
        Bytes body = Bytes.copyOf(new ObjectMapper().writeValueAsBytes(members));
        ApiResult result = router.answer(
                new ApiRequest("POST", "/v1/verify", Map.of(), Map.of(), "", Optional.empty(), body, true));
        assertThat(result.status()).isEqualTo(200);
        return new ObjectMapper().readTree(((ApiResult.Body.Whole) result.body()).text());
    }

    @ParameterizedTest
    @CsvSource({
        "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa, paralism, base58check, matches",
        "bc1qp3wjpa3tjlj042z2wv7hahsldgwhwy0rqs8vq6l, paralism, bech32, matches",
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed, ethereum, eip-55, matches",
        "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed, ethereum, eip-55, absent",
        "a300000000000000000000000000000000000000aa, ethereum, hex, absent",
        "a0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0, native, hex, absent"
    })
    void anAddressIsExplained(String text, String family, String form, String checksum) throws Exception {
        JsonNode json = verify(Map.of("address", text));
        assertThat(json.get("valid").booleanValue()).isTrue();
        assertThat(json.get("address").textValue())
                .isEqualTo(Address.parse(text).toString());
        assertThat(List.of(
                        json.get("family").textValue(),
                        json.get("form").textValue(),
                        json.get("checksum").textValue()))
                .containsExactly(family, form, checksum);
    }

    @Test
    void theCaseOfANativeAddressIsItsChecksum() throws Exception {
        assertThat(verify(Map.of("address", master.address().toString()))
                        .get("checksum")
                        .textValue())
                .isEqualTo("matches");
    }

    @ParameterizedTest
    @CsvSource({
        "0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed, checksum",
        "a0, length",
        "00b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0, version",
        "a0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0bx, characters"
    })
    void whatIsWrongWithAnAddressIsNamed(String text, String wrong) throws Exception {
        JsonNode json = verify(Map.of("address", text));
        assertThat(json.get("valid").booleanValue()).isFalse();
        assertThat(json.get("wrong").textValue()).isEqualTo(wrong);
        assertThat(json.get("reason").textValue()).contains(text);
    }

    private JsonNode delegation(Address agent, long issuedAt, long expiresAt) throws Exception {
        DelegationProof proof = DelegationProof.sign(master.newSigner(), operational.publicKey(), issuedAt, expiresAt);
        return verify(Map.of(
                        "address",
                        agent.toString(),
                        "delegation_proof_hex",
                        "0x " + proof.encode().toHex().toUpperCase(Locale.ROOT)))
                .get("delegation");
    }

    @Test
    void aProofHoldsForItsAgentInItsTime() throws Exception {
        JsonNode json = delegation(master.address(), NOW, NOW + 1);
        assertThat(json.get("valid").booleanValue()).isTrue();
        assertThat(json.get("expires").textValue()).isEqualTo("2033-05-18T03:33:21Z");
        assertThat(json.get("operational_address").textValue())
                .isEqualTo(operational.address().toString());
        assertThat(delegation(master.address(), NOW, 0).get("expires").textValue())
                .isEqualTo("never");
        assertThat(delegation(master.address(), NOW, -1).get("expires").textValue())
                .isEqualTo("after the year 9999");
    }

    @Test
    void whyAProofDoesNotHoldIsSaid() throws Exception {
        assertThat(delegation(master.address(), 0, NOW - 1000).get("reason").textValue())
                .contains("expired");
        assertThat(delegation(master.address(), NOW + 1000, 0).get("reason").textValue())
                .contains("future");
        assertThat(delegation(operational.address(), NOW, 0).get("reason").textValue())
                .contains("another agent");
        for (String hex : List.of("x", "00", "")) {
            JsonNode json = verify(Map.of("address", master.address().toString(), "delegation_proof_hex", hex))
                    .get("delegation");
            assertThat(json.get("valid").booleanValue()).isFalse();
        }
    }
}
