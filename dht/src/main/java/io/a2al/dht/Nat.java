package io.a2al.dht;

import io.a2al.core.api.NatStatus;
import io.a2al.dht.shell.CoreDriver;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.record.NatType;
import java.net.InetAddress;
import java.util.Optional;

/**
 * How the network sees a node: the public address that its peers agree on, the NAT in front of it, and whether it can
 * be reached. The node finds out by itself; peers that answer say how they see it, and every 20 minutes it asks some of
 * them for an echo to its public address. Thread-safe.
 */
public final class Nat {

    private final CoreDriver driver;

    Nat(CoreDriver driver) {
        this.driver = driver;
    }

    /** All that is known at present. */
    public NatStatus status() {
        return driver.ask(core -> core.natStatus(driver.now()));
    }

    /**
     * The NAT type for {@code EndpointPayload.withNatType}: unknown rather than wrong, and restricted or open only
     * after an echo was tried.
     */
    public NatType publishType() {
        return status().publishType();
    }

    /**
     * Tells the node the public IP that others see it at, so that it knows which peers are behind the same NAT,
     * whatever peers say.
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
}
