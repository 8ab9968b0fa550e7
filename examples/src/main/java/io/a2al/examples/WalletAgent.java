package io.a2al.examples;

import io.a2al.dht.Agent;
import io.a2al.dht.DhtNode;
import io.a2al.dht.result.ResolveResult;
import io.a2al.dht.transport.Endpoints;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.crypto.WalletKey;
import io.a2al.protocol.delegation.Delegation;
import io.a2al.protocol.delegation.DelegationProof;
import io.a2al.protocol.delegation.InvalidDelegationException;
import io.a2al.protocol.record.EndpointPayload;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** An agent whose address is that of an Ethereum wallet: the wallet signs once that a key may act for it for a day. */
public final class WalletAgent {

    private WalletAgent() {}

    /** Joins through the node at {@code args[0]}. */
    public static void main(String[] args) throws IOException, InterruptedException, InvalidDelegationException {
        run(Endpoints.parse(args[0], DhtNode.DEFAULT_PORT));
    }

    static void run(InetSocketAddress seed) throws IOException, InterruptedException, InvalidDelegationException {
        Identity key = Identity.generate(new SecureRandom());
        // A real wallet shows DelegationProof.walletMessage(delegation) to its owner and signs that.
        WalletKey wallet = WalletKey.generate(new SecureRandom());
        Instant now = Instant.now();
        Delegation delegation = Delegation.of(
                key.publicKey(),
                wallet.ethereumAddress(),
                now.getEpochSecond(),
                now.plus(Duration.ofDays(1)).getEpochSecond());
        Agent agent = Agent.delegated(key, DelegationProof.sign(wallet, delegation));
        try (DhtNode node = DhtNode.builder()
                .identity(key)
                .agent(agent)
                .listen(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0))
                .build()
                .start()) {
            node.bootstrap(List.of(seed));
            node.publish(EndpointPayload.of(List.of("https://wallet.example/a2a")));
            ResolveResult result = node.resolve(wallet.ethereumAddress());
            System.out.println(
                    wallet.ethereumAddress() + (result instanceof ResolveResult.Found ? " found" : " not found"));
        }
    }
}
