package io.a2al.dht.shell;

import io.a2al.core.api.Effect;
import io.a2al.core.api.Input;
import io.a2al.core.api.StoredRecord;
import io.a2al.dht.files.MvRecordArchive;
import io.a2al.dht.files.RecordArchive;
import io.a2al.dht.logging.RateLimitedLogger;
import io.a2al.dht.result.DiskStatistics;
import io.a2al.protocol.id.NodeId;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The records of a node on disk: given back to it at the start, and kept as they change. Thread-safe. */
public final class DurableRecords {

    /** Keys that are looked at in one turn of the core, as other threads wait for it meanwhile. */
    private static final int BATCH = 64;

    private final CoreDriver driver;
    private final RecordKeeper keeper;
    private final RecordRestorer restorer;
    private final boolean strict;

    /**
     * Records in this file.
     *
     * @param strict true if answers wait for the disk
     */
    public static DurableRecords in(Path file, CoreDriver driver, boolean strict, Tasks tasks, RateLimitedLogger log) {
        return new DurableRecords(new MvRecordArchive(file), file, driver, strict, tasks, log);
    }

    DurableRecords(
            RecordArchive archive, Path file, CoreDriver driver, boolean strict, Tasks tasks, RateLimitedLogger log) {
        this.keeper = new RecordKeeper(
                archive, () -> held(driver), strict, tasks, () -> driver.now().nanos(), log);
        this.driver = driver;
        this.strict = strict;
        this.restorer = new RecordRestorer(driver, archive, file, keeper, tasks, log);
    }

    private static SequencedMap<Long, StoredRecord> held(CoreDriver driver) {
        List<NodeId> keys = driver.ask(core -> core.store().keyList());
        SequencedMap<Long, StoredRecord> held = new LinkedHashMap<>();
        for (int i = 0; i < keys.size(); i += BATCH) {
            List<NodeId> some = keys.subList(i, Math.min(i + BATCH, keys.size()));
            driver.tell(core -> some.forEach(key -> held.putAll(core.store().numberedAt(key))));
        }
        return held;
    }

    /**
     * Begins to read and to write.
     *
     * @param handlers makes what takes inputs on the reading thread and carries out their effects
     */
    public void start(Supplier<Consumer<Input>> handlers) {
        restorer.start(handlers);
        keeper.start();
    }

    /** The records of this key are to be restored before others. */
    public void restoreFirst(NodeId key) {
        restorer.restoreFirst(key);
    }

    /** A record is to be kept under this number, which is new. */
    public void persist(long number, StoredRecord record) {
        keeper.persist(number, record);
    }

    /** What was kept under this number is to be removed. */
    public void forget(long number) {
        keeper.forget(number);
    }

    /** Returns what runs something once every change so far is on the disk; empty if answers do not wait for it. */
    public Optional<Executor> confirmations() {
        return strict ? Optional.of(keeper::whenWritten) : Optional.empty();
    }

    /** Looks again at records that could not be restored because of the clock. */
    public void reconsider() {
        restorer.reconsider();
    }

    /** Returns how many changes wait, were written and failed. */
    public DiskStatistics statistics() {
        return keeper.statistics();
    }

    /** What the application changed since the last input has no other way out, as the node takes no more of them. */
    private void carryOut(List<Effect> last) {
        for (Effect effect : last) {
            if (effect instanceof Effect.Persist(long number, StoredRecord record)) {
                keeper.persist(number, record);
            } else if (effect instanceof Effect.Forget(long number)) {
                keeper.forget(number);
            }
        }
    }

    /** Writes what is left. */
    public void close() {
        restorer.stop();
        carryOut(driver.ask(core -> core.handle(driver.now(), new Input.Tick())));
        keeper.close();
    }
}
