package io.a2al.app.data;

import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.CommonOptions;
import io.a2al.app.cli.Output;
import io.a2al.app.cli.WatchedLine;
import io.a2al.dht.files.DataDirectory;
import io.a2al.dht.files.OwnerOnlyFile;
import io.a2al.dht.files.RecordFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The data directory that a command works on, and what is shown meanwhile. */
final class OpenData {

    /** Records between two changes of the line at a terminal. */
    private static final int STEP = 1000;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Parameters(index = "0", paramLabel = "DIR", description = "The node's data directory.")
    private Path directory = Path.of("");

    /** What a command does with the records. */
    @FunctionalInterface
    interface Work<T> {
        T on(RecordFiles records) throws IOException;
    }

    /** What a command does with the whole directory. */
    @FunctionalInterface
    interface DirectoryWork<T> {
        T on(DataDirectory open, RecordFiles records) throws IOException;
    }

    Output output() {
        return common.output();
    }

    Path path() {
        return directory;
    }

    /**
     * Does something with the records of the directory, which no node uses meanwhile.
     *
     * @throws CommandException if there is no such directory, or if reading or writing fails
     */
    <T> T use(Work<T> work) throws CommandException {
        return useDirectory((open, records) -> work.on(records));
    }

    /** Like {@link #use}, for the other files, too. */
    <T> T useDirectory(DirectoryWork<T> work) throws CommandException {
        if (!Files.isDirectory(directory)) {
            throw CommandException.failed("there is no directory " + directory + "; name a node's data directory");
        }
        WatchedLine line = new WatchedLine(common.output());
        try (DataDirectory open = DataDirectory.open(directory)) {
            return work.on(open, new RecordFiles(open.storeFile(), done -> {
                if (done % STEP == 0) {
                    line.show(done + " records");
                }
            }));
        } catch (IOException e) {
            throw CommandException.failed(
                    "the records in " + directory + " cannot be used: " + OwnerOnlyFile.reason(e));
        } finally {
            line.clear();
        }
    }
}
