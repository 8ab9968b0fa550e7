package io.a2al.bench.local;

import io.a2al.dht.DhtNode;
import io.a2al.dht.PeerRpc;
import io.a2al.dht.result.RpcResult;
import io.a2al.dht.result.StoreAnswer;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.InvalidRecordException;
import io.a2al.protocol.record.RecordPayload;
import io.a2al.protocol.record.RecordSigner;
import io.a2al.protocol.record.SignedRecord;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A node in a separate process, with a client in this one. Each start has another port and another client, so that
 * nothing that was sent to the process before reaches the one after it.
 */
final class KillableProcess implements KillableNode {

    /** STOREs in flight. */
    private static final int STORES = 64;

    /** FIND_VALUEs in flight. */
    private static final int LOOKUPS = 256;

    private static final long LONGEST_WAIT_MILLIS = 100;

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /** How often the first record of a load is sent at most. */
    private static final int ATTEMPTS = 60;

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /** Time to live of records in seconds; longer than any directory is used. */
    private static final long TTL = TimeUnit.DAYS.toSeconds(1);

    private static final RecordPayload PAYLOAD = EndpointPayload.of(List.of("quic://192.0.2.1:4122"));

    private final Launch launch;
    private final int rate;
    private final SecureRandom random = new SecureRandom();
    private Optional<Path> directory = Optional.empty();
    private Optional<Life> life = Optional.empty();

    /**
     * A node that is not started.
     *
     * @param rate records a second that it is asked to store
     */
    KillableProcess(Launch launch, int rate) {
        this.launch = launch;
        this.rate = rate;
    }

    /** A process and its client. */
    private record Life(NodeProcess process, DhtNode client) {

        PeerRpc rpc() {
            return client.rpc().withTimeout(TIMEOUT);
        }

        InetSocketAddress address() {
            return process.address();
        }
    }

    @Override
    public Duration start() throws IOException {
        Path used = directory.isPresent() ? directory.get() : NodeProcess.newDirectory();
        directory = Optional.of(used);
        NodeProcess process = NodeProcess.startIn(used, launch, 0);
        try {
            life = Optional.of(new Life(process, NodeClient.open(random)));
        } catch (IOException e) {
            process.close();
            throw e;
        }
        return process.startup();
    }

    @Override
    public Map<NodeId, Duration> loadAndKill(Duration load) throws IOException, InterruptedException {
        Life present = life.orElseThrow();
        Map<NodeId, Long> acknowledged = new ConcurrentHashMap<>();
        store(present, load, acknowledged);
        if (!present.process().isAlive()) {
            throw new IOException("the node ended by itself under load");
        }
        long killed = System.nanoTime();
        present.process().kill();
        Map<NodeId, Duration> ages = new HashMap<>();
        acknowledged.forEach((key, at) -> ages.put(key, Duration.ofNanos(Math.max(killed - at, 0))));
        present.client().close();
        life = Optional.empty();
        return ages;
    }

    /** The time of the load begins with the first answer, as a slow machine may have none for long. */
    private void store(Life present, Duration load, Map<NodeId, Long> acknowledged)
            throws IOException, InterruptedException {
        storeFirst(present, acknowledged);
        Semaphore window = new Semaphore(STORES);
        long begin = System.nanoTime();
        long left = load.toNanos();
        for (long sent = 0; left > 0; left = begin + load.toNanos() - System.nanoTime()) {
            long early = begin + sent * SECOND / rate - System.nanoTime();
            if (early > 0) {
                LockSupport.parkNanos(Math.min(early, left));
            } else if (window.tryAcquire(left, TimeUnit.NANOSECONDS)) {
                sent++;
                var _ = storeOne(present, acknowledged).whenComplete((stored, failure) -> window.release());
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    private void storeFirst(Life present, Map<NodeId, Long> acknowledged) throws IOException, InterruptedException {
        String last = "";
        for (int i = 0; i < ATTEMPTS && acknowledged.isEmpty(); i++) {
            try {
                last = String.valueOf(storeOne(present, acknowledged).get());
            } catch (ExecutionException notThisTime) {
                last = String.valueOf(notThisTime.getCause());
            }
        }
        if (acknowledged.isEmpty()) {
            throw new IOException("the node stored none of " + ATTEMPTS + " records; of the last it said: " + last);
        }
    }

    /** Has a new record stored, and notes when the node says that it is. */
    private CompletableFuture<RpcResult<StoreAnswer>> storeOne(Life present, Map<NodeId, Long> acknowledged) {
        Identity publisher = Identity.generate(random);
        return present.rpc()
                .storeAtAsync(present.address(), publisher.nodeId(), record(publisher))
                .thenApply(answer -> {
                    if (answer instanceof RpcResult.Answered<StoreAnswer>(var _, StoreAnswer said, var _)
                            && said.stored()) {
                        acknowledged.put(publisher.nodeId(), System.nanoTime());
                    }
                    return answer;
                });
    }

    private static SignedRecord record(Identity publisher) {
        long now = TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis()) - 1;
        try {
            return RecordSigner.self(publisher.newSigner()).sign(PAYLOAD, now, now, TTL);
        } catch (InvalidRecordException impossible) {
            throw new IllegalStateException("a payload of this class is invalid", impossible);
        }
    }

    @Override
    public Set<NodeId> missing(Collection<NodeId> keys) throws IOException, InterruptedException {
        Life present = life.orElseThrow();
        PeerRpc rpc = present.rpc();
        Set<NodeId> missing = ConcurrentHashMap.newKeySet();
        Semaphore window = new Semaphore(LOOKUPS);
        for (NodeId key : keys) {
            acquire(window, 1);
            var _ = rpc.findValueAsync(present.address(), key).whenComplete((answer, failure) -> {
                if (failure != null || !NodeClient.isServed(answer)) {
                    missing.add(key);
                }
                window.release();
            });
        }
        acquire(window, LOOKUPS);
        return missing;
    }

    /** Waits for answers, which do not come from a process that has ended. */
    private void acquire(Semaphore window, int permits) throws IOException, InterruptedException {
        while (!window.tryAcquire(permits, LONGEST_WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
            if (!life.orElseThrow().process().isAlive()) {
                throw new IOException("the node ended by itself after a restart");
            }
        }
    }

    @Override
    public void renew() throws IOException {
        close();
        var _ = start();
    }

    @Override
    public void close() throws IOException {
        if (life.isPresent()) {
            life.get().client().close();
            life.get().process().destroy();
            life.get().process().close();
        } else if (directory.isPresent()) {
            NodeProcess.delete(directory.get());
        }
        life = Optional.empty();
        directory = Optional.empty();
    }
}
