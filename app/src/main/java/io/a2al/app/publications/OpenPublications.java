package io.a2al.app.publications;

import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.CommonOptions;
import io.a2al.app.cli.DirectoryOption;
import io.a2al.app.cli.Output;
import io.a2al.app.cli.TimeoutOption;
import io.a2al.app.client.NetworkOptions;
import io.a2al.app.client.RunningNode;
import io.a2al.dht.files.DamagedFileException;
import io.a2al.dht.files.DataDirectory;
import io.a2al.dht.files.DataDirectoryException;
import io.a2al.dht.files.KeptPublication;
import io.a2al.dht.files.OwnerOnlyFile;
import io.a2al.dht.files.PublicationFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;

/** The publications of a data directory that a command works on. */
final class OpenPublications {

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private TimeoutOption timeout = new TimeoutOption();

    @Mixin
    private DirectoryOption directory = new DirectoryOption();

    /** What a command does with the publications that have not expired. */
    @FunctionalInterface
    interface Work<T> {
        T on(PublicationFile file, List<KeptPublication> publications) throws IOException, CommandException;
    }

    Output output() {
        return common.output();
    }

    Path path() throws CommandException {
        return directory.orDefault();
    }

    /** Asks the node that runs with the directory; empty if none does. */
    <T> Optional<T> askRunning(NetworkOptions.OverHttp<T> asking) throws CommandException {
        return NetworkOptions.askRunning(RunningNode.find(directory.given()), timeout, asking);
    }

    /**
     * Does something with the publications of the directory, which no node uses meanwhile.
     *
     * @throws CommandException if there is no such directory, or if reading or writing fails
     */
    <T> T use(Work<T> work) throws CommandException {
        Path path = path();
        if (!Files.isDirectory(path)) {
            throw CommandException.failed("there is no directory " + path + "; name a node's data directory");
        }
        try (DataDirectory open = DataDirectory.open(path)) {
            return use(new PublicationFile(open.publicationsFile()), work);
        } catch (DataDirectoryException e) {
            throw CommandException.failed(String.valueOf(e.getMessage()));
        }
    }

    private static <T> T use(PublicationFile file, Work<T> work) throws CommandException {
        long now = Instant.now().getEpochSecond();
        try {
            PublicationFile.Content content = file.read();
            if (content.damaged() > 0) {
                throw new DamagedFileException(content.damaged() + " of its lines cannot be read");
            }
            return work.on(
                    file,
                    content.publications().stream()
                            .filter(publication ->
                                    !(publication instanceof KeptPublication.Ready ready) || !ready.isExpiredAt(now))
                            .toList());
        } catch (DamagedFileException e) {
            throw CommandException.failed("file " + file.path() + " is damaged: " + e.getMessage()
                    + "; move it away, or start the node, which renames it");
        } catch (IOException e) {
            throw CommandException.failed("file " + file.path() + " cannot be used: " + OwnerOnlyFile.reason(e));
        }
    }
}
