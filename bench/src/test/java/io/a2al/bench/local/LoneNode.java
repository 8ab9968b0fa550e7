package io.a2al.bench.local;

import io.a2al.dht.DhtNode;
import io.a2al.protocol.crypto.Identity;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.concurrent.CountDownLatch;

/** A program that runs a node on the UDP port given as its argument, until the process is stopped. */
final class LoneNode {

    private LoneNode() {}

    public static void main(String[] args) throws Exception {
        try (DhtNode node = DhtNode.builder()
                .identity(Identity.generate(new SecureRandom()))
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0])))
                .threads(1)
                .build()) {
            node.start();
            new CountDownLatch(1).await();
        }
    }
}
