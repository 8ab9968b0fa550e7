package io.a2al.app.data;

import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.Json;
import io.a2al.app.cli.Output;
import io.a2al.dht.files.RecordFiles;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code a2al data compact}: gives the space back of records that were removed. */
@Command(
        name = "compact",
        description = "Write the file of records anew, without the space of what was removed.",
        footer = {"", "Example:", "  a2al data compact /var/lib/a2al"})
final class DataCompactCommand implements Callable<Integer> {

    @Mixin
    private OpenData data = new OpenData();

    @Override
    public Integer call() throws CommandException {
        List<Long> lengths = data.use(RecordFiles::compact);
        Output output = data.output();
        if (output.isJson()) {
            output.json(Json.object().put("before_bytes", lengths.getFirst()).put("after_bytes", lengths.getLast()));
        } else {
            output.line("before", lengths.getFirst() + " bytes");
            output.line("after", lengths.getLast() + " bytes");
        }
        return 0;
    }
}
