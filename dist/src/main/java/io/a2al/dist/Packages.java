package io.a2al.dist;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** The packages of the program, each with a Java runtime, for systems like the one that builds. */
final class Packages {

    private static final String CACHE = "lib/a2al.aot";

    /** A user without rights, by the number that images of containers commonly give it. */
    static final int CONTAINER_USER = 65532;

    private static final String IN_CONTAINER = "opt/a2al";
    private static final String IN_DEBIAN = "usr/lib/a2al";

    /** A folder for everyone's files, in which only their owners remove them. */
    private static final int SHARED = 01777;

    private static final int OWNER_ONLY = 0700;

    /** Where the header of compressed data tells how it was made; Debian's checks look at it. */
    private static final int STRENGTH_AT = 8;

    private static final byte STRONGEST = 2;

    private final Image image;
    private final Path checkout;
    private final String version;
    private final Report report;
    private final String system;
    private final boolean onArm;

    /**
     * Nothing is done yet.
     *
     * @param image the program, put together
     */
    Packages(Image image, Path checkout, String version, Report report) {
        this.image = image;
        this.checkout = checkout;
        this.version = version;
        this.report = report;
        this.onArm = System.getProperty("os.arch", "").equals("aarch64");
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("mac") ? "macos" : "linux";
        this.system = os + (onArm ? "-aarch64" : "-x86_64");
    }

    /**
     * Makes the archive, its cache in an archive of its own, and on Linux the Debian package and the container image.
     *
     * @param sbom the bill of materials
     * @param target the folder for the packages, which is emptied
     */
    void make(Path sbom, Path target) throws IOException, InterruptedException {
        Trees.delete(target);
        Files.createDirectories(target);
        report.say("linking a Java runtime ...");
        JavaRuntime.link(image.folder().resolve("runtime"));
        Path java = image.folder().resolve("runtime/bin/java");
        image.document(java);
        ObjectMapper json = new ObjectMapper();
        ObjectNode materials = json.readValue(sbom.toFile(), ObjectNode.class);
        String libraries = ThirdParty.text(materials);
        JavaRuntime.addTo(materials);
        Map<String, Content> papers = Map.of(
                "LICENSE", Content.of(checkout.resolve("LICENSE")),
                "THIRD-PARTY.txt", Content.of(libraries),
                "sbom.json", Content.of(json.writeValueAsString(materials) + "\n"));
        String name = "a2al-" + version;

        FileSet files = program(name, true);
        papers.forEach((paper, content) -> files.file(name + "/" + paper, FileSet.PLAIN, content));
        files.writeTarGz(target.resolve(name + "-" + system + ".tar.gz"), image.time());
        if (system.startsWith("linux")) {
            debian(papers).write(target.resolve(debianName()), image.time());
            container(papers, target);
        }

        image.prepareFor(java);
        Path cache = image.folder().resolve(CACHE);
        if (Files.exists(cache)) {
            new FileSet()
                    .file(name + "/" + CACHE, FileSet.PLAIN, Content.of(cache))
                    .writeTarGz(target.resolve(name + "-" + system + "-cache.tar.gz"), image.time());
        }
        for (Path made : Trees.files(target)) {
            if (Files.isRegularFile(made)) {
                report.say("%s  %,d bytes".formatted(made, Files.size(made)));
            }
        }
    }

    private FileSet program(String folder, boolean withPapers) throws IOException {
        FileSet files = new FileSet();
        for (String script : List.of("a2al", "a2al-cache")) {
            files.file(
                    folder + "/bin/" + script,
                    FileSet.PROGRAM,
                    Content.of(image.folder().resolve("bin").resolve(script)));
        }
        files.all(folder + "/lib", image.folder().resolve("lib"));
        files.all(folder + "/runtime", image.folder().resolve("runtime"));
        if (withPapers) {
            files.all(folder + "/share", image.folder().resolve("share"));
        }
        return files;
    }

    private String debianVersion() {
        // What comes after a tilde is earlier than the release.
        return version.replace("-", "~").toLowerCase(Locale.ROOT);
    }

    private String architecture() {
        return onArm ? "arm64" : "amd64";
    }

    private String debianName() {
        return "a2al_" + debianVersion() + "_" + architecture() + ".deb";
    }

