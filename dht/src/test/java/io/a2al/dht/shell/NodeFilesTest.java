package io.a2al.dht.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.NodeCore;
import io.a2al.core.NodeSettings;
import io.a2al.dht.TestNodes;
import io.a2al.dht.logging.RateLimitedLogger;
import io.a2al.dht.peers.SeenPeersFile;
import io.a2al.dht.transport.TimeSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class NodeFilesTest {

    /** A task that was to write may come late, when the files already belong to the node that was started next. */
    @Test
    void nothingIsWrittenAfterClosing(@TempDir Path folder) throws Exception {
        Path seen = folder.resolve("seen-peers");
        CoreDriver driver = new CoreDriver(
                new NodeCore(
                        NodeSettings.DEFAULT,
                        TestNodes.identity("closed").address(),
                        new Random(1),
                        TimeSource.SYSTEM.now()),
                TimeSource.SYSTEM);
        NodeFiles files = new NodeFiles(
                driver,
                Optional.of(new SeenPeersFile(seen)),
                Optional.empty(),
                Optional.empty(),
                new RateLimitedLogger(LoggerFactory.getLogger(NodeFilesTest.class), () -> 0));
        files.close();
        assertThat(seen).exists();

        Files.delete(seen);
        files.save();

        assertThat(seen).doesNotExist();
    }
}
