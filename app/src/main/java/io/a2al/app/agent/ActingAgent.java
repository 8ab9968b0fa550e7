package io.a2al.app.agent;

import io.a2al.dht.Agent;
import io.a2al.dht.files.DataDirectory;
import io.a2al.protocol.crypto.Identity;
import java.util.Optional;

/**
 * For whom a command acts, and where that is kept, if it is; to be closed, so that others can use the directory.
 *
 * @param identity the key that acts
 * @param agent for whom
 */
public record ActingAgent(Identity identity, Agent agent, Optional<DataDirectory> directory) implements AutoCloseable {

    /** Returns false if the key was made for this run and is lost afterwards. */
    public boolean isKept() {
        return directory.isPresent();
    }

    @Override
    public void close() {
        directory.ifPresent(DataDirectory::close);
    }
}
