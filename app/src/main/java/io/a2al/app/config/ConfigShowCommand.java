package io.a2al.app.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.CommonOptions;
import io.a2al.app.cli.Environment;
import io.a2al.app.cli.Json;
import io.a2al.app.cli.Nearest;
import io.a2al.app.cli.Output;
import io.a2al.app.cli.Program;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;

/** {@code a2al config show}: says what each option is set to, and where that comes from. */
@Command(
        name = "show",
        description = {
            "Show each option that has a value without being given, and where the value comes from.",
            "Keys are those of a2al.toml; $A2AL_… with the key in capitals is the variable of an option."
        },
        footer = {"", "Example:", "  a2al config show", "  a2al config show node"})
final class ConfigShowCommand implements Callable<Integer> {

    private static final String DEFAULT = "default";

    private final Program all;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Parameters(
            paramLabel = "COMMAND",
            arity = "0..1",
            description = "Only options of this command. Default: those of all commands.")
    private Optional<String> only = Optional.empty();

    ConfigShowCommand(Program all) {
        this.all = all;
    }

    @Override
    public Integer call() throws CommandException {
        Output output = common.output();
        CommandLine program = all.make();
        if (only.isPresent() && !program.getSubcommands().containsKey(only.get())) {
            throw CommandException.wrongUse("no such command: " + only.get()
                    + Nearest.hint(only.get(), program.getSubcommands().keySet()));
        }
        Settings settings = (Settings) program.getDefaultValueProvider();
        ObjectNode shown = Json.object().put("file", settings.path().toString()).put("file_exists", settings.hasFile());
        ArrayNode options = shown.putArray("options");
        program.getSubcommands().forEach((name, command) -> {
            if (only.isEmpty() || only.get().equals(name)) {
                collect(settings, command, options);
            }
        });
        List<String> unknown = unknownVariables(program);
        if (!unknown.isEmpty()) {
            shown.set("unknown_variables", Json.texts(unknown));
        }
        unknown.forEach(output::warn);
        if (output.isJson()) {
            output.json(shown);
        } else {
            output.line("file", settings.path() + (settings.hasFile() ? "" : ", which does not exist"));
            options.forEach(option -> print(output, option));
        }
        return 0;
    }

    /** Says which variables set nothing; they may be another program's, so they are no error. */
    private static List<String> unknownVariables(CommandLine program) {
        Set<String> known = new TreeSet<>();
        collectVariables(program, known);
        return Environment.variables().keySet().stream()
                .filter(name -> OptionKeys.isForOptions(name) && !known.contains(name))
                .sorted()
                .map(name -> "$" + name + " sets no option" + Nearest.hint(name, known))
                .toList();
    }

    private static void collectVariables(CommandLine command, Set<String> known) {
        Settings.options(command.getCommandSpec())
                .forEach(option -> known.addAll(OptionKeys.variables(
                        command.getCommandSpec(), OptionKeys.nameOf(option).orElseThrow())));
        command.getSubcommands().values().forEach(inner -> collectVariables(inner, known));
    }

    private static void collect(Settings settings, CommandLine command, ArrayNode options) {
        Settings.options(command.getCommandSpec()).forEach(option -> add(settings, option, options));
        command.getSubcommands().values().forEach(inner -> collect(settings, inner, options));
    }

    private static void add(Settings settings, OptionSpec option, ArrayNode options) {
        Optional<SetValue> set = settings.value(option);
        Optional<String> preset = Optional.ofNullable(option.defaultValue());
        if (set.isPresent() || preset.isPresent()) {
            options.addObject()
                    .put(
                            "key",
                            OptionKeys.key(
                                    option.command(), OptionKeys.nameOf(option).orElseThrow()))
                    .put("value", set.map(SetValue::text).or(() -> preset).orElseThrow())
                    .put("origin", set.map(SetValue::origin).orElse(DEFAULT));
        }
    }

    private static void print(Output output, JsonNode option) {
        String value = option.path("value").asText().replace(ConfigFile.SEPARATOR, ", ");
        output.line(
                option.path("key").asText(),
                value + "  (" + option.path("origin").asText() + ")");
    }
}
