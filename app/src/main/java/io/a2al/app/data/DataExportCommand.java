package io.a2al.app.data;

import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.Json;
import io.a2al.app.cli.Output;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code a2al data export}: writes the records of a data directory to a file, to move them. */
@Command(
        name = "export",
        description = {
            "Write all records into a file that must not exist yet, for 'a2al data import' on any machine.",
            "The identity is not in it; see 'a2al id export'."
        },
        footer = {"", "Example:", "  a2al data export /var/lib/a2al records.a2al"})
final class DataExportCommand implements Callable<Integer> {

    @Mixin
    private OpenData data = new OpenData();

    @Parameters(index = "1", paramLabel = "FILE", description = "The file to write.")
    private Path file = Path.of("");

    @Override
    public Integer call() throws CommandException {
        if (Files.exists(file)) {
            throw CommandException.failed("file " + file + " exists already; choose another, or move it away");
        }
        int records = data.use(files -> files.exportTo(file));
        Output output = data.output();
        if (output.isJson()) {
            output.json(Json.object().put("records", records).put("written_to", file.toString()));
        } else {
            output.line("records", records);
            output.line("written to", file);
        }
        return 0;
    }
}
