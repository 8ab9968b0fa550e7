package io.a2al.app.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The names of options in the file and in the environment. {@code --listen} of {@code a2al node} is {@code listen} in
 * the table {@code [node]}, and {@code A2AL_NODE_LISTEN}. An option with the same meaning in several commands can also
 * stand before the first table, and has a variable without the command's name. Stateless.
 */
final class OptionKeys {

    /** Options with the same meaning in all commands that have them. */
    static final Set<String> SHARED =
            Set.of("bootstrap", "bootstrap-dns", "json", "network", "passphrase-file", "timeout", "verbose");

    /** Options by which the file is found, or that end a command at once. */
    private static final Set<String> NEVER = Set.of("config", "help", "version");

    /** Variables that the network's other daemons have, beside our names for them. */
    private static final Map<String, String> CUSTOMARY =
            Map.of("node.api", "A2AL_API_ADDR", "node.listen", "A2AL_LISTEN_ADDR");

    private static final String PREFIX = "A2AL_";

    /** Variables that are read for something else than an option; the last three by the scripts that start it. */
    private static final Set<String> OTHERS = Set.of(
            "A2AL_HOME",
            "A2AL_CONFIG",
            "A2AL_API",
            "A2AL_TOKEN",
            "A2AL_PASSPHRASE",
            "A2AL_NEW_PASSPHRASE",
            "A2AL_MASTER_PASSPHRASE",
            "A2AL_JAVA",
            "A2AL_JAVA_OPTS",
            "A2AL_AOT_CACHE");

    private OptionKeys() {}

    /** Returns the name of an option without hyphens before it; empty if the configuration cannot set it. */
    static Optional<String> nameOf(ArgSpec argument) {
        return argument instanceof OptionSpec option
                ? Optional.of(option.longestName().replaceFirst("^-+", "")).filter(name -> !NEVER.contains(name))
                : Optional.empty();
    }

    /** Returns the table of a command, such as {@code mail.send}; empty for the program itself. */
    static String tableOf(CommandSpec command) {
        String qualified = command.qualifiedName(".");
        int dot = qualified.indexOf('.');
        return dot < 0 ? "" : qualified.substring(dot + 1);
    }

    /** Returns the key of a command's option. */
    static String key(CommandSpec command, String name) {
        String table = tableOf(command);
        return table.isEmpty() ? name : table + "." + name;
    }

    /** Returns the keys that set an option in the file, the strongest first. */
    static List<String> keys(CommandSpec command, String name) {
        String own = key(command, name);
        return SHARED.contains(name) ? List.of(own, name) : List.of(own);
    }

    /** Returns the variables that set an option, the strongest first. */
    static List<String> variables(CommandSpec command, String name) {
        return keys(command, name).stream()
                .flatMap(key -> Stream.concat(
                        Stream.of(PREFIX
                                + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_')),
                        Optional.ofNullable(CUSTOMARY.get(key)).stream()))
                .toList();
    }

    /** Returns whether a variable is for a program like this one, but none that this one reads for other things. */
    static boolean isForOptions(String variable) {
        return variable.startsWith(PREFIX) && !OTHERS.contains(variable);
    }
}
