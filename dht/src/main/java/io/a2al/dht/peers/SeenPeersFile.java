package io.a2al.dht.peers;

import io.a2al.core.routing.SeenPeers.Seen;
import io.a2al.dht.files.DamagedFileException;
import io.a2al.dht.files.OwnerOnlyFile;
import io.a2al.protocol.id.NodeId;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The file of peers seen within the last seven days, in the format of the reference implementation (node.md section
 * 9.3): a line for each, with the NodeID in hexadecimal and the time last seen in Unix seconds. Other lines are
 * skipped. Not for two processes at a time.
 */
public final class SeenPeersFile {

    /** Longest file to read, in bytes: several times what a full table needs. */
    private static final long MAX_LENGTH = 1 << 26;

    private static final Pattern FIELDS = Pattern.compile("\\s+");

    private final Path file;

    /** A file at this path; it need not exist. */
    public SeenPeersFile(Path file) {
        this.file = file;
    }

    /** Returns the path. */
    public Path path() {
        return file;
    }

    /**
     * Returns all peers in the file; none if there is no such file.
     *
     * @throws DamagedFileException if it is too long to be such a file
     * @throws IOException if it cannot be read
     */
    public List<Seen> read() throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        if (Files.size(file) > MAX_LENGTH) {
            throw new DamagedFileException("it is longer than " + MAX_LENGTH + " bytes");
        }
        List<Seen> listed = new ArrayList<>();
        // Every byte is a character of this charset, so that no content makes reading fail.
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                parse(line).ifPresent(listed::add);
            }
        }
        return listed;
    }

    private static Optional<Seen> parse(String line) {
        List<String> fields = FIELDS.splitAsStream(line.strip()).toList();
        if (fields.size() != 2 || line.strip().startsWith("#")) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Seen(NodeId.fromHex(fields.get(0)), Long.parseLong(fields.get(1))));
        } catch (IllegalArgumentException neitherAPeerNorATime) {
            return Optional.empty();
        }
    }

    /**
     * Replaces the content by these peers, as a whole or not at all; readable by the owner only, and on the disk when
     * this returns.
     *
     * @throws IOException if it cannot be written
     */
    public void write(List<Seen> peers) throws IOException {
        StringBuilder text = new StringBuilder(peers.size() * 76);
        for (Seen seen : peers) {
            text.append(seen.nodeId().toHex())
                    .append(' ')
                    .append(seen.unixSeconds())
                    .append('\n');
        }
        OwnerOnlyFile.replace(file, text.toString().getBytes(StandardCharsets.US_ASCII));
    }
}
