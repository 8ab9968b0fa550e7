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

/** {@code a2al data import}: adds records that were exported elsewhere. */
@Command(
        name = "import",
        description = {
            "Add the records of a file that 'a2al data export' wrote. Each is verified; those that are not valid are"
                    + " left out.",
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
        int records = data.use(files -> files.importFrom(file));
        Output output = data.output();
        if (output.isJson()) {
            output.json(Json.object().put("records", records));
        } else {
            output.line("records", records);
        }
        return 0;
    }
}
