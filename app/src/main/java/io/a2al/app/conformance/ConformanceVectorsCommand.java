package io.a2al.app.conformance;

import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.CommonOptions;
import io.a2al.app.cli.ExitCodes;
import io.a2al.app.cli.Output;
import io.a2al.conformance.vectors.SuiteResult;
import io.a2al.conformance.vectors.VectorRunner;
import io.a2al.conformance.vectors.VectorSuite;
import java.io.IOException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code a2al conformance vectors}: runs golden vectors. */
@Command(
        name = "vectors",
        description = {
            "Run every file of golden vectors in a directory against this implementation, and say what of it passes.",
            "Exit code 0 only if at least one case ran and nothing failed."
        },
        footer = {
            "",
            "A case passes if everything is as the vectors say. Among those that passed, \"open\" counts the cases in"
                + " which the vectors leave the verdict to the implementation, and \"differs\" those in which this one"
                + " answers something else on purpose.",
            "",
            "Example:",
            "  a2al conformance vectors ~/a2al/vectors"
        })
final class ConformanceVectorsCommand implements Callable<Integer> {

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Parameters(
            paramLabel = "DIR",
            arity = "0..1",
            description = "A directory with files such as messages.json; without it the vectors that come along.")
    private @Nullable Path directory;

    @Override
    public Integer call() throws CommandException, IOException {
        VectorSuite suite = directory == null ? VectorSuite.bundled() : suiteOf(directory);
        SuiteResult result = VectorRunner.run(suite);
        VectorsReport report = new VectorsReport(suite.origin(), result);
        Output output = common.output();
        if (output.isJson()) {
            output.json(report.toJson());
        } else {
            report.print(output);
        }
        return result.isGood() ? ExitCodes.DONE : ExitCodes.NOT_FOUND;
    }

    private static VectorSuite suiteOf(Path directory) throws CommandException, IOException {
        try {
            return VectorSuite.ofDirectory(directory);
        } catch (NotDirectoryException e) {
            throw CommandException.wrongUse(
                    "no such directory: \"" + directory + "\"; give one with files of golden vectors");
        }
    }
}
