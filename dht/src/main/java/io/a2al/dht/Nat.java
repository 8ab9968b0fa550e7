package io.a2al.dht;

import io.a2al.core.api.NatStatus;
import io.a2al.protocol.record.NatType;
import java.net.InetAddress;

/**
 * A node as the network sees it: the public address that its peers agree on, the NAT in front of it, and whether it can
 * be reached. The node finds out by itself: peers that answer report the address that they see, and every 20 minutes
 * it asks some of them for an echo to its public address. Thread-safe.
 */
public interface Nat {

    /** Returns all that is known at present. */
    NatStatus status();

    /**
     * Returns the NAT type for {@code EndpointPayload.withNatType}: unknown where it is not certain, and restricted or
     * open only after an echo was tried.
     */
    default NatType publishType() {
        return status().publishType();
    }

    /**
     * Sets this node's public IP address. The node then recognises peers behind the same NAT by it, whatever address
     * its peers report.
     */
    void setExternalIp(InetAddress ip);

    /** Takes the public IP address from the reports of peers again. */
    void clearExternalIp();
}
