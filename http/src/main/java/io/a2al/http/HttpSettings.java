package io.a2al.http;

import io.a2al.http.limits.HttpLimits;
import java.nio.file.Path;
import java.util.Objects;

/**
 * How the HTTP interface is served.
 *
 * @param tokenFile the file with the token that requests carry; made, readable by its owner only, if it does not exist
 * @param version the version of the program, as the interface tells it
 * @param limits what connections and requests may cost
 */
public record HttpSettings(Path tokenFile, String version, HttpLimits limits) {

    /** Refuses null. */
    public HttpSettings {
        Objects.requireNonNull(tokenFile, "tokenFile");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(limits, "limits");
    }

    /** Returns settings with the default limits. */
    public static HttpSettings of(Path tokenFile, String version) {
        return new HttpSettings(tokenFile, version, HttpLimits.DEFAULT);
    }

    /** Returns these settings with other limits. */
    public HttpSettings withLimits(HttpLimits other) {
        return new HttpSettings(tokenFile, version, other);
    }
}
