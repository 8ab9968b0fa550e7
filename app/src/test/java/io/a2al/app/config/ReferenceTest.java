package io.a2al.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.app.Main;
import io.a2al.core.NodeSettings;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.MessageType;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The files of docs/reference are made of the code, so that they cannot go stale. After a change, write them again:
 *
 * <pre>{@code
 * mvn -B test -pl app -am -Dtest=ReferenceTest -Dreference.write=true -Dsurefire.failIfNoSpecifiedTests=false
 * }</pre>
 */
class ReferenceTest {

    private static final boolean WRITE = Boolean.getBoolean("reference.write");

    /** Maven runs tests in the module, other tools in the root of the project. */
    private static final Path ROOT = Path.of(Files.exists(Path.of("app")) ? "" : "..");

    private static final String MADE =
            "<!-- Made of the code by ReferenceTest; see there how to write it again. -->\n\n";

    private static void check(String file, String expected) throws IOException {
        Path path = ROOT.resolve("docs/reference").resolve(file);
        if (WRITE) {
            Files.createDirectories(path.getParent());
            Files.writeString(path, expected);
        }
        assertThat(Files.readString(path))
                .as("docs/reference/" + file + " is not what the code says; run this test with -Dreference.write=true")
                .isEqualTo(expected);
    }

    // ---- texts of the sources ----------------------------------------------------------------------------------

    private static String source(String module, String type) throws IOException {
        return Files.readString(
                ROOT.resolve(module).resolve("src/main/java").resolve(type.replace('.', '/') + ".java"));
    }

    /** The last Javadoc comment before a declaration, as one line for each of its lines. */
    private static String javadocBefore(String source, String declaration) {
        Matcher found = Pattern.compile(declaration).matcher(source);
        assertThat(found.find()).as(declaration).isTrue();
        String before = source.substring(0, found.start());
        int begin = before.lastIndexOf("/**");
        return begin < 0 ? "" : before.substring(begin + 3, before.indexOf("*/", begin));
    }

    /** Plain text of a comment: without its asterisks and tags. */
    private static String plain(String comment) {
        return comment.replaceAll("(?m)^\\s*\\* ?", "")
                .replaceAll("\\{@(?:code|value|link|linkplain)\\s+([^}]*)\\}", "$1")
                .replaceAll("<[^>]+>", "")
                .replace("|", "\\|")
                .replaceAll("\\s+", " ")
                .strip();
    }

    private static String meaningOf(String javadoc, String parameter) {
        String lines = javadoc.replaceAll("(?m)^\\s*\\* ?", "");
        Matcher found = Pattern.compile("(?s)@param " + parameter + "\\s+(.*?)(?=\\n@|\\z)")
                .matcher(lines);
        return found.find() ? plain(found.group(1)) : "";
    }

    // ---- settings ----------------------------------------------------------------------------------------------

    @Test
    void settings() throws Exception {
        StringBuilder text = new StringBuilder("# Settings\n\n").append(MADE);
        text.append("What an operator sets is in [commands.md](commands.md). This is what an application sets.\n");
        text.append("\n## Of an embedded node: `NodeSettings`\n\n");
        text.append("With `DhtNodeBuilder.settings`; the values are those of `NodeSettings.DEFAULT`.\n");
        for (Method part : parts()) {
            text.append("\n### ").append(part.getName()).append("\n\n");
            text.append(plain(javadocBefore(source("core", part.getReturnType().getName()), "public record ")
                            .replaceAll("(?s)\\n \\* @param.*", "")))
                    .append("\n\n| setting | default | meaning |\n|---|---|---|\n");
            rows(text, "", (Record) part.invoke(NodeSettings.DEFAULT));
        }
        springSettings(text);
        check("settings.md", text.toString());
    }

    private static List<Method> parts() {
        return Arrays.stream(NodeSettings.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && method.getParameterCount() == 0)
                .filter(method -> method.getReturnType().isRecord())
                .sorted(Comparator.comparing(Method::getName))
                .toList();
    }

    private static void rows(StringBuilder text, String prefix, Record settings) throws Exception {
        Class<?> type = settings.getClass();
        Class<?> outermost = Stream.<Class<?>>iterate(type, found -> found != null, Class::getEnclosingClass)
                .reduce((inner, outer) -> outer)
                .orElseThrow();
        String javadoc =
                javadocBefore(source("core", outermost.getName()), "\\brecord " + type.getSimpleName() + "\\b\\(");
        for (RecordComponent component : type.getRecordComponents()) {
            Object value = component.getAccessor().invoke(settings);
            String name = prefix + component.getName();
            if (value instanceof Record inner && inner.getClass().getName().startsWith("io.a2al.core")) {
                rows(text, name + ".", inner);
            } else {
                text.append("| `" + name + "` | " + shown(value) + " | " + meaningOf(javadoc, component.getName()))
                        .append(" |\n");
            }
        }
    }

