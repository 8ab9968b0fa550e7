package io.a2al.dht.shell;

import io.a2al.core.api.Input;
import io.a2al.core.api.KnownNetwork;
import io.a2al.core.routing.SeenPeers.Seen;
import io.a2al.dht.files.DamagedFileException;
import io.a2al.dht.files.OwnerOnlyFile;
import io.a2al.dht.logging.RateLimitedLogger;
import io.a2al.dht.peers.SavedContacts;
import io.a2al.dht.peers.SeenPeersFile;
import io.a2al.protocol.id.NodeId;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The files in which a node keeps what it knows of its peers until the next start, written every minute and when the
 * node is closed, and its records, written as they change. A failure to read or write one is logged and has no other
 * effect; a damaged one is set aside. Thread-safe.
 */
public final class NodeFiles {

    private final CoreDriver driver;
    private final Optional<SeenPeersFile> seenPeers;
    private final Optional<SavedContacts> savedContacts;
    private final Optional<DurableRecords> records;
    private final RateLimitedLogger log;
    private boolean closed;

    /** The times of peers that were seen after the present, by a clock that is wrong now. */
    private volatile Map<NodeId, Long> undatable = Map.of();

    public NodeFiles(
            CoreDriver driver,
            Optional<SeenPeersFile> seenPeers,
            Optional<SavedContacts> savedContacts,
            Optional<DurableRecords> records,
            RateLimitedLogger log) {
        this.driver = driver;
        this.seenPeers = seenPeers;
        this.savedContacts = savedContacts;
        this.records = records;
        this.log = log;
    }

    /**
     * Hands the content of the files to the core; the records follow on a thread of their own.
     *
     * @param handlers makes what takes inputs on that thread and carries out their effects
     */
    public void restore(Supplier<Consumer<Input>> handlers) {
        savedContacts.ifPresent(file -> {
            try {
                SavedContacts.Content earlier = file.read();
                driver.tell(core -> core.restore(driver.now(), earlier.known()));
            } catch (DamagedFileException e) {
                var _ = DamagedFiles.setAside(file.path(), e, log);
            } catch (IOException e) {
                log.warn("file {} cannot be read: {}", file.path(), OwnerOnlyFile.reason(e));
            }
        });
        seenPeers.ifPresent(file -> {
            try {
                List<Seen> earlier = file.read();
                long now = driver.now().unixSeconds();
                driver.tell(core -> core.seenPeers().restore(earlier, now));
                undatable = ofTheFuture(earlier, now);
            } catch (DamagedFileException e) {
                var _ = DamagedFiles.setAside(file.path(), e, log);
            } catch (IOException e) {
                log.warn("file {} cannot be read: {}", file.path(), OwnerOnlyFile.reason(e));
            }
        });
        records.ifPresent(durable -> durable.start(handlers));
    }

    /** Returns the peers that were seen after {@code now}, if they are most: then the clock is wrong, not the file. */
    private static Map<NodeId, Long> ofTheFuture(List<Seen> earlier, long now) {
        Map<NodeId, Long> later = earlier.stream()
                .filter(seen -> seen.unixSeconds() > now)
                .collect(Collectors.toMap(Seen::nodeId, Seen::unixSeconds, Math::max));
        return later.size() * 2 > earlier.size() ? later : Map.of();
    }

    /** Returns the peers with the times that were read, where the clock was before them and they are not newer. */
    private List<Seen> dated(List<Seen> seen) {
        return seen.stream()
                .map(peer -> new Seen(
                        peer.nodeId(),
                        Math.max(peer.unixSeconds(), undatable.getOrDefault(peer.nodeId(), peer.unixSeconds()))))
                .toList();
    }

    /** Writes everything for the last time. */
    public void close() {
        synchronized (this) {
            save();
            closed = true;
        }
        uninterrupted(() -> records.ifPresent(DurableRecords::close));
    }

    /**
     * Writes everything, also when the thread is interrupted, as it may be when it closes the node. Does nothing once
     * closed, as the files may be those of another node then.
     */
    public synchronized void save() {
        if (closed) {
            return;
        }
        uninterrupted(this::write);
    }

    /** Takes a step also on an interrupted thread, as one that closes the node may be, and leaves it interrupted. */
    static void uninterrupted(Runnable step) {
        boolean interrupted = Thread.interrupted();
        try {
            step.run();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void write() {
        seenPeers.ifPresent(file -> {
            try {
                file.write(dated(driver.ask(core -> core.seenPeers().all())));
            } catch (IOException e) {
                log.warn("file {} cannot be written: {}", file.path(), OwnerOnlyFile.reason(e));
            }
        });
        records.ifPresent(DurableRecords::reconsider);
        savedContacts.ifPresent(file -> {
            KnownNetwork known = driver.ask(core -> core.knownNetwork(driver.now(), SavedContacts.MAX_PEERS));
            try {
                file.update(known);
            } catch (IOException e) {
                log.warn("file {} cannot be written: {}", file.path(), OwnerOnlyFile.reason(e));
            }
        });
    }
}
