package io.a2al.app.config;

import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.DataOption;
import io.a2al.app.cli.Environment;
import io.a2al.app.cli.Nearest;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The values of options that the command line does not give: from the environment, or else from the file. Picocli asks
 * for them, so that commands need no code for it. Immutable.
 */
public final class Settings implements IDefaultValueProvider {

    private static final String CONFIG = "--config";
    private static final String DATA = "--data";
    private static final String VARIABLE = "A2AL_CONFIG";

    private final List<String> arguments;
    private final Path path;
    private final Optional<ConfigFile> file;

    private Settings(List<String> arguments, Path path, Optional<ConfigFile> file) {
        this.arguments = arguments;
        this.path = path;
        this.file = file;
    }

    /**
     * Reads the file that is named by {@code --config} or {@code $A2AL_CONFIG}, or else that of the data directory, if
     * there is one.
     *
     * @param arguments the command line, which is not parsed yet
     * @throws CommandException if the file cannot be used, or one that is named does not exist
     */
    public static Settings of(String... arguments) throws CommandException {
        List<String> all = List.of(arguments);
        Optional<String> named = valueOf(CONFIG, all).or(() -> Environment.variable(VARIABLE));
        if (named.isPresent()) {
            Path path = Path.of(named.get());
            Optional<ConfigFile> file = ConfigFile.read(path);
            if (file.isEmpty()) {
                throw CommandException.wrongUse("there is no file " + path + "; name a configuration with " + CONFIG);
            }
            return new Settings(all, path, file);
        }
        Path path = directory(all).resolve(ConfigFile.NAME);
        return new Settings(all, path, ConfigFile.read(path));
    }

    /** A user without a home directory has no file, which a command that needs the directory says. */
    private static Path directory(List<String> arguments) {
        try {
            Optional<String> given = valueOf(DATA, arguments);
            return given.isPresent() ? Path.of(given.get()) : DataOption.defaultDirectory();
        } catch (CommandException homeless) {
            return Path.of("");
        }
    }