    private DebianPackage debian(Map<String, Content> papers) throws IOException {
        Path templates = checkout.resolve("dist/src/main/debian");
        FileSet files = program(IN_DEBIAN, false);
        files.link("usr/bin/a2al", "../lib/a2al/bin/a2al");
        files.file(
                "lib/systemd/system/a2al.service",
                FileSet.PLAIN,
                Content.of(checkout.resolve("deploy/systemd/a2al.service")));
        files.file("etc/default/a2al", FileSet.PLAIN, Content.of(checkout.resolve("deploy/systemd/a2al.default")));
        files.file(
                "usr/share/bash-completion/completions/a2al",
                FileSet.PLAIN,
                Content.of(image.folder().resolve("share/completion/a2al")));
        for (Path page : Trees.files(image.folder().resolve("share/man/man1"))) {
            if (Files.isRegularFile(page)) {
                files.file("usr/share/man/man1/" + page.getFileName() + ".gz", FileSet.PLAIN, packed(Content.of(page)));
            }
        }
        files.file("usr/share/doc/a2al/copyright", FileSet.PLAIN, Content.of(templates.resolve("copyright")));
        files.file("usr/share/doc/a2al/changelog.gz", FileSet.PLAIN, packed(Content.of(changelog())));
        files.file("usr/share/lintian/overrides/a2al", FileSet.PLAIN, Content.of(templates.resolve("overrides")));
        papers.forEach((name, content) -> {
            if (!name.equals("LICENSE")) {
                files.file("usr/share/doc/a2al/" + name, FileSet.PLAIN, content);
            }
        });
        String fields = Files.readString(templates.resolve("control"))
                .replace("@version@", debianVersion())
                .replace("@architecture@", architecture());
        Map<String, String> scripts = Map.of(
                "postinst", Files.readString(templates.resolve("postinst")),
                "prerm", Files.readString(templates.resolve("prerm")),
                "postrm", Files.readString(templates.resolve("postrm")));
        return DebianPackage.of(files, fields, scripts, "/etc/default/a2al\n");
    }

    private String changelog() {
        String date = DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.ENGLISH)
                .format(image.time().atOffset(ZoneOffset.UTC));
        return "a2al (" + debianVersion() + ") unstable; urgency=medium\n\n"
                + "  * See CHANGELOG.md of the project.\n\n"
                + " -- The a2al-java maintainers <maintainers@a2al.example>  " + date + "\n";
    }

    private static Content packed(Content content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = FileSet.gzip(bytes)) {
            content.writeTo(out);
        }
        byte[] packed = bytes.toByteArray();
        packed[STRENGTH_AT] = STRONGEST;
        return Content.of(packed);
    }

    private void container(Map<String, Content> papers, Path target) throws IOException, InterruptedException {
        FileSet base = new FileSet()
                .folder("tmp", SHARED, 0)
                .folder("data", OWNER_ONLY, CONTAINER_USER)
                .file(
                        "etc/passwd",
                        FileSet.PLAIN,
                        Content.of("root:x:0:0:root:/:/none\na2al:x:%1$d:%1$d:a2al:/data:/none\n"
                                .formatted(CONTAINER_USER)))
                .file("etc/group", FileSet.PLAIN, Content.of("root:x:0:\na2al:x:%d:\n".formatted(CONTAINER_USER)))
                .file(
                        "etc/nsswitch.conf",
                        FileSet.PLAIN,
                        Content.of("passwd: files\ngroup: files\nhosts: files dns\n"));
        SystemLibraries.neededBy(image.folder())
                .forEach((name, file) -> base.file(name, FileSet.PROGRAM, Content.of(file)));
        Path licence = Path.of("/usr/share/doc/libc6/copyright");
        if (Files.exists(licence)) {
            base.file(licence.toString().substring(1), FileSet.PLAIN, Content.of(licence));
        }
        FileSet program = program(IN_CONTAINER, false);
        papers.forEach((name, content) -> program.file(IN_CONTAINER + "/" + name, FileSet.PLAIN, content));

        ContainerImage container = new ContainerImage(target, image.time());
        container.layer(base);
        container.layer(program);
        container.write(
                target.resolve("a2al-" + version + "-" + system + ".oci.tar"),
                settings(),
                architecture(),
                "a2al:" + version);
    }

    private static ObjectNode settings() {
        String lib = "/" + IN_CONTAINER + "/lib";
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        settings.put("User", CONTAINER_USER + ":" + CONTAINER_USER);
        settings.put("WorkingDir", "/data");
        settings.putArray("Env").add("A2AL_HOME=/data").add("LC_ALL=C.UTF-8").add("PATH=/" + IN_CONTAINER + "/bin");
        // As the script does it; there is no shell to run that.
        settings.putArray("Entrypoint")
                .add("/" + IN_CONTAINER + "/runtime/bin/java")
                .add("@" + lib + "/java.options")
                .add("@" + lib + "/serial.options")
                .add("-Dcom.amazon.corretto.crypto.provider.useExternalLib=true")
                .add("-Djava.library.path=" + lib + "/native")
                .add("-cp")
                .add(lib + "/a2al.jar")
                .add("io.a2al.app.Main");
        settings.putArray("Cmd").add("node");
        settings.putObject("ExposedPorts").putObject("4121/udp");
        settings.putObject("Volumes").putObject("/data");
        settings.put("StopSignal", "SIGTERM");
        return settings;
    }
}
