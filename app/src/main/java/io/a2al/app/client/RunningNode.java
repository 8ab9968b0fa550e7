package io.a2al.app.client;

import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.DataOption;
import io.a2al.app.cli.Environment;
import io.a2al.dht.files.OwnerOnlyFile;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A node that runs on this machine, as its data directory or the environment names it. Whether it still runs shows the
 * first request.
 *
 * @param url where its HTTP interface is, without a slash at the end
 * @param token what requests carry; empty for nothing
 * @param isFromFile whether its data directory names it, which may be a file that a killed node left
 */
public record RunningNode(String url, Optional<String> token, boolean isFromFile) {

    private static final String URL_VARIABLE = "A2AL_API";
    private static final String TOKEN_VARIABLE = "A2AL_TOKEN";

    /** Files of a data directory; named here so that a request does not load what else there is to a directory. */
    private static final String URL_FILE = "api";

    private static final String TOKEN_FILE = "api.token";

    /** Returns the node of the given directory, or else of the environment, or else of the default directory. */
    public static Optional<RunningNode> find(Optional<Path> given) throws CommandException {
        if (given.isPresent()) {
            return in(given.get());
        }
        Optional<RunningNode> named = ofEnvironment();
        return named.isPresent() ? named : inDefault();
    }

    /** A user without a home directory has no node. */
    private static Optional<RunningNode> inDefault() throws CommandException {
        Path directory;
        try {
            directory = DataOption.defaultDirectory();
        } catch (CommandException homeless) {
            return Optional.empty();
        }
        return in(directory);
    }

    private static Optional<RunningNode> ofEnvironment() throws CommandException {
        Optional<String> url = Environment.variable(URL_VARIABLE);
        if (url.isEmpty()) {
            return Optional.empty();
        }
        String text = url.get().contains("://") ? url.get() : "http://" + url.get();
        return Optional.of(new RunningNode(checked(text, "$" + URL_VARIABLE), tokenOfEnvironment(), false));
    }

    private static Optional<String> tokenOfEnvironment() {
        return Environment.variable(TOKEN_VARIABLE);
    }

    /** Returns the node that serves by what it wrote into its data directory; empty if it serves nothing. */
    public static Optional<RunningNode> in(Path directory) throws CommandException {
        Optional<String> url = read(directory.resolve(URL_FILE));
        if (url.isEmpty() || url.get().isEmpty()) {
            return Optional.empty();
        }
        String checked = checked(url.get(), "file " + directory.resolve(URL_FILE));
        Optional<String> own = tokenOfEnvironment();
        return Optional.of(new RunningNode(checked, own.isPresent() ? own : read(directory.resolve(TOKEN_FILE)), true));
    }

    private static Optional<String> read(Path file) throws CommandException {
        try {
            return Optional.of(Files.readString(file, StandardCharsets.US_ASCII).strip());
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException e) {
            throw CommandException.failed("file " + file + " cannot be read: " + OwnerOnlyFile.reason(e)
                    + "; run this as the node's user, or set A2AL_API and A2AL_TOKEN");
        }
    }

    private static String checked(String url, String where) throws CommandException {
        try {
            URI uri = URI.create(url);
            if ("http".equals(uri.getScheme()) && uri.getHost() != null) {
                return url.replaceFirst("/+$", "");
            }
        } catch (IllegalArgumentException noUrl) {
            // Answered below.
        }
        throw CommandException.wrongUse(
                "no URL in " + where + ": " + url + "; write for example http://127.0.0.1:2121");
    }

    /** Returns its interface; answers are awaited for two minutes. */
    public NodeApi api() {
        return new NodeApi(this, NodeApi.PATIENCE);
    }

    /** Returns its interface; answers are awaited for this long. */
    public NodeApi api(Optional<Duration> patience) {
        return new NodeApi(this, patience.orElse(NodeApi.PATIENCE));
    }
}