    private static Optional<String> valueOf(String option, List<String> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.startsWith(option + "=")) {
                return Optional.of(argument.substring(option.length() + 1));
            }
            if (argument.equals(option) && i + 1 < arguments.size()) {
                return Optional.of(arguments.get(i + 1));
            }
        }
        return Optional.empty();
    }

    /** Returns where the file is or would be. */
    public Path path() {
        return path;
    }

    /**
     * Returns where the file of a command is or would be.
     *
     * @throws CommandException if the command has no configuration and the user no home directory
     */
    public static Path pathFor(CommandSpec command) throws CommandException {
        return command.commandLine().getDefaultValueProvider() instanceof Settings settings
                ? settings.path()
                : DataOption.defaultDirectory().resolve(ConfigFile.NAME);
    }

    /** Returns whether there is the file. */
    boolean hasFile() {
        return file.isPresent();
    }

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        // A flag that is given is the opposite of its default, hence for it the default must not be changed.
        return argument instanceof OptionSpec option && !isGiven(option) && !isExcluded(option)
                ? value(option).flatMap(set -> textFor(option, set)).orElse(null)
                : null;
    }

    private boolean isGiven(OptionSpec option) {
        return Arrays.stream(option.names())
                .anyMatch(name -> arguments.stream()
                        .anyMatch(argument -> argument.equals(name) || argument.startsWith(name + "=")));
    }

    /** An option whose value can be left out is set by {@code true} as it is by its name alone. */
    private static Optional<String> textFor(OptionSpec option, SetValue set) {
        boolean isSwitch = option.arity().min() == 0
                && option.fallbackValue() != null
                && !option.typeInfo().isBoolean();
        return isSwitch && set.text().equals("true")
                ? Optional.of(option.fallbackValue())
                : Optional.of(set.text()).filter(text -> !isSwitch || !text.equals("false"));
    }

    // ---- options that exclude each other ----------------------------------------------------------------------

    /** Returns whether another option counts in its place: one that is given, or one that is set more strongly. */
    private boolean isExcluded(OptionSpec option) {
        Optional<SetValue> own = value(option);
        return own.isPresent()
                && others(option)
                        .anyMatch(other -> isGiven(other)
                                || (!own.get().isVariable()
                                        && value(other)
                                                .filter(SetValue::isVariable)
                                                .isPresent()));
    }

    private static Stream<OptionSpec> others(OptionSpec option) {
        return option.group() == null || !option.group().exclusive()
                ? Stream.empty()
                : option.group().options().stream().filter(other -> !other.equals(option));
    }

    /** Refuses two of them that are set in the same place. */
    private void checkExclusive(CommandLine command) throws CommandException {
        for (ArgGroupSpec group : command.getCommandSpec().argGroups()) {
            List<OptionSpec> set = group.options().stream()
                    .filter(option -> group.exclusive() && defaultValue(option) != null)
                    .toList();
            if (set.size() > 1) {
                throw CommandException.wrongUse(set.stream()
                                .map(option -> value(option).orElseThrow().origin())
                                .collect(Collectors.joining(" and "))
                        + " exclude each other; leave one out");
            }
        }
        for (CommandLine inner : command.getSubcommands().values()) {
            checkExclusive(inner);
        }
    }

    /** Returns the value of an option from the environment or the file; empty if neither has one. */
    public Optional<SetValue> value(ArgSpec argument) {
        return OptionKeys.nameOf(argument).flatMap(name -> value(argument.command(), name));
    }

    private Optional<SetValue> value(CommandSpec command, String name) {
        for (String variable : OptionKeys.variables(command, name)) {
            Optional<String> text = Environment.variable(variable);
            if (text.isPresent()) {
                return Optional.of(SetValue.ofVariable(variable, text.get()));
            }
        }
        return file.flatMap(content -> content.first(OptionKeys.keys(command, name)));
    }

    // ---- unknown keys -----------------------------------------------------------------------------------------

    /**
     * Refuses keys of the file that are no option, in the tables of the commands that a command line has, and values of
     * options that exclude each other; tables of other commands are checked by name.
     *
     * @param commands the names of all commands
     */
    public void check(CommandLine line, Collection<String> commands) throws CommandException {
        checkExclusive(line);
        if (file.isEmpty()) {
            return;
        }
        for (String key : file.get().values().keySet()) {
            int dot = key.indexOf('.');
            if (dot < 0) {
                require(key, OptionKeys.SHARED, "");
            } else {
                String table = key.substring(0, dot);
                if (!commands.contains(table)) {
                    throw wrong("no such command: [" + table + "]" + Nearest.hint(table, commands));
                }
                Optional<CommandLine> present =
                        Optional.ofNullable(line.getSubcommands().get(table));
                if (present.isPresent()) {
                    check(present.get(), key.substring(dot + 1));
                }
            }
        }
    }

    private void check(CommandLine command, String rest) throws CommandException {
        int dot = rest.indexOf('.');
        Optional<CommandLine> inner =
                Optional.ofNullable(dot < 0 ? null : command.getSubcommands().get(rest.substring(0, dot)));
        if (inner.isPresent()) {
            check(inner.get(), rest.substring(dot + 1));
            return;
        }
        Set<String> known = options(command.getCommandSpec())
                .flatMap(option -> OptionKeys.nameOf(option).stream())
                .collect(Collectors.toCollection(TreeSet::new));
        require(rest, known, OptionKeys.tableOf(command.getCommandSpec()));
    }

    private void require(String name, Set<String> known, String table) throws CommandException {
        if (known.contains(name)) {
            return;
        }
        String hint = Nearest.hint(name, known);
        String rest = hint.isEmpty() && table.isEmpty()
                ? "; before the first table there can be "
                        + known.stream().sorted().collect(Collectors.joining(", "))
                : hint;
        throw wrong("no such option: " + name + (table.isEmpty() ? "" : " in [" + table + "]") + rest);
    }

    private CommandException wrong(String what) {
        return ConfigFile.wrong(path, what);
    }

    /** Returns the options of a command that the configuration can set. */
    static Stream<OptionSpec> options(CommandSpec command) {
        return command.options().stream()
                .filter(option -> OptionKeys.nameOf(option).isPresent());
    }
}
