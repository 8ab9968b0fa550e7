package io.a2al.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The files of the whole project, for tests about them. */
final class SourceTree {

    private SourceTree() {}

    /** The outermost directory with a POM, seen from the module that the tests run in. */
    static Path root() {
        Path root = Path.of("").toAbsolutePath();
        while (root.getParent() != null && Files.exists(root.resolveSibling("pom.xml"))) {
            root = root.getParent();
        }
        return root;
    }

    /** Every Java file of every module. */
    static List<Path> javaFiles() throws IOException {
        List<Path> files = new ArrayList<>(javaFiles("src/main/java"));
        files.addAll(javaFiles("src/test/java"));
        return files;
    }

    /** Every Java file below a directory that each module may have. */
    static List<Path> javaFiles(String kind) throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> modules = Files.list(root())) {
            for (Path module : modules.filter(path -> Files.exists(path.resolve("pom.xml")))
                    .toList()) {
                Path sources = module.resolve(kind);
                if (Files.isDirectory(sources)) {
                    try (Stream<Path> found = Files.walk(sources)) {
                        found.filter(path -> path.toString().endsWith(".java")).forEach(files::add);
                    }
                }
            }
        }
        return files;
    }
}
