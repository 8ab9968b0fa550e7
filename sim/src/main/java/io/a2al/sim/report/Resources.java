package io.a2al.sim.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads resources from the class path. */
final class Resources {

    private Resources() {}

    /**
     * Returns the text of a resource.
     *
     * @param name file name in this package, or an absolute resource name that begins with a slash
     * @throws IllegalStateException if the resource does not exist
     */
    static String text(String name) {
        try (@Nullable InputStream in = Resources.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("resource: " + name + "; must be on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
