package io.a2al.app.data;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.Json;
import io.a2al.app.cli.Output;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code a2al data export}: writes the content of a data directory to a file, to move it. */
@Command(
        name = "export",
        description = {
            "Write all records, publications, marks of delivered mail, and the agents kept for other programs into a"
                    + " file that must not exist yet, for 'a2al data import' on any machine.",
            "The identity is not in it, see 'a2al id export'; without it, the keys of the agents cannot be opened. Nor"
                    + " is what the node knows of the network."
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
        ExportFile.Moved moved = data.useDirectory((open, records) -> ExportFile.write(file, open, records));
        Output output = data.output();
        if (output.isJson()) {
            ObjectNode json = Json.object().put("records", moved.records());
            json.set("files", Json.texts(moved.files()));
            output.json(json.put("written_to", file.toString()));
        } else {
            output.line("records", moved.records());
            output.line("files", moved.files().isEmpty() ? "none" : String.join(", ", moved.files()));
            output.line("written to", file);
        }
        return 0;
    }
}
