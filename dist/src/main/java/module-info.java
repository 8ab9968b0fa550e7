/** A tool of the build: makes of the program's jars a folder that starts quickly, and packages of that. */
module io.a2al.dist {
    requires static org.jspecify;
    requires com.fasterxml.jackson.databind;

    // It finds jlink as a tool.
    uses java.util.spi.ToolProvider;
}
