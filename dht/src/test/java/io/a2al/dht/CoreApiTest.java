package io.a2al.dht;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The types of core that an application meets are those that docs/decisions/core-api.md lists. */
class CoreApiTest {

    /** Maven runs tests in the module, other tools in the root of the project. */
    private static final Path ROOT = Path.of(Files.exists(Path.of("dht")) ? "" : "..");

    private static final String CORE = "io.a2al.core.";
    private static final String DHT = "io.a2al.dht";

    /** The first cell of a row: a type. */
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([\\w.]+)` \\|");

    private static final Pattern EXPORTS = Pattern.compile("exports ([\\w.]+);");

    @Test
    void theDocumentListsTheTypesOfCoreInSignaturesOfTheApi() throws Exception {
        Set<String> used = new TreeSet<>();
        for (Class<?> type : exportedTypes()) {
            typesIn(type, found -> {
                if (found.getName().startsWith(CORE)) {
                    used.add(nameOf(found));
                }
            });
        }
        assertThat(used).as("some must be there, or this test sees nothing").contains("NodeSettings");
        assertThat(listed()).containsExactlyElementsOf(used);
    }

    /** Without the package, which says nothing to an application. */
    private static String nameOf(Class<?> type) {
        return type.getName().substring(type.getPackageName().length() + 1).replace('$', '.');
    }

    private static List<String> listed() throws IOException {
        Matcher row = ROW.matcher(Files.readString(ROOT.resolve("docs/decisions/core-api.md")));
        return row.results().map(found -> found.group(1)).toList();
    }

    private static List<Class<?>> exportedTypes() throws Exception {
        Path module = ROOT.resolve("dht/src/main/java");
        Path classes = Path.of(DhtNode.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Set<String> exported = new TreeSet<>();
        EXPORTS.matcher(Files.readString(module.resolve("module-info.java")))
                .results()
                .forEach(found -> exported.add(found.group(1)));
        assertThat(exported).contains(DHT, DHT + ".result").doesNotContain(DHT + ".shell");
        try (Stream<Path> files = Files.walk(classes)) {
            return files.filter(file -> file.toString().endsWith(".class"))
                    .map(file -> classes.relativize(file)
                            .toString()
                            .replace(".class", "")
                            .replace('/', '.'))
                    .filter(name -> exported.contains(name.substring(0, Math.max(0, name.lastIndexOf('.')))))
                    .<Class<?>>map(CoreApiTest::load)
                    .filter(CoreApiTest::isVisible)
                    .toList();
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, CoreApiTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    /** Public or protected, and so are all types around it. */
    private static boolean isVisible(Class<?> type) {
        Class<?> enclosing = type.getEnclosingClass();
        return isVisible(type.getModifiers())
                && !type.isAnonymousClass()
                && (enclosing == null || isVisible(enclosing));
    }

    private static boolean isVisible(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    /** Hands every type in the visible signatures of {@code type} to {@code seen}. */
    private static void typesIn(Class<?> type, Consumer<Class<?>> seen) {

        walk(type.getGenericSuperclass(), seen);
        walk(type.getGenericInterfaces(), seen);
        walkBounds(type.getTypeParameters(), seen);
        for (Field field : type.getDeclaredFields()) {
            if (isVisible(field.getModifiers())) {
                walk(field.getGenericType(), seen);
            }
        }
        for (Method method : type.getDeclaredMethods()) {
            if (isVisible(method.getModifiers()) && !method.isSynthetic()) {
                walk(method.getGenericReturnType(), seen);
                walk(method, seen);
            }
        }
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (isVisible(constructor.getModifiers())) {
                walk(constructor, seen);
            }
        }
        if (type.isRecord()) {
            for (RecordComponent component : type.getRecordComponents()) {
                walk(component.getGenericType(), seen);
            }
        }
    }

    private static void walk(Executable executable, Consumer<Class<?>> seen) {
        walk(executable.getGenericParameterTypes(), seen);
        walk(executable.getGenericExceptionTypes(), seen);
        walkBounds(executable.getTypeParameters(), seen);
    }

    private static void walkBounds(TypeVariable<?>[] parameters, Consumer<Class<?>> seen) {
        Arrays.stream(parameters).forEach(parameter -> walk(parameter.getBounds(), seen));
    }

    private static void walk(Type[] types, Consumer<Class<?>> seen) {
        Arrays.stream(types).forEach(type -> walk(type, seen));
    }

    private static void walk(Type type, Consumer<Class<?>> seen) {
        switch (type) {
            case null -> {}
            case Class<?> found -> seen.accept(found.isArray() ? elementOf(found) : found);
            case ParameterizedType generic -> {
                walk(generic.getRawType(), seen);
                walk(generic.getActualTypeArguments(), seen);
            }
            case GenericArrayType array -> walk(array.getGenericComponentType(), seen);
            case WildcardType wildcard -> {
                walk(wildcard.getUpperBounds(), seen);
                walk(wildcard.getLowerBounds(), seen);
            }
            default -> {}
        }
    }

    private static Class<?> elementOf(Class<?> array) {
        Class<?> component = array.getComponentType();
        return component.isArray() ? elementOf(component) : component;
    }
}
