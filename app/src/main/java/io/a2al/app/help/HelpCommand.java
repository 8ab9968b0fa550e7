package io.a2al.app.help;

import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.CommonOptions;
import io.a2al.app.cli.Json;
import io.a2al.app.cli.Nearest;
import io.a2al.app.cli.Output;
import io.a2al.app.cli.Program;
import io.a2al.dht.files.OwnerOnlyFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code a2al help}: shows the help of a command, or makes the manual pages. */
@Command(
        name = "help",
        description = "Show the help of a command, or of the program.",
        footer = {
            "",
            "Example:",
            "  a2al help mail send",
            "  a2al help --man resolve | man -l -",
            "  a2al help --man-pages ~/.local/share/man/man1"
        })
public final class HelpCommand implements Callable<Integer> {

    private final Program program;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Parameters(
            paramLabel = "COMMAND",
            arity = "0..*",
            description = "The command, and the command in it if it has any.")
    private List<String> path = new ArrayList<>();

    @Option(names = "--man", description = "Print the manual page instead, as man reads it.")
    private boolean man;

    @Option(
            names = "--man-pages",
            paramLabel = "DIR",
            description = "Write the manual pages of all commands into this directory, which is made if need be.")
    private Optional<Path> directory = Optional.empty();

    /** The command, about this program. */
    public HelpCommand(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() throws CommandException {
        Output output = common.output();
        CommandLine about = program.make();
        if (directory.isPresent()) {
            List<String> written = writePages(about, directory.get());
            if (output.isJson()) {
                output.json(Json.object().set("written", Json.texts(written)));
            } else {
                output.line("written", written.size() + " pages to " + directory.get());
            }
            return 0;
        }
        for (String word : path) {
            CommandLine inner = about.getSubcommands().get(word);
            if (inner == null) {
                throw CommandException.wrongUse("no such command: " + word
                        + Nearest.hint(word, about.getSubcommands().keySet()));
            }
            about = inner;
        }
        String text = man ? ManPage.of(about.getCommandSpec()) : about.getUsageMessage();
        if (output.isJson()) {
            output.json(Json.object().put("help", text));
        } else {
            output.line(text.stripTrailing());
        }
        return 0;
    }

    private static List<String> writePages(CommandLine program, Path directory) throws CommandException {
        List<String> written = new ArrayList<>();
        try {
            Files.createDirectories(directory);
            write(program, directory, written);
        } catch (IOException e) {
            throw CommandException.failed("cannot write to " + directory + ": " + OwnerOnlyFile.reason(e));
        }
        return written;
    }

    private static void write(CommandLine command, Path directory, List<String> written) throws IOException {
        String name = ManPage.nameOf(command.getCommandSpec()) + ".1";
        Files.writeString(directory.resolve(name), ManPage.of(command.getCommandSpec()), StandardCharsets.UTF_8);
        written.add(name);
        for (CommandLine inner : command.getSubcommands().values()) {
            write(inner, directory, written);
        }
    }
}
