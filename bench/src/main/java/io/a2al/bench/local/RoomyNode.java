package io.a2al.bench.local;

import io.a2al.core.NodeSettings;
import io.a2al.core.store.StoreLimits;
import io.a2al.dht.DhtNode;
import io.a2al.dht.files.DataDirectory;
import io.a2al.protocol.crypto.Identity;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;

/** A program that is a node with room for more records than the program's own; it runs until it is killed. */
public final class RoomyNode {

    private RoomyNode() {}

    /**
     * Starts the node.
     *
     * @param args the port of the loopback interface, the data directory, and the number of keys and records
     */
    public static void main(String[] args) throws Exception {
        int records = Integer.parseInt(args[2]);
        StoreLimits usual = StoreLimits.DEFAULT;
        StoreLimits roomy = new StoreLimits(
                records,
                usual.addressRecordsPerKey(),
                usual.topicRecordsPerKey(),
                usual.mailboxRecordsPerKey(),
                usual.mailboxRecordsPerSender(),
                usual.retention(),
                new StoreLimits.Quotas(
                        records,
                        usual.quotas().recordsPerIdentity(),
                        usual.quotas().recordsPerNetwork()));
        try (DataDirectory directory = DataDirectory.open(Path.of(args[1]));
                DhtNode _ = DhtNode.builder()
                        .identity(Identity.generate(new SecureRandom()))
                        .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0])))
                        .storeFile(directory.storeFile())
                        .settings(NodeSettings.DEFAULT.withStore(roomy))
                        .build()
                        .start()) {
            Thread.currentThread().join();
        }
    }
}
