package io.a2al.dht;

import io.a2al.core.api.NatStatus;
import io.a2al.dht.shell.CoreDriver;
import io.a2al.protocol.message.Endpoint;
import java.net.InetAddress;
import java.util.Objects;
import java.util.Optional;

/** What a node's core knows about its NAT. Thread-safe. */
final class NodeNat implements Nat {

    private final CoreDriver driver;

    NodeNat(CoreDriver driver) {
        this.driver = driver;
    }

    @Override
    public NatStatus status() {
        return driver.ask(core -> core.natStatus(driver.now()));
    }

    @Override
    public void setExternalIp(InetAddress ip) {
        Objects.requireNonNull(ip, "ip");
        setExternalIp(Optional.of(Endpoint.of(ip.getAddress(), 0)));
    }

    @Override
    public void clearExternalIp() {
        setExternalIp(Optional.empty());
    }

    private void setExternalIp(Optional<Endpoint> ip) {
        driver.tell(core -> core.setExternalIp(driver.now(), ip));
    }
}
