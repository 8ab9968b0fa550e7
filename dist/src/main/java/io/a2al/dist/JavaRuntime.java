package io.a2al.dist;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;

/** The part of this JVM that the program needs, made by {@code jlink}. */
final class JavaRuntime {

    /** What the program and its libraries use, and {@code jdk.jfr}, for looking at a node that is slow. */
    private static final List<String> MODULES = List.of(
            "java.base",
            "java.logging",
            "java.management",
            "java.naming",
            "java.net.http",
            "java.xml",
            "jdk.httpserver",
            "jdk.jfr",
            "jdk.management",
            "jdk.net",
            "jdk.unsupported");

    private static final String LICENCE = "GPL-2.0-only WITH Classpath-exception-2.0";

    private JavaRuntime() {}

    /** Adds the runtime, which Maven does not know, to a bill of materials of CycloneDX. */
    static void addTo(ObjectNode sbom) {
        ObjectNode runtime = sbom.withArray("components").addObject();
        runtime.put("type", "platform");
        runtime.put("publisher", System.getProperty("java.vendor", ""));
        runtime.put("name", "OpenJDK");
        runtime.put("version", Runtime.version().toString());
        runtime.putArray("licenses").addObject().put("expression", LICENCE);
    }

    /**
     * Makes it in a folder that does not exist yet.
     *
     * @throws IOException if it cannot be made; the message is what {@code jlink} says
     */
    static void link(Path folder) throws IOException {
        ToolProvider jlink = ToolProvider.findFirst("jlink")
                .orElseThrow(() -> new IOException("the JVM that builds has no jlink; use a whole JDK"));
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said);
        int result = jlink.run(
                out,
                out,
                "--add-modules",
                String.join(",", MODULES),
                "--strip-java-debug-attributes",
                "--no-header-files",
                "--no-man-pages",
                "--output",
                folder.toString());
        if (result != 0) {
            throw new IOException("jlink: " + said.toString().strip());
        }
        // Programs beside java, of no use for this one.
        for (String program : List.of("keytool", "jwebserver", "jrunscript", "jfr")) {
            Files.deleteIfExists(folder.resolve("bin").resolve(program));
        }
    }
}
