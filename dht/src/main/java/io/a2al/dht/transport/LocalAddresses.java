package io.a2al.dht.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/** Lists the addresses of this machine. Must be thread-safe. */
@FunctionalInterface
interface LocalAddresses {

    /** Asks the system. Of IPv6 addresses only those of one link name their interface, as a socket's address does. */
    LocalAddresses SYSTEM = () -> {
        List<InetAddress> all = new ArrayList<>();
        for (InetAddress address : NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .toList()) {
            all.add(address.isLinkLocalAddress() ? address : withoutInterface(address));
        }
        return all;
    };

    private static InetAddress withoutInterface(InetAddress address) throws UnknownHostException {
        return InetAddress.getByAddress(address.getAddress());
    }

    /** Returns the present addresses of all interfaces, in any order. */
    List<InetAddress> present() throws IOException;
}
