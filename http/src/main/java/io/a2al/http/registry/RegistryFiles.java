package io.a2al.http.registry;

import io.a2al.protocol.crypto.Identity;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Where the agents that a node keeps outlast it. Two nodes must not share the files.
 *
 * @param agents the file of the agents; their keys in it are encrypted
 * @param mail the file of the notes that were delivered
 * @param identity whose secret the keys are encrypted with: who cannot read the identity, as it has a passphrase,
 *     cannot read the keys either
 */
public record RegistryFiles(Path agents, Path mail, Identity identity) {

    /** Refuses null. */
    public RegistryFiles {
        Objects.requireNonNull(agents, "agents");
        Objects.requireNonNull(mail, "mail");
        Objects.requireNonNull(identity, "identity");
    }
}
