package io.a2al.http.registry;

import io.a2al.dht.files.DamagedFileException;
import io.a2al.dht.files.OwnerOnlyFile;
import io.a2al.http.registry.AgentFile.Content;
import io.a2al.http.registry.AgentFile.Damaged;
import io.a2al.http.registry.AgentFile.Entry;
import io.a2al.protocol.id.Address;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the agents of the registry in their file, if there is one, and what could not be read of it. A file that cannot
 * be read, or of which a damaged form cannot be renamed, is never written. For one thread at a time, except for
 * {@link #damaged()}.
 */
final class AgentStore {

    private static final Logger LOG = LoggerFactory.getLogger(AgentRegistry.class);

    private final Optional<AgentFile> file;
    private final List<Damaged> damaged = new CopyOnWriteArrayList<>();
    private Optional<String> unusable = Optional.empty();

    AgentStore(Optional<RegistryFiles> files) {
        this.file = files.map(AgentFile::new);
    }

    /** Reads the file, and says what of it is damaged. */
    Content read() {
        if (file.isEmpty()) {
            return Content.NOTHING;
        }
        AgentFile from = file.get();
        try {
            Content content = from.read();
            content.damaged()
                    .forEach(entry -> LOG.warn(
                            "agent {} in file {} cannot be read: {}; its entry is kept in the member \"damaged\"",
                            entry.address(),
                            from.path(),
                            entry.reason()));
            damaged.addAll(content.damaged());
            return content;
        } catch (DamagedFileException e) {
            setAside(from, e);
        } catch (IOException e) {
            unusable = Optional.of("file " + from.path() + " cannot be read: " + OwnerOnlyFile.reason(e)
                    + "; give the node's user access to it, and start the node again");
            LOG.warn("{}; agents are not kept", unusable.get());
        }
        return Content.NOTHING;
    }

    private void setAside(AgentFile from, DamagedFileException damage) {
        try {
            LOG.warn(
                    "file {} is damaged: {}; it is kept as {}, and a new one is begun",
                    from.path(),
                    damage.getMessage(),
                    OwnerOnlyFile.setAside(from.path()));
        } catch (IOException e) {
            unusable = Optional.of("file " + from.path() + " is damaged and cannot be renamed: "
                    + OwnerOnlyFile.reason(e) + "; move it away, and start the node again");
            LOG.warn("{}; agents are not kept", unusable.get());
        }
    }

    /** Returns the addresses of the entries that cannot be read, as far as they name any. */
    List<String> damaged() {
        return damaged.stream().map(Damaged::address).toList();
    }

    /** Drops what cannot be read of an agent, because it is to be removed; returns that. */
    List<Damaged> dropDamaged(Address address) {
        List<Damaged> dropped = damaged.stream()
                .filter(entry -> entry.address().equals(address.toString()))
                .toList();
        damaged.removeAll(dropped);
        return dropped;
    }

    /** Keeps what was dropped after all. */
    void keepDamaged(List<Damaged> dropped) {
        damaged.addAll(dropped);
    }

    /** Writes all; it is on the disk when this returns, unless nothing is kept. */
    void write(List<Entry> agents, boolean autoPublish) throws IOException {
        if (unusable.isPresent()) {
            throw new IOException(unusable.get());
        }
        if (file.isPresent()) {
            file.get().write(new Content(agents, damaged, autoPublish));
        }
    }
}
