package io.a2al.app.agent;

import io.a2al.dht.Agent;
import io.a2al.dht.files.DataDirectory;
import io.a2al.protocol.crypto.Identity;
import java.util.Optional;

/**
 * The agent for which a command acts, with the key that acts, and the open data directory if there is one. Closing it
 * lets other programs use the directory.
 *
 * @param identity the key that acts
 * @param agent the agent that the key acts for
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
