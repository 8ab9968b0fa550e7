package io.a2al.app.sim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.app.cli.BasicOptions;
import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.Output;
import io.a2al.app.cli.OutputOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Output options of commands that simulate, which can write JSON to a file, with those that every command has. */
final class SimOutputs implements OutputOptions {

    private static final String STANDARD_OUTPUT = "-";

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    // Picocli reads it.
    @Mixin
    @SuppressWarnings("UnusedVariable")
    private BasicOptions basic = new BasicOptions();

    @Option(
            names = JSON,
            paramLabel = "FILE",
            arity = "0..1",
            fallbackValue = STANDARD_OUTPUT,
            description = "Write the numbers as JSON to this file; print them if it is - or none is named.")
    private @Nullable Path json;

    private Optional<Output> output = Optional.empty();

    @Override
    public Output output() {
        CommandLine line = command.commandLine();
        Output used = output.orElseGet(
                () -> new Output(line.getOut(), line.getErr(), json != null && isStandardOutput(json)));
        output = Optional.of(used);
        return used;
    }

    private static boolean isStandardOutput(Path file) {
        return STANDARD_OUTPUT.equals(file.toString());
    }

    /** Checks the directory now, not after hours of work. */
    void check() throws CommandException {
        if (json != null && !isStandardOutput(json)) {
            checkFile(JSON, json);
        }
    }

    /** Checks the directory of a file that another option names. */
    static void checkFile(String option, Path file) throws CommandException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            throw CommandException.wrongUse(option + " " + file + ": there is no directory " + directory);
        }
        boolean writable =
                Files.exists(file) ? !Files.isDirectory(file) && Files.isWritable(file) : Files.isWritable(directory);
        if (!writable) {
            throw CommandException.wrongUse(option + " " + file + ": this cannot be written; name another file");
        }
    }

    /** Writes the results to the files that the options name. */
    void writeJson(ObjectNode numbers) throws IOException {
        Output output = output();
        if (output.isJson()) {
            output.json(numbers);
        } else if (json != null) {
            Files.writeString(json, numbers.toPrettyString() + "\n");
        }
    }
}
