package io.a2al.app.data;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.ExitCodes;
import io.a2al.app.cli.Json;
import io.a2al.app.cli.Output;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code a2al data import}: adds what was exported elsewhere. */
@Command(
        name = "import",
        description = {
            "Add what is in a file that 'a2al data export' wrote. Each record is verified; those that are not valid"
                + " are left out. Of the other files, those that the directory has already stay as they are; then the"
                + " exit code is 1.",
            "A node that starts afterwards keeps those that have not expired."
        },
        footer = {"", "Example:", "  a2al data import /var/lib/a2al records.a2al"})
final class DataImportCommand implements Callable<Integer> {

    @Mixin
    private OpenData data = new OpenData();

    @Parameters(index = "1", paramLabel = "FILE", description = "The file to read.")
    private Path file = Path.of("");

    @Override
    public Integer call() throws CommandException {
        if (!Files.exists(file)) {
            throw CommandException.failed("there is no file " + file + "; name one that 'a2al data export' wrote");
        }
        ExportFile.Moved moved = data.useDirectory((open, records) -> ExportFile.read(file, open, records));
        Output output = data.output();
        if (output.isJson()) {
            ObjectNode json = Json.object().put("records", moved.records());
            json.set("files", Json.texts(moved.files()));
            output.json(json.set("left", Json.texts(moved.left())));
        } else {
            output.line("records", moved.records());
            output.line("files", moved.files().isEmpty() ? "none" : String.join(", ", moved.files()));
        }
        if (moved.left().isEmpty()) {
            return ExitCodes.DONE;
        }
        output.warn("not taken, as the directory has others: " + String.join(", ", moved.left())
                + "; move these away, and import again");
        return ExitCodes.NOT_FOUND;
    }
}