    private static String shown(Object value) {
        return switch (value) {
            case Duration duration -> shown(duration);
            case Integer _, Long _ -> String.format(Locale.ROOT, "%,d", value);
            case Double _, Boolean _ -> value.toString();
            case Enum<?> one -> one.name().toLowerCase(Locale.ROOT).replace('_', ' ');
            case List<?> list -> list.stream().map(ReferenceTest::shown).collect(Collectors.joining(", "));
            default -> "";
        };
    }

    private static String shown(Duration duration) {
        long millis = duration.toMillis();
        record Unit(long millis, String name) {}
        return Stream.of(
                        new Unit(86_400_000, " d"),
                        new Unit(3_600_000, " h"),
                        new Unit(60_000, " min"),
                        new Unit(1000, " s"))
                .filter(unit -> millis != 0 && millis % unit.millis() == 0)
                .findFirst()
                .map(unit -> millis / unit.millis() + unit.name())
                .orElse(millis + " ms");
    }

    private static void springSettings(StringBuilder text) throws IOException {
        String source = source("spring", "io.a2al.spring.A2alProperties");
        String javadoc = javadocBefore(source, "@ConfigurationProperties");
        text.append("\n## Of a Spring Boot application: `a2al.…`\n\n");
        text.append("With `a2al-spring-boot-starter`. The rest is set by a bean of the type `DhtNodeCustomizer`.\n\n");
        text.append("| property | type | default | meaning |\n|---|---|---|---|\n");
        String components =
                source.substring(source.indexOf("record A2alProperties(")).split("\\) \\{")[0];
        Pattern.compile("(?:@DefaultValue(\\(\"([^\"]*)\"\\))? )?(?:@Nullable )?([\\w<>]+) (\\w+)[,)]?\\n?")
                .matcher(components.substring(components.indexOf('(') + 1) + ",")
                .results()
                .forEach(found -> text.append("| `a2al." + hyphened(found.group(4)) + "` | `" + found.group(3) + "` | "
                        + standard(found) + " | " + meaningOf(javadoc, found.group(4)) + " |\n"));
    }

    private static String standard(MatchResult component) {
        return Optional.ofNullable(component.group(2)).orElse(component.group(3).equals("boolean") ? "false" : "");
    }

