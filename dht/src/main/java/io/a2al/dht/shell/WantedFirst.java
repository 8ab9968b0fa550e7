package io.a2al.dht.shell;

import io.a2al.core.api.Input;
import io.a2al.dht.files.ArchiveIndex;
import io.a2al.dht.files.ArchivedRecord;
import io.a2al.protocol.id.NodeId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Restores the records of an archive one after the other, and in between those of keys that are wanted. No record is
 * restored twice. Belongs to one thread.
 */
final class WantedFirst {

    /**
     * Wanted keys after each so many entries, and how many of them: a flood of requests must not keep the others from
     * being restored.
     */
    private static final int ENTRIES = Restoration.BATCH;

    private static final int KEYS = Restoration.BATCH;

    private final WantedKeys wanted;
    private final ArchiveIndex index;
    private final Restoration restoration;
    private final Consumer<Input> handler;

    /** The numbers of entries that were restored before their turn. */
    private final Set<Long> early = new HashSet<>();

    /** The number of the entry whose turn was last; numbers grow. */
    private long last = Long.MIN_VALUE;

    private int entries;

    /**
     * Restores nothing yet.
     *
     * @param handler takes inputs and carries out their effects
     */
    WantedFirst(WantedKeys wanted, ArchiveIndex index, Restoration restoration, Consumer<Input> handler) {
        this.wanted = wanted;
        this.index = index;
        this.restoration = restoration;
        this.handler = handler;
    }

    /** Takes the entry whose turn it is. */
    void take(ArchivedRecord entry) {
        last = Math.max(last, entry.number());
        if (!early.remove(entry.number())) {
            restoration.take(entry);
        }
        if (++entries % ENTRIES == 0) {
            restoreWanted();
        }
    }

    private void restoreWanted() {
        List<NodeId> keys = wanted.take(KEYS);
        if (keys.isEmpty()) {
            return;
        }
        for (NodeId key : keys) {
            index.find(key, number -> number > last && !early.contains(number)).forEach(entry -> {
                early.add(entry.number());
                restoration.take(entry);
            });
        }
        restoration.handAll();
        keys.forEach(key -> handler.accept(new Input.KeyRestored(key)));
    }
}
