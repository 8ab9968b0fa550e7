package io.a2al.app.help;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.app.cli.CommonOptions;
import io.a2al.app.cli.Json;
import io.a2al.app.cli.Output;
import io.a2al.app.cli.ProjectVersion;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code a2al version}: shows which version this is. */
@Command(
        name = "version",
        description = "Show the version of the program, and of the JVM that runs it.",
        footer = {"", "Example:", "  a2al version --json"})
public final class VersionCommand implements Callable<Integer> {

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Override
    public Integer call() throws IOException {
        Output output = common.output();
        ObjectNode version = Json.object()
                .put("version", ProjectVersion.number())
                .put("java", Runtime.version().toString());
        if (output.isJson()) {
            output.json(version);
        } else {
            output.line("a2al", version.path("version").asText());
            output.line("java", version.path("java").asText());
        }
        return 0;
    }
}
