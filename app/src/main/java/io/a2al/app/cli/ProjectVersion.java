package io.a2al.app.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into a resource. */
public final class ProjectVersion implements IVersionProvider {

    private static final String RESOURCE = "/io/a2al/app/version.properties";

    @Override
    public String[] getVersion() throws IOException {
        Properties properties = new Properties();
        try (InputStream in = ProjectVersion.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IOException(RESOURCE + " is missing from the program; build it again");
            }
            properties.load(in);
        }
        return new String[] {"a2al " + properties.getProperty("version")};
    }
}
