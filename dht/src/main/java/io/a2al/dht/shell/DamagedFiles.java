package io.a2al.dht.shell;

import io.a2al.dht.files.DamagedFileException;
import io.a2al.dht.files.OwnerOnlyFile;
import io.a2al.dht.logging.RateLimitedLogger;
import java.io.IOException;
import java.nio.file.Path;

/** Sets damaged files aside, so that a node goes on writing and nothing is lost that could be restored. Stateless. */
final class DamagedFiles {

    private DamagedFiles() {}

    /** Renames a damaged file and says so; returns false if it cannot be renamed. */
    static boolean setAside(Path file, DamagedFileException damage, RateLimitedLogger log) {
        // Each file is a kind of message of its own, so that one does not hide another.
        String what = "file " + file + " is damaged: {}; ";
        try {
            Path aside = OwnerOnlyFile.setAside(file);
            log.warn(what + "it is kept as {}, and a new one is begun", damage.getMessage(), aside);
            return true;
        } catch (IOException e) {
            log.warn(
                    what + "it cannot be renamed ({}), so move it away to begin a new one",
                    damage.getMessage(),
                    OwnerOnlyFile.reason(e));
            return false;
        }
    }
}
