package io.a2al.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The files in api have each signature of the public API, so that a change of it is seen; docs/decisions/public-api.md.
 * After an intended change, write them again:
 *
 * <pre>{@code
 * mvn -B test -pl examples -am -Dtest=PublicApiTest -Dapi.write=true -Dsurefire.failIfNoSpecifiedTests=false
 * }</pre>
 */
class PublicApiTest {

    private static final boolean WRITE = Boolean.getBoolean("api.write");

    /** Maven runs tests in the module, other tools in the root of the project. */
    private static final Path ROOT = Path.of(Files.exists(Path.of("examples")) ? "" : "..");

    private static final Path RELEASED = ROOT.resolve("api/released");

    @ParameterizedTest
    @ValueSource(strings = {"protocol", "core", "dht", "metrics", "http", "spring"})
    void theFileHasEverySignature(String module) throws Exception {
        List<String> lines = new ArrayList<>();
        for (Class<?> type : types(module)) {
            describe(type, lines);
        }
        Path file = ROOT.resolve("api/a2al-" + module + ".txt");
        if (WRITE) {
            Files.createDirectories(file.getParent());
            Files.write(file, lines);
        }
        assertThat(Files.readAllLines(file))
                .as("the public API is not what " + file
                        + " says; if that is intended, run this test with -Dapi.write=true")
                .isEqualTo(lines);
    }

    @ParameterizedTest
    @ValueSource(strings = {"protocol", "core", "dht", "metrics", "http", "spring"})
    void nothingOfTheLastReleaseIsGone(String module) throws IOException {
        String name = "a2al-" + module + ".txt";
        List<String> present = Files.readAllLines(ROOT.resolve("api").resolve(name));
        List<String> broken = lines(RELEASED.resolve("broken.txt"));
        assertThat(lines(RELEASED.resolve(name)))
                .filteredOn(line -> !broken.contains(line))
                .isSubsetOf(present);
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    @Test
    void packagesSayWhatVersionTheyAreSince() throws IOException {
        for (String module : List.of("protocol", "core", "dht", "metrics", "http", "spring")) {
            for (Path directory : packages(module)) {
                assertThat(directory.resolve("package-info.java")).content().contains("@since 0.1.0");
            }
        }
    }

    /** The source folders of the packages that a module exports. */
    private static List<Path> packages(String module) throws IOException {
        Path sources = ROOT.resolve(module).resolve("src/main/java");
        Path descriptor = sources.resolve("module-info.java");
        if (!Files.exists(descriptor)) {
            return List.of(sources.resolve("io/a2al").resolve(module));
        }
        return Pattern.compile("exports ([\\w.]+);")
                .matcher(Files.readString(descriptor))
                .results()
                .map(exported -> sources.resolve(exported.group(1).replace('.', '/')))
                .toList();
    }

    private static List<Class<?>> types(String module) throws IOException, ClassNotFoundException {
        Path sources = ROOT.resolve(module).resolve("src/main/java");
        String core = Files.readString(ROOT.resolve("docs/decisions/core-api.md"));
        List<Class<?>> types = new ArrayList<>();
        for (Path directory : packages(module)) {
            try (Stream<Path> files = Files.list(directory)) {
                for (Path file : files.filter(path -> path.toString().endsWith(".java"))
                        .filter(path -> !path.endsWith("package-info.java"))
                        .sorted()
                        .toList()) {
                    String name = sources.relativize(file).toString().replaceAll("[/\\\\]", ".");
                    Class<?> type = Class.forName(
                            name.substring(0, name.length() - ".java".length()),
                            false,
                            PublicApiTest.class.getClassLoader());
                    if (!module.equals("core") || core.contains("`" + type.getName() + "`")) {
                        types.add(type);
                    }
                }
            }
        }
        return types;
    }

    private static boolean isVisible(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static void describe(Class<?> type, List<String> lines) {
        if (!isVisible(type.getModifiers())) {
            return;
        }
        lines.add(type.toGenericString() + supertypes(type));
        Stream.of(
                        members(type.getDeclaredConstructors(), Constructor::toGenericString),
                        members(type.getDeclaredFields(), Field::toGenericString),
                        members(type.getDeclaredMethods(), Method::toGenericString))
                .flatMap(found -> found)
                .sorted()
                .map(line -> "  " + line)
                .forEach(lines::add);
        if (type.isRecord()) {
            lines.add("  components "
                    + Arrays.stream(type.getRecordComponents())
                            .map(RecordComponent::getName)
                            .collect(Collectors.joining(", ")));
        }
        Arrays.stream(type.getDeclaredClasses())
                .sorted((one, other) -> one.getName().compareTo(other.getName()))
                .forEach(nested -> describe(nested, lines));
    }

    private static <M extends Member> Stream<String> members(M[] members, Function<M, String> signature) {
        return Arrays.stream(members)
                .filter(member -> isVisible(member.getModifiers()) && !member.isSynthetic())
                .map(signature);
    }

    private static String supertypes(Class<?> type) {
        List<String> names = new ArrayList<>();
        if (type.getSuperclass() != null
                && !List.of(Object.class, Record.class, Enum.class).contains(type.getSuperclass())) {
            names.add(type.getGenericSuperclass().getTypeName());
        }
        Arrays.stream(type.getGenericInterfaces()).map(Type::getTypeName).forEach(names::add);
        return names.isEmpty() ? "" : " : " + String.join(", ", names);
    }
}
