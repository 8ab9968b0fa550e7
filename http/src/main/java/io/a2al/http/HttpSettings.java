package io.a2al.http;

import io.a2al.http.limits.HttpLimits;
import io.a2al.http.program.LogLevel;
import io.a2al.http.registry.RegistryFiles;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * How the HTTP interface is served.
 *
 * @param tokenFile the file with the token that requests carry; made, readable by its owner only, if it does not exist
 * @param version the version of the program, as the interface tells it
 * @param limits what connections and requests may cost
 * @param tokenAlways true if requests from this machine need the token, too
 * @param agents the files of the agents that the node keeps; empty if they end with the interface
 * @param log the level of the program's log, if the interface may set it
 */
public record HttpSettings(
        Path tokenFile,
        String version,
        HttpLimits limits,
        boolean tokenAlways,
        Optional<RegistryFiles> agents,
        Optional<LogLevel> log) {

    /** Refuses null. */
    public HttpSettings {
        Objects.requireNonNull(tokenFile, "tokenFile");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(agents, "agents");
        Objects.requireNonNull(log, "log");
    }

    /** Returns settings with the default limits, by which only requests from elsewhere need the token. */
    public static HttpSettings of(Path tokenFile, String version) {
        return new HttpSettings(tokenFile, version, HttpLimits.DEFAULT, false, Optional.empty(), Optional.empty());
    }

    /** Returns these settings with other limits. */
    public HttpSettings withLimits(HttpLimits other) {
        return new HttpSettings(tokenFile, version, other, tokenAlways, agents, log);
    }

    /** Returns these settings with the token needed by requests from this machine, too, or not. */
    public HttpSettings withTokenAlways(boolean always) {
        return new HttpSettings(tokenFile, version, limits, always, agents, log);
    }

    /** Returns these settings with files in which agents outlast the interface. */
    public HttpSettings withAgents(RegistryFiles files) {
        return new HttpSettings(tokenFile, version, limits, tokenAlways, Optional.of(files), log);
    }

    /** Returns these settings with a log whose level the interface may set. */
    public HttpSettings withLog(LogLevel level) {
        return new HttpSettings(tokenFile, version, limits, tokenAlways, agents, Optional.of(level));
    }
}
