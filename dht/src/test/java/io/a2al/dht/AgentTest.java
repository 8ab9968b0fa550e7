package io.a2al.dht;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.crypto.Secp256k1;
import io.a2al.protocol.crypto.WalletKey;
import io.a2al.protocol.delegation.Authorization;
import io.a2al.protocol.delegation.Delegation;
import io.a2al.protocol.delegation.DelegationProof;
import io.a2al.protocol.delegation.InvalidDelegationException;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.Keccak256;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.mailbox.SealedMail;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.ResponseBudget;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.testing.Fixtures;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AgentTest {

    private static final Identity KEY = Fixtures.B;
    private static final long NOW = Fixtures.NOW;

    static Stream<DelegationProof> proofs() {
        WalletKey wallet = Fixtures.wallet(1);
        return Stream.of(
                DelegationProof.sign(Fixtures.A.newSigner(), KEY.publicKey(), NOW, 0),
                DelegationProof.sign(wallet, Delegation.of(KEY.publicKey(), wallet.ethereumAddress(), NOW, 0)),
                DelegationProof.sign(wallet, Delegation.of(KEY.publicKey(), wallet.paralismAddress(), NOW, 0)));
    }

    static Stream<Agent> agents() throws InvalidDelegationException {
        List<Agent> agents = new ArrayList<>(List.of(Agent.self(KEY)));
        for (DelegationProof proof : proofs().toList()) {
            agents.add(Agent.delegated(KEY, proof));
        }
        return agents.stream();
    }

    private static void assertRefused(Identity key, DelegationProof proof, String message) {
        assertThatThrownBy(() -> Agent.delegated(key, proof))
                .isInstanceOf(InvalidDelegationException.class)
                .hasMessage(message);
    }

    @Test
    void aKeyIsItsOwnAgent() {
        Agent self = Agent.self(KEY);
        assertThat(self.address()).isEqualTo(KEY.address());
        assertThat(self.nodeId()).isEqualTo(KEY.nodeId());
        assertThat(self.publicKey()).isEqualTo(KEY.publicKey());
        assertThat(self.delegation()).isEmpty();
        assertThat(self).hasToString("Agent[" + KEY.address() + "]");
    }

    @ParameterizedTest
    @MethodSource("proofs")
    void aDelegatedKeyActsForTheOwnersAddress(DelegationProof proof) throws Exception {
        Agent agent = Agent.delegated(KEY, proof);
        Address owner = proof.delegation().agent();
        assertThat(agent.address()).isEqualTo(owner);
        assertThat(agent.nodeId()).isEqualTo(NodeId.ofAddress(owner));
        assertThat(agent.publicKey()).isEqualTo(KEY.publicKey());
        assertThat(agent.delegation()).contains(proof);
        assertThat(agent).hasToString("Agent[" + owner + " by " + KEY.address() + "]");
        assertThat(agent).isEqualTo(Agent.delegated(Identity.ofSeed(KEY.exportSeed()), proof));
        assertThat(agent).hasSameHashCodeAs(Agent.delegated(Identity.ofSeed(KEY.exportSeed()), proof));
        assertThat(agent).isNotEqualTo(Agent.self(KEY));
    }

    @ParameterizedTest
    @MethodSource("proofs")
    void aProofForAnotherKeyIsNoUse(DelegationProof proof) {
        assertRefused(
                Fixtures.C,
                proof,
                "op_pub: the proof is for the key of " + KEY.address() + ", not for that of " + Fixtures.C.address()
                        + "; give the key that was delegated");
    }

    @ParameterizedTest
    @MethodSource("proofs")
    void aProofThatSomebodyChangedIsNoUse(DelegationProof proof) {
        Delegation signed = proof.delegation();
        Delegation prolonged = Delegation.of(signed.operationalKey(), signed.agent(), NOW, NOW + 99);
        assertRefused(
                KEY,
                new DelegationProof(prolonged, proof.authorization()),
                "signature: it was not made by the owner of " + signed.agent());
    }

    @Test
    void aScopeWithoutMeaningIsNoUse() {
        WalletKey wallet = Fixtures.wallet(1);
        Delegation delegation = new Delegation(KEY.publicKey(), wallet.ethereumAddress(), NOW, 0, 2);
        assertRefused(KEY, DelegationProof.sign(wallet, delegation), "scope: 2 has no meaning; it must be 1");
    }

    @Test
    void nobodyNeedsAProofForHisOwnAddress() throws Exception {
        DelegationProof own = DelegationProof.sign(KEY.newSigner(), KEY.publicKey(), NOW, 0);
        assertThat(Agent.delegated(KEY, own)).isEqualTo(Agent.self(KEY));
    }

    // ---- room -------------------------------------------------------------------------------------------------

    /** The record made of the longest body fits beside an explicit key, that of a longer one does not. */
    @ParameterizedTest
    @MethodSource("agents")
    void theLongestMailIsTheLongestThatFits(Agent agent) {
        for (int type : new int[] {3, 24}) {
            int longest = agent.longestMail(type).orElseThrow();
            assertThat(mailRecord(agent, type, longest)).isLessThanOrEqualTo(Message.Store.MAX_RECORD_WITH_KEY);
            assertThat(longest == SealedMail.maxBody(type)
                            || mailRecord(agent, type, longest + 1) > Message.Store.MAX_RECORD_WITH_KEY)
                    .isTrue();
        }
    }

    private static int mailRecord(Agent agent, int type, int body) {
        Bytes payload = Bytes.zeros(SealedMail.payloadLength(type, body));
        return agent.newSigner()
                .sign(RecordType.MAILBOX, payload, NOW * 1_000_000_000, NOW, 3600)
                .encodedLength();
    }

    @Test
    void aWalletsProofTakesRoomFromMail() throws Exception {
        List<OptionalInt> longest = agents().map(agent -> agent.longestMail(3)).toList();
        assertThat(longest).startsWith(OptionalInt.of(389), OptionalInt.of(389));
        assertThat(longest.subList(2, 4)).allMatch(length -> length.getAsInt() > 300 && length.getAsInt() < 389);
    }

    @Test
    void aProofCanBeTooLongForAnyMail() throws Exception {
        assertThat(withLongProof(700).longestMail(3)).isEmpty();
    }

    /** The agent of a wallet's Ethereum address, which delegated {@code key} a while ago and without end. */
    static Agent delegated(Identity key, WalletKey wallet) throws InvalidDelegationException {
        Delegation delegation = Delegation.of(key.publicKey(), wallet.ethereumAddress(), NOW, 0);
        return Agent.delegated(key, DelegationProof.sign(wallet, delegation));
    }

    /** What a wallet signs may hold more lines than a proof needs (wire.md 14.2). */
    static Agent withLongProof(int more) throws InvalidDelegationException {
        WalletKey wallet = Fixtures.wallet(1);
        Delegation delegation = Delegation.of(KEY.publicKey(), wallet.ethereumAddress(), NOW, 0);
        byte[] text = (DelegationProof.walletMessage(delegation) + "x".repeat(more)).getBytes(StandardCharsets.UTF_8);
        byte[] prefix = ("\u0019Ethereum Signed Message:\n" + text.length).getBytes(StandardCharsets.UTF_8);
        Secp256k1.Signature made = wallet.sign(Bytes.copyOf(Keccak256.hash(prefix, text)));
        Bytes signature = made.r().concat(made.s()).concat(Bytes.copyOf(new byte[] {(byte) (27 + made.recoveryId())}));
        String message = new String(text, StandardCharsets.UTF_8);
        return Agent.delegated(KEY, new DelegationProof(delegation, new Authorization.ByWallet(message, signature)));
    }

    @ParameterizedTest
    @MethodSource("agents")
    void d19_theRoomForOldNodesIsExact(Agent agent) throws Exception {
        EndpointPayload empty = EndpointPayload.of(List.of(""));
        int room = agent.roomForOldNodes(empty);
        if (agent.delegation()
                .map(proof -> proof.delegation().agent().isNative())
                .orElse(true)) {
            assertThat(room).isPositive();
            // From 24 bytes on the URL's own head grows as well.
            int atLimit = room - (room > 256 ? 2 : 1);
            assertThat(endpointRecord(agent, atLimit)).isEqualTo(ResponseBudget.MAX_LEGACY_ENDPOINT_RECORD);
            EndpointPayload full = EndpointPayload.of(List.of("x".repeat(atLimit)));
            assertThat(agent.roomForOldNodes(full)).isZero();
            EndpointPayload over = EndpointPayload.of(List.of("x".repeat(atLimit + 7)));
            assertThat(agent.roomForOldNodes(over)).isEqualTo(-7);
        } else {
            assertThat(room).isNegative();
            assertThat(endpointRecord(agent, 0)).isGreaterThan(ResponseBudget.MAX_LEGACY_ENDPOINT_RECORD);
        }
    }

    private static int endpointRecord(Agent agent, int urlLength) throws Exception {
        return agent.newSigner()
                .sign(EndpointPayload.of(List.of("x".repeat(urlLength))), NOW, NOW, 3600)
                .encodedLength();
    }
}
