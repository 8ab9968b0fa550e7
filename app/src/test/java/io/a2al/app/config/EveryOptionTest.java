package io.a2al.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.app.Cli;
import io.a2al.app.Main;
import io.a2al.app.cli.Environment;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Every option of every command can be set by the file and by a variable, as by the command line. */
@Timeout(120)
class EveryOptionTest {

    /** By which the file is found, or which end a command at once. */
    private static final Set<String> NO_SETTINGS = Set.of("--config", "--help", "--version");

    @TempDir
    private Path directory;

    private final CommandLine program =
            Cli.inside(Cli.NOWHERE, Cli.NO_DNS, () -> Main.commandLine(InputStream.nullInputStream()));

    @BeforeEach
    void readCommandLinesThatLackWhatIsRequired() {
        all().forEach(command -> command.getCommandSpec().parser().collectErrors(true));
    }

    private Stream<CommandLine> all() {
        return all(program);
    }

    private static Stream<CommandLine> all(CommandLine command) {
        return Stream.concat(
                Stream.of(command), command.getSubcommands().values().stream().flatMap(EveryOptionTest::all));
    }

    /** Returns what the configuration is to set. */
    private List<OptionSpec> options() {
        return all().flatMap(command -> command.getCommandSpec().options().stream())
                .filter(option -> !NO_SETTINGS.contains(option.longestName()))
                .toList();
    }

    private static String key(OptionSpec option) {
        return OptionKeys.key(option.command(), OptionKeys.nameOf(option).orElseThrow());
    }

    private static String variable(String key) {
        return "A2AL_" + key.toUpperCase(Locale.ROOT).replaceAll("[-.]", "_");
    }

    @Test
    void noTwoHaveTheSameVariable() {
        List<OptionSpec> options = options();

        assertThat(options).hasSizeGreaterThan(250);
        assertThat(options.stream().map(option -> variable(key(option)))).doesNotHaveDuplicates();
    }

    @Test
    void eachIsSetByItsVariable() throws Exception {
        List<String> different = new ArrayList<>();
        for (OptionSpec option : options()) {
            Map<String, String> environment = new HashMap<>(Cli.NOWHERE);
            environment.put(variable(key(option)), sample(option));
            compare(option, environment, different);
        }
        assertThat(different).isEmpty();
    }

    @Test
    void eachIsSetByItsKey() throws Exception {
        List<String> different = new ArrayList<>();
        Path file = directory.resolve("a2al.toml");
        for (OptionSpec option : options()) {
            Files.writeString(file, key(option) + " = '" + sample(option) + "'\n");
            compare(option, Map.of("A2AL_CONFIG", file.toString()), different);
        }
        assertThat(different).isEmpty();
    }

    /** Compares what an option is set to here with what it is by the command line. */
    private void compare(OptionSpec option, Map<String, String> environment, List<String> different) throws Exception {
        @Nullable Object unset = value(option, Cli.NOWHERE);
        String sample = sample(option);
        @Nullable
        Object given = option.arity().max() == 0
                ? value(option, Cli.NOWHERE, option.longestName())
                : value(option, Cli.NOWHERE, option.longestName() + "=" + sample);
        @Nullable Object set = value(option, environment);
        if (given == null || given.equals(unset) || !given.equals(set)) {
            different.add(key(option) + ": unset " + unset + ", given " + given + ", set " + set);
        }
    }

    /** Returns the value after this command line. */
    private @Nullable Object value(OptionSpec option, Map<String, String> environment, String... given)
            throws Exception {
        List<String> words =
                new ArrayList<>(List.of(option.command().qualifiedName().split(" ")));
        words.removeFirst();
        words.addAll(List.of(given));
        String[] arguments = words.toArray(String[]::new);
        return Environment.with(environment, () -> {
            Settings settings = Settings.of(arguments);
            settings.check(program, program.getSubcommands().keySet());
            program.setDefaultValueProvider(settings);
            program.parseArgs(arguments);
            return option.getValue();
        });
    }

    /** Returns a value that no option has by itself. */
    private String sample(OptionSpec option) {
        Class<?> type = option.auxiliaryTypes().length == 0 ? option.type() : option.auxiliaryTypes()[0];
        if (option.typeInfo().isBoolean()) {
            return "true";
        }
        return type.equals(Path.class)
                ? directory.resolve("given").toString()
                : type.equals(Duration.class) ? "37s" : "37";
    }
}
