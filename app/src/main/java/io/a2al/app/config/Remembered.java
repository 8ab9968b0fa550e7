package io.a2al.app.config;

import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.NetworkChoice;
import io.a2al.dht.files.OwnerOnlyFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Keeps answers of the operator in the configuration, so that they are asked once. Stateless. */
public final class Remembered {

    private static final String HEADING = "# The configuration of a2al; what each option is set to: a2al config show\n";

    private Remembered() {}

    /**
     * Writes which network to join before what is in the file, and so before its first table. The file must not have
     * these keys yet; it is made if there is none.
     *
     * @param seeds nodes of the network that were named
     * @throws CommandException if the file cannot be written
     */
    public static void network(Path file, NetworkChoice network, List<String> seeds) throws CommandException {
        String list = seeds.stream().map(Remembered::quoted).collect(Collectors.joining(", "));
        String lines =
                "network = " + quoted(network.text()) + "\n" + (seeds.isEmpty() ? "" : "bootstrap = [" + list + "]\n");
        try {
            Path directory = file.toAbsolutePath().getParent();
            if (directory != null) {
                Files.createDirectories(directory);
            }
            String before = Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : HEADING;
            OwnerOnlyFile.replace(file, (lines + before).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw CommandException.failed("file " + file + " cannot be written: " + OwnerOnlyFile.reason(e));
        }
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
