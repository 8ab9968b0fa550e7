package io.a2al.dht.files;

import io.a2al.dht.DhtNode;
import io.a2al.dht.Durability;
import io.a2al.protocol.crypto.Identity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;

/** A node in a process of its own that a test kills. Arguments: its file of records, and its durability. */
final class StoringNode {

    private StoringNode() {}

    /** Prints its port once it has its records back, and runs until its standard input ends. */
    public static void main(String[] args) throws IOException, InterruptedException {
        try (DhtNode node = DhtNode.builder()
                .identity(Identity.generate(new SecureRandom()))
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .threads(1)
                .storeFile(Path.of(args[0]))
                .durability(Durability.valueOf(args[1]))
                .build()
                .start()) {
            for (Thread thread : Thread.getAllStackTraces().keySet()) {
                if (thread.getName().equals("a2al-restore")) {
                    thread.join();
                }
            }
            System.out.println(node.localEndpoint().port());
            while (System.in.read() >= 0) {
                // Nothing is ever written to it.
            }
        }
    }
}
