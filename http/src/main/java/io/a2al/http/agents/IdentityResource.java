package io.a2al.http.agents;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.http.registry.AgentRegistry;
import io.a2al.http.route.ApiException;
import io.a2al.http.route.ApiRequest;
import io.a2al.http.route.ApiResult;
import io.a2al.http.route.Json;
import io.a2al.http.route.JsonFields;
import io.a2al.http.route.Router;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.crypto.SignatureVerifier;
import io.a2al.protocol.crypto.WalletKey;
import io.a2al.protocol.delegation.Delegation;
import io.a2al.protocol.delegation.DelegationProof;
import io.a2al.protocol.delegation.InvalidDelegationException;
import io.a2al.protocol.id.Address;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;

/**
 * Makes keys and proofs for agents. Nothing of them is kept. What takes or gives the secret of an owner is answered on
 * this machine only; a wallet can sign the text of {@code delegation-message} instead, so that its key stays in it.
 * Thread-safe.
 */
final class IdentityResource {

    private static final String WARNING =
            "keep these keys yourself: this node keeps none of them and shows them only once";

    private static final int WALLET_KEY_LENGTH = 32;
    private static final int WALLET_SIGNATURE_LENGTH = 65;
    private static final int MAX_SCOPE = 0xff;

    private final AgentRegistry registry;
    private final AgentResource agents;
    private final SecureRandom random = new SecureRandom();

    IdentityResource(AgentRegistry registry, AgentResource agents) {
        this.registry = registry;
        this.agents = agents;
    }

    /** The families of wallets, as paths name them. */
    private enum Chain {
        ETHEREUM("ethereum_private_key_hex"),
        PARALISM("paralism_private_key_hex");

        private final String keyMember;

        Chain(String keyMember) {
            this.keyMember = keyMember;
        }

        Address address(WalletKey key) {
            return this == ETHEREUM ? key.ethereumAddress() : key.paralismAddress();
        }
    }

    void addTo(Router.Builder routes) {
        routes.legacy("POST", "/identity/generate", this::generate)
                .legacy("POST", "/agents/generate", this::generateWallet)
                .legacy("POST", "/agents/ethereum/delegation-message", this::message)
                .legacy("POST", "/agents/ethereum/register", this::register)
                .legacy("POST", "/agents/ethereum/proof", request -> prove(request, Chain.ETHEREUM))
                .legacy("POST", "/agents/paralism/proof", request -> prove(request, Chain.PARALISM));
    }

    private long now() {
        return registry.now().getEpochSecond();
    }

    private ApiResult generate(ApiRequest request) throws ApiException {
        Requests.requireLocal(request);
        Identity master = Identity.generate(random);
        Identity operational = Identity.generate(random);
        DelegationProof proof = DelegationProof.sign(master.newSigner(), operational.publicKey(), now(), 0);
        ObjectNode json = Json.object()
                .put("aid", master.address().toString())
                .put("master_private_key_hex", Requests.keyHex(master));
        return ApiResult.json(put(json, operational, proof));
    }

    private static ObjectNode put(ObjectNode json, Identity operational, DelegationProof proof) {
        return json.put(Requests.OPERATIONAL_KEY, Requests.keyHex(operational))
                .put(Requests.PROOF, proof.encode().toHex())
                .put("warning", WARNING);
    }

    private ApiResult generateWallet(ApiRequest request) throws ApiException {
        Requests.requireLocal(request);
        String name = request.body().isEmpty()
                ? ""
                : request.anyFields().text("chain").orElse("");
        Chain chain = switch (name) {
            case "", "ethereum" -> Chain.ETHEREUM;
            case "paralism" -> Chain.PARALISM;
            default -> throw ApiException.invalid("chain: \"" + name + "\" is not known; choose ethereum or paralism");
        };
        WalletKey wallet = WalletKey.generate(random);
        Identity operational = Identity.generate(random);
        Address address = chain.address(wallet);
        DelegationProof proof = DelegationProof.sign(wallet, Delegation.of(operational.publicKey(), address, now(), 0));
        byte[] secret = wallet.exportPrivateKey();
        ObjectNode json = Json.object()
                .put("aid", address.toString())
                .put(chain.keyMember, Bytes.copyOf(secret).toHex());
        Arrays.fill(secret, (byte) 0);
        return ApiResult.json(put(json, operational, proof));
    }

    private ApiResult message(ApiRequest request) throws ApiException {
        JsonFields fields = request.anyFields();
        Optional<Identity> operational = Requests.operational(fields);
        Bytes key = operational.isPresent()
                ? operational.get().publicKey()
                : Requests.hex(fields, Requests.OPERATIONAL_PUBLIC, SignatureVerifier.PUBLIC_KEY_LENGTH);
        return ApiResult.json(
                Json.object().put("message", DelegationProof.walletMessage(ethereumDelegation(fields, key))));
    }

    private static Delegation ethereumDelegation(JsonFields fields, Bytes key) throws ApiException {
        Address agent = Requests.aid("agent", fields.requiredText("agent"));
        if (agent.version() != Address.ETHEREUM) {
            throw ApiException.invalid("agent: " + agent + " is no Ethereum address");
        }
        return new Delegation(
                key, agent, fields.unsigned("issued_at", 0), fields.unsigned("expires_at", 0), scope(fields));
    }

    private static int scope(JsonFields fields) throws ApiException {
        int scope = fields.integer("scope", 0, 0, MAX_SCOPE);
        return scope == 0 ? Delegation.NETWORK : scope;
    }

    private ApiResult register(ApiRequest request) throws ApiException {
        JsonFields fields = request.anyFields();
        Identity operational = Requests.operational(fields)
                .orElseThrow(() -> ApiException.invalid(
                        "give one of " + Requests.OPERATIONAL_KEY + " and " + Requests.OPERATIONAL_SEED));
        Delegation delegation = ethereumDelegation(fields, operational.publicKey());
        Bytes signature = Requests.hex(fields, "eth_signature_hex", WALLET_SIGNATURE_LENGTH);
        try {
            DelegationProof proof = DelegationProof.ofWalletSignature(delegation, signature);
            return agents.register(
                    operational, proof, fields.text(Requests.TARGET).orElse(""));
        } catch (InvalidDelegationException e) {
            throw ApiException.invalid("eth_signature_hex: " + e.getMessage());
        }
    }

    private ApiResult prove(ApiRequest request, Chain chain) throws ApiException {
        Requests.requireLocal(request);
        JsonFields fields = request.anyFields();
        WalletKey wallet = wallet(fields, chain);
        Optional<Identity> given = Requests.operational(fields);
        Identity operational = given.orElseGet(() -> Identity.generate(random));
        Address address = chain.address(wallet);
        long issued = fields.unsigned("issued_at", 0);
        DelegationProof proof = DelegationProof.sign(
                wallet,
                new Delegation(
                        operational.publicKey(),
                        address,
                        issued == 0 ? now() : issued,
                        fields.unsigned("expires_at", 0),
                        scope(fields)));
        wallet.destroy();
        ObjectNode json = Json.object().put("aid", address.toString());
        return ApiResult.json(
                given.isPresent() ? json.put(Requests.PROOF, proof.encode().toHex()) : put(json, operational, proof));
    }

    private static WalletKey wallet(JsonFields fields, Chain chain) throws ApiException {
        byte[] secret = Requests.hex(fields, chain.keyMember, WALLET_KEY_LENGTH).toArray();
        try {
            return WalletKey.ofPrivateKey(secret);
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid(chain.keyMember + ": " + e.getMessage());
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }
}
