package io.a2al.dht;

import io.a2al.core.Command;
import io.a2al.core.Outcome;
import io.a2al.core.nat.NatStatus;
import io.a2al.dht.transport.Endpoints;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.record.NatType;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * How the network sees a node: the public address that its peers agree on, the NAT in front of it, and whether it can be
 * reached. The node finds out by itself; peers that answer say how they see it, and every 20 minutes it asks some of them
 * for an echo to its public address. Thread-safe.
 */
public final class Nat {

    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(5);

    private final CoreDriver driver;
    private final Operations operations;

    Nat(CoreDriver driver, Operations operations) {
        this.driver = driver;
        this.operations = operations;
    }

    /** All that is known at present. */
    public NatStatus status() {
        return driver.ask(core -> core.natStatus(driver.now()));
    }

    /**
     * The NAT type for {@code EndpointPayload.withNatType}: unknown rather than wrong, and restricted or open only after an
     * echo was tried.
     */
    public NatType publishType() {
        return status().publishType();
    }

    /**
     * Tells the node the public IP that others see it at, so that it knows which peers are behind the same NAT, whatever
     * peers say.
     */
    public void setExternalIp(InetAddress ip) {
        setExternalIp(Optional.of(Endpoint.of(ip.getAddress(), 0)));
    }

    /** Goes by what peers say again. */
    public void clearExternalIp() {
        setExternalIp(Optional.empty());
    }

    private void setExternalIp(Optional<Endpoint> ip) {
        driver.tell(core -> core.setExternalIp(driver.now(), ip));
    }

    /**
     * Asks {@code peer} to send an echo to {@code claimed}, an address of this node, and waits 5 s for it: one datagram, no
     * repetition (node.md section 13). Peers refuse unless the claimed address is public and has the IP they see.
     *
     * @return true if the echo arrived
     */
    public boolean probe(InetSocketAddress peer, InetSocketAddress claimed) throws InterruptedException {
        return Operations.await(probeAsync(peer, claimed, PROBE_TIMEOUT));
    }

    /** Like {@link #probe}, within another time. */
    public CompletableFuture<Boolean> probeAsync(InetSocketAddress peer, InetSocketAddress claimed, Duration timeout) {
        return operations
                .submit(new Command.ProbeNat(Endpoints.of(peer), Endpoints.of(claimed), timeout))
                .thenApply(outcome -> switch (outcome) {
                    case Outcome.Probed(boolean reached) -> reached;
                    default -> throw Operations.unexpected(outcome);
                });
    }
}
