package io.a2al.consumers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * An application that depends on {@code a2al-dht} and nothing else is compiled and run with the jars of this build, in
 * each way in which applications are put together.
 */
@Timeout(120)
class ConsumersTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /** What all jars of other projects may have together, in bytes. To see the present sizes, make this test fail. */
    private static final long MOST_BYTES = 9_000_000;

    private static final String FOUND = "[https://consumer.example] by bouncycastle in ";

    @TempDir
    private static Path directory;

    private static List<Path> jars;
    private static Path source;

    @BeforeAll
    static void findJars() throws IOException {
        jars = Stream.of(Files.readString(Path.of("target/class-path.txt"))
                        .strip()
                        .split(File.pathSeparator))
                .map(Path::of)
                .toList();
        source = Files.createDirectories(directory.resolve("source/consumer")).resolve("Consumer.java");
        try (InputStream text = ConsumersTest.class.getResourceAsStream("/consumer/Consumer.java.txt")) {
            Files.write(source, text.readAllBytes());
        }
    }

    private static String path(List<Path> entries) {
        return entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    /** Runs a tool of the JDK, and returns what it prints. */
    private static String tool(String name, String... arguments) {
        StringWriter printed = new StringWriter();
        PrintWriter writer = new PrintWriter(printed, true);
        int code = ToolProvider.findFirst(name).orElseThrow().run(writer, writer, arguments);
        assertThat(code).as(name + ": " + printed).isZero();
        return printed.toString();
    }

    private static String run(Path java, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(java.toString(), "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        return printed.strip();
    }

    private static Path java(Path home) {
        return home.resolve("bin/java");
    }

    private static Path jdk() {
        return Path.of(System.getProperty("java.home"));
    }

    /** Compiles the application for the class path into a directory. */
    private static Path compiled() {
        Path classes = directory.resolve("classes");
        if (!Files.exists(classes)) {
            tool("javac", "-Xlint:all", "-Werror", "-d", classes.toString(), "-cp", path(jars), source.toString());
        }
        return classes;
    }

    /** Compiles the application as a module into a directory. */
    private static Path compiledModule() throws IOException {
        Path classes = directory.resolve("module");
        Path descriptor = directory.resolve("source/module-info.java");
        Files.writeString(descriptor, "module consumer { requires io.a2al.dht; }");
        tool("javac", "-d", classes.toString(), "-p", path(jars), descriptor.toString(), source.toString());
        return classes;
    }

    @Test
    void onTheClassPath() throws Exception {
        List<Path> all = new ArrayList<>(jars);
        all.add(compiled());

        assertThat(run(java(jdk()), "-cp", path(all), "consumer.Consumer")).isEqualTo(FOUND + "no module");
    }

    @Test
    void asAModuleInALinkedImage() throws Exception {
        List<Path> all = new ArrayList<>(jars);
        all.add(compiledModule());
        Set<String> ofJdk = new TreeSet<>();
        ModuleFinder.of(all.toArray(Path[]::new)).findAll().stream()
                .flatMap(module -> module.descriptor().requires().stream())
                .filter(required -> !required.modifiers().contains(ModuleDescriptor.Requires.Modifier.STATIC))
                .map(ModuleDescriptor.Requires::name)
                .filter(name -> ModuleFinder.ofSystem().find(name).isPresent())
                .forEach(ofJdk::add);
        Path image = directory.resolve("image");
        tool("jlink", "--add-modules", String.join(",", ofJdk), "--output", image.toString());

        assertThat(run(java(image), "-p", path(all), "-m", "consumer/consumer.Consumer"))
                .isEqualTo(FOUND + "a module");
        assertThat(ofJdk).contains("java.base", "jdk.httpserver").doesNotContain("java.desktop");
    }

    /** jlink takes no module without a descriptor, so these stay outside of the image; see docs/decisions/library.md. */
    @Test
    void theModulesWithoutADescriptorAreThoseThatTheDocumentNames() throws IOException {
        Set<String> automatic = ModuleFinder.of(jars.toArray(Path[]::new)).findAll().stream()
                .map(ModuleReference::descriptor)
                .filter(ModuleDescriptor::isAutomatic)
                .map(ModuleDescriptor::name)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(listed("automatic")).isEqualTo(automatic);
    }

    @Test
    void inOneJar() throws Exception {
        Path all = directory.resolve("all.jar");
        Set<String> names = new HashSet<>();
        try (OutputStream file = Files.newOutputStream(all);
                JarOutputStream out = new JarOutputStream(file)) {
            for (Path jar : jars) {
                append(jar, out, names);
            }
            out.putNextEntry(new ZipEntry("consumer/Consumer.class"));
            out.write(Files.readAllBytes(compiled().resolve("consumer/Consumer.class")));
        }

        assertThat(run(java(jdk()), "-cp", all.toString(), "consumer.Consumer")).isEqualTo(FOUND + "no module");
    }

    /** Copies all but descriptors and signatures, as tools that pack jars into one do. */
    private static void append(Path jar, JarOutputStream out, Set<String> names) throws IOException {
        try (JarFile from = new JarFile(jar.toFile())) {
            for (var entry : from.stream().toList()) {
                String name = entry.getName();
                boolean left = entry.isDirectory()
                        || name.endsWith("module-info.class")
                        || name.matches("META-INF/(MANIFEST\\.MF|.*\\.(SF|RSA|DSA|EC))");
                if (!left && names.add(name)) {
                    out.putNextEntry(new ZipEntry(name));
                    try (InputStream content = from.getInputStream(entry)) {
                        content.transferTo(out);
                    }
                }
            }
        }
    }

    @Test
    void theJarsOfOtherProjectsAreThoseThatTheDocumentNames() throws IOException {
        Set<String> others = new TreeSet<>();
        long bytes = 0;
        for (Path jar : jars) {
            String name = jar.getFileName().toString().replaceFirst("-[0-9].*", "");
            if (!name.startsWith("a2al-")) {
                others.add(name);
                bytes += Files.size(jar);
            }
        }
        assertThat(listed("jar")).isEqualTo(others);
        assertThat(bytes).isLessThan(MOST_BYTES);
    }

    /** The names in the first column of the table whose heading is {@code kind}. */
    private static Set<String> listed(String kind) throws IOException {
        String text = Files.readString(ROOT.resolve("docs/decisions/library.md"));
        String table = text.substring(text.indexOf("| " + kind + " |")).split("\n\n")[0];
        return Pattern.compile("(?m)^\\| `([\\w.-]+)` \\|")
                .matcher(table)
                .results()
                .map(row -> row.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Gradle passes over the profiles of a published POM. So no library may need a dependency that only a profile
     * brings: all are optional or of tests, and nothing in the POM of a library depends on the platform.
     */
    @Test
    void whatGradleReadsOfThePomsIsComplete() throws IOException {
        String parent = Files.readString(ROOT.resolve("pom.xml"));
        String profiles = parent.substring(parent.indexOf("<profiles>"));
        assertThat(Pattern.compile("(?s)<dependency>.*?</dependency>")
                        .matcher(profiles)
                        .results())
                .isNotEmpty()
                .allSatisfy(found ->
                        assertThat(found.group()).containsAnyOf("<optional>true</optional>", "<scope>test</scope>"));
        for (String module : List.of("protocol", "core", "dht", "metrics", "http", "spring")) {
            assertThat(Files.readString(ROOT.resolve(module).resolve("pom.xml")))
                    .as(module)
                    .doesNotContain("${os.", "<classifier>", "<systemPath>")
                    .doesNotContainPattern("(?s)<profile>.*<dependency>");
        }
    }

    @Test
    void theBomHasTheVersionsOfTheBuildAndEveryLibrary() throws IOException {
        String bom = Files.readString(ROOT.resolve("bom/pom.xml"));
        String parent = Files.readString(ROOT.resolve("pom.xml"));
        assertThat(first("<version>([^<]+)</version>", bom)).isEqualTo(first("<version>([^<]+)</version>", parent));
        for (String same : List.of("corretto.version", "url", "connection", "email")) {
            String tag = "<" + same + ">([^<]+)</" + same + ">";
            assertThat(first(tag, bom)).as(same).isEqualTo(first(tag, parent));
        }
        Set<String> libraries = new TreeSet<>();
        for (String module : first("(?s)<modules>(.*?)</modules>", parent).split("\\s+")) {
            String name = module.replaceAll("</?module>", "");
            Path pom = ROOT.resolve(name).resolve("pom.xml");
            if (!name.isEmpty() && !Files.readString(pom).contains("<maven.deploy.skip>true</maven.deploy.skip>")) {
                libraries.add("a2al-" + name);
            }
        }
        libraries.add("a2al-spring-boot-starter");
        assertThat(Pattern.compile("<artifactId>(a2al-[^<]+)</artifactId>")
                        .matcher(bom.substring(bom.indexOf("<dependencyManagement>")))
                        .results()
                        .map(found -> found.group(1)))
                .containsExactlyInAnyOrderElementsOf(libraries);
    }

    private static String first(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
    }
}
