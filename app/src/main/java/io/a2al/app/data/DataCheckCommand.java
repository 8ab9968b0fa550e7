package io.a2al.app.data;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.ExitCodes;
import io.a2al.app.cli.Json;
import io.a2al.app.cli.Output;
import io.a2al.dht.files.RecordFiles;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code a2al data check}: reads all records of a data directory. */
@Command(
        name = "check",
        description = {
            "Read every record and say what is damaged. A damaged file is kept with the suffix .damaged, and a new one"
                    + " is made of what could be read. The other files are read and not changed.",
            "Exit code 1 if anything was lost or is damaged."
        },
        footer = {"", "Example:", "  a2al data check /var/lib/a2al"})
final class DataCheckCommand implements Callable<Integer> {

    @Mixin
    private OpenData data = new OpenData();

    @Override
    public Integer call() throws CommandException {
        DirectoryReport directory = data.useDirectory(DirectoryReport::of);
        RecordFiles.Report report = directory.records();
        Output output = data.output();
        if (output.isJson()) {
            ObjectNode json = Json.object()
                    .put("layout", directory.layout())
                    .put("records", report.records())
                    .put("lost", report.lost())
                    .put("payload_bytes", report.payloadBytes())
                    .put("file_bytes", report.fileBytes());
            report.damage()
                    .ifPresent(damage -> json.put("damage", damage.description())
                            .put("set_aside", damage.setAside().toString()));
            ObjectNode files = json.putObject("files");
            directory.files().forEach((name, state) -> files.put(name, state.text()));
            output.json(json);
        } else {
            output.line("layout", directory.layout());
            output.line("records", report.records());
            output.line("lost", report.lost());
            output.line("payload", report.payloadBytes() + " bytes");
            output.line("file", report.fileBytes() + " bytes");
            report.damage()
                    .ifPresent(
                            damage -> output.line("damage", damage.description() + "; kept as " + damage.setAside()));
            directory.files().forEach((name, state) -> output.line(name, state.text()));
        }
        boolean whole = report.lost() == 0
                && report.damage().isEmpty()
                && directory.files().values().stream().allMatch(DirectoryReport.State::whole);
        return whole ? ExitCodes.DONE : ExitCodes.NOT_FOUND;
    }
}