    private static String hyphened(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    // ---- commands ----------------------------------------------------------------------------------------------

    @Test
    void commands() throws Exception {
        StringBuilder text = new StringBuilder("# Commands and their options\n\n").append(MADE);
        text.append(
                "[operations.md](../operations.md#configuration) says how the configuration is read. Options whose\n"
                        + "column is empty are for the command line alone.\n");
        all(Main.commandLine(InputStream.nullInputStream())).forEach(command -> append(text, command.getCommandSpec()));
        check("commands.md", text.toString());
    }

    private static Stream<CommandLine> all(CommandLine command) {
        return Stream.concat(
                Stream.of(command), command.getSubcommands().values().stream().flatMap(ReferenceTest::all));
    }

    private static void append(StringBuilder text, CommandSpec command) {
        text.append("\n## ").append(command.qualifiedName(" ")).append("\n\n");
        text.append(String.join(" ", command.usageMessage().description()).strip())
                .append('\n');
        List<OptionSpec> options = command.options().stream()
                .filter(option -> !option.hidden())
                .filter(option -> !List.of("--help", "--version").contains(option.longestName()))
                .sorted(Comparator.comparing(OptionSpec::longestName))
                .toList();
        List<PositionalParamSpec> parameters = command.positionalParameters().stream()
                .filter(parameter -> !parameter.hidden())
                .toList();
        if (!options.isEmpty()) {
            text.append("\n| option | in `a2al.toml` | variables | meaning |\n|---|---|---|---|\n");
            parameters.forEach(
                    parameter -> text.append("| `" + parameter.paramLabel().replace("|", "\\|") + "` | | | "
                            + String.join(" ", parameter.description())
                                    .replace("|", "\\|")
                                    .strip() + " |\n"));
            options.forEach(option -> text.append("| `" + String.join("`, `", option.names())
                    + (option.arity().max() == 0
                            ? ""
                            : " " + option.paramLabel().replace("|", "\\|")) + "` | "
                    + names(
                            option,
                            name -> List.of(OptionKeys.keys(command, name).getLast())) + " | "
                    + names(option, name -> OptionKeys.variables(command, name)) + " | "
                    + String.join(" ", option.description()).replace("|", "\\|").strip() + " |\n"));
        }
    }

    private static String names(OptionSpec option, Function<String, List<String>> of) {
        return OptionKeys.nameOf(option).map(of).orElse(List.of()).stream()
                .map(name -> "`" + name + "`")
                .collect(Collectors.joining(", "));
    }

    // ---- messages ----------------------------------------------------------------------------------------------

    @Test
    void messages() throws Exception {
        String types = source("protocol", "io.a2al.protocol.message.Message");
        StringBuilder text = new StringBuilder("# Messages and records\n\n").append(MADE);
        text.append("## Messages\n\nOne datagram of at most 1200 bytes each, a signed CBOR map.\n\n");
        text.append("| type | number | answered by | body | meaning |\n|---|---|---|---|---|\n");
        for (MessageType type : MessageType.values()) {
            Class<?> message = Arrays.stream(Message.class.getPermittedSubclasses())
                    .filter(kind ->
                            kind.getSimpleName().equalsIgnoreCase(type.name().replace("_", "")))
                    .findFirst()
                    .orElseThrow();
            String fields = Arrays.stream(message.getRecordComponents())
                    .map(field -> "`" + field.getName() + "`")
                    .collect(Collectors.joining(", "));
            text.append("| " + type + " | " + String.format("0x%02x", type.code()) + " | "
                    + type.response().map(Enum::name).orElse("") + " | " + fields + " | "
                    + plain(javadocBefore(types, "\\brecord " + message.getSimpleName() + "\\b")
                            .replaceAll("(?s)\\n\\s*\\* @param.*", ""))
                    + " |\n");
        }
        text.append("\n## Records\n\n| type | number | meaning |\n|---|---|---|\n");
        constants(text, source("protocol", "io.a2al.protocol.record.RecordType"));
        check("messages.md", text.toString());
    }

    /** A row for each constant of a class, with its comment. */
    private static void constants(StringBuilder text, String source) {
        Pattern.compile("/\\*\\*((?:(?!\\*/).)*)\\*/\\s+public static final int (\\w+) = (\\w+);", Pattern.DOTALL)
                .matcher(source)
                .results()
                .forEach(found -> text.append(
                        "| " + found.group(2) + " | " + found.group(3) + " | " + plain(found.group(1)) + " |\n"));
    }

    // ---- errors ------------------------------------------------------------------------------------------------

    @Test
    void errors() throws Exception {
        StringBuilder text = new StringBuilder("# Errors\n\n").append(MADE);
        text.append("## Of the HTTP interface\n\n`code` and `status` of the JSON object;"
                + " see [http.md](../http.md#errors).\n\n");
        text.append("| code | status | meaning |\n|---|---|---|\n");
        Pattern.compile("/\\*\\*([^*]*)\\*/\\s+([A-Z_]+)\\((\\d+)\\)")
                .matcher(source("http", "io.a2al.http.route.ErrorCode"))
                .results()
                .forEach(found -> text.append("| `" + found.group(2).toLowerCase(Locale.ROOT) + "` | " + found.group(3)
                        + " | " + plain(found.group(1)) + " |\n"));
        text.append("\n## Exit codes of the program\n\n| name | code | meaning |\n|---|---|---|\n");
        constants(text, source("app", "io.a2al.app.cli.ExitCodes"));
        text.append("\n## Exceptions of the library\n\nWhat was not found is a result, not an exception.\n\n");
        text.append("| exception | meaning |\n|---|---|\n");
        for (Path file : exceptions()) {
            String source = Files.readString(file);
            String name = file.getFileName().toString().replace(".java", "");
            text.append("| `" + name + "` | "
                    + plain(javadocBefore(source, "public (?:final |sealed )?class " + name)
                            .replaceAll("(?s)\\n\\s*\\* @.*", ""))
                    + " |\n");
        }
        check("errors.md", text.toString());
    }

    private static List<Path> exceptions() throws IOException {
        try (Stream<Path> protocol = Files.walk(ROOT.resolve("protocol/src/main/java"));
                Stream<Path> dht = Files.walk(ROOT.resolve("dht/src/main/java"))) {
            List<Path> found = Stream.concat(protocol, dht)
                    .filter(file -> file.getFileName().toString().endsWith("Exception.java"))
                    .sorted(Comparator.comparing(file -> file.getFileName().toString()))
                    .toList();
            return found.stream().filter(ReferenceTest::isPublic).toList();
        }
    }

    private static boolean isPublic(Path file) {
        try {
            return Pattern.compile("(?m)^public ")
                    .matcher(Files.readString(file))
                    .find();
        } catch (IOException e) {
            throw new AssertionError(file.toString(), e);
        }
    }
}
