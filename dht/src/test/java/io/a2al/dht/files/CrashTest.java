package io.a2al.dht.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.dht.DhtNode;
import io.a2al.dht.Durability;
import io.a2al.dht.PeerRpc;
import io.a2al.dht.result.EndpointRecord;
import io.a2al.dht.result.RpcResult;
import io.a2al.dht.result.StoreAnswer;
import io.a2al.dht.transport.TimeSource;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.RecordSigner;
import io.a2al.protocol.record.SignedRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A node is killed under a load of STOREs, again and again; started again, it has every record that it acknowledged:
 * some time before the kill, or at all if it is strict.
 */
@Timeout(600)
class CrashTest {

    private static final int KILLS = 5;
    private static final int WINDOW = 16;

    /**
     * Time until a confirmed STORE makes room for the next: hundreds a second are a load, and more records add nothing
     * but time to look for all of them.
     */
    private static final Executor PACE = CompletableFuture.delayedExecutor(30, TimeUnit.MILLISECONDS);

    /** Twice what is promised, as a machine that runs many tests may give the writing thread no time for a while. */
    private static final long GRACE = TimeUnit.SECONDS.toNanos(2);

    @TempDir
    private Path folder;

    private final Random random = new Random(4121);
    private final Map<NodeId, Long> acknowledged = new ConcurrentHashMap<>();

    /** A node in another process. */
    private record Child(Process process, InetSocketAddress address) {}

    private Child start(Durability durability) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StoringNode.class.getName(),
                        folder.resolve("records").toString(),
                        durability.name())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader lines = process.inputReader();
        String port = Objects.requireNonNull(lines.readLine(), "the node did not start");
        return new Child(process, new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port)));
    }

    @ParameterizedTest
    @EnumSource(names = {"SECOND", "STRICT"})
    void whatWasAcknowledgedIsThereAfterAKill(Durability durability) throws Exception {
        long grace = durability == Durability.STRICT ? 0 : GRACE;
        try (DhtNode client = DhtNode.builder()
                .identity(Identity.generate(new SecureRandom()))
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .clientMode()
                .build()
                .start()) {
            PeerRpc rpc = client.rpc().withTimeout(Duration.ofSeconds(10));
            Child node = start(durability);
            try {
                for (int kill = 0; kill < KILLS; kill++) {
                    long killed = storeAndKill(rpc, node, grace);
                    node = start(durability);
                    List<NodeId> lost = new ArrayList<>();
                    for (Map.Entry<NodeId, Long> record : acknowledged.entrySet()) {
                        if (killed - record.getValue() >= grace && !isHeld(rpc, node, record.getKey())) {
                            lost.add(record.getKey());
                        }
                    }
                    assertThat(lost)
                            .as("lost by kill %d of %d acknowledged", kill, acknowledged.size())
                            .isEmpty();
                    acknowledged.clear();
                }
            } finally {
                node.process().destroyForcibly().waitFor();
            }
        }
    }

    /** Stores until enough records have been acknowledged for long enough; returns when the node was killed. */
    private long storeAndKill(PeerRpc rpc, Child node, long grace) throws Exception {
        int wanted = 50 + random.nextInt(200);
        Semaphore window = new Semaphore(WINDOW);
        AtomicInteger confirmed = new AtomicInteger();
        CompletableFuture<Long> enough = new CompletableFuture<>();
        while (!enough.isDone() || System.nanoTime() - enough.join() < grace) {
            window.acquire();
            Identity publisher = Identity.generate(new SecureRandom());
            SignedRecord record = RecordSigner.self(publisher.newSigner())
                    .sign(
                            EndpointPayload.of(List.of("quic://agent.example:4121")),
                            1,
                            TimeSource.SYSTEM.now().unixSeconds() - 1,
                            3600);
            var _ = rpc.storeAtAsync(node.address(), publisher.nodeId(), record).whenComplete((answer, failure) -> {
                if (answer instanceof RpcResult.Answered<StoreAnswer>(var _, StoreAnswer stored, var _)
                        && stored.stored()) {
                    long at = System.nanoTime();
                    acknowledged.put(publisher.nodeId(), at);
                    if (confirmed.incrementAndGet() == wanted) {
                        enough.complete(at);
                    }
                }
                PACE.execute(window::release);
            });
        }
        long now = System.nanoTime();
        node.process().destroyForcibly().waitFor();
        return now;
    }

    private static boolean isHeld(PeerRpc rpc, Child node, NodeId key) throws InterruptedException {
        return rpc.findValue(node.address(), key)
                        instanceof RpcResult.Answered<Optional<EndpointRecord>>(var _, var found, var _)
                && found.isPresent();
    }
}
