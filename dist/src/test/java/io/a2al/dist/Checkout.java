package io.a2al.dist;

import java.nio.file.Files;
import java.nio.file.Path;

/** The files of the whole project, for tests about them. */
final class Checkout {

    private Checkout() {}

    /** The outermost directory with a POM, seen from the module that the tests run in. */
    static Path root() {
        Path root = Path.of("").toAbsolutePath();
        while (root.getParent() != null && Files.exists(root.resolveSibling("pom.xml"))) {
            root = root.getParent();
        }
        return root;
    }
}
