package io.a2al.app.cli;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into a resource. */
public final class ProjectVersion implements IVersionProvider {

    private static final String RESOURCE = "/io/a2al/app/version.properties";

    @Override
    public String[] getVersion() throws IOException {
        return new String[] {"a2al " + number()};
    }

    /** Returns the version alone, such as {@code 0.1.0}. */
    public static String number() throws IOException {
        return properties().getProperty("version", "unknown");
    }

    /** Returns the time that the build gives as its own; empty if this was not built completely. */
    static Optional<Instant> built() throws IOException {
        try {
            return Optional.of(Instant.parse(properties().getProperty("built", "")));
        } catch (DateTimeParseException notFilledIn) {
            return Optional.empty();
        }
    }

    private static Properties properties() throws IOException {
        Properties properties = new Properties();
        try (InputStream in = ProjectVersion.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IOException(RESOURCE + " is missing from the program; build it again");
            }
            properties.load(in);
        }
        return properties;
    }
}
