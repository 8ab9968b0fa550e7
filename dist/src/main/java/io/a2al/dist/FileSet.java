package io.a2al.dist;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Files by their names in a package, in one order. Folders come by themselves with what is in them. Not thread-safe.
 */
final class FileSet {

    static final int PROGRAM = 0755;
    static final int PLAIN = 0644;

    private static final int ROOT = 0;
    private static final int BUFFER = 1 << 16;

    private sealed interface Entry {}

    private record Folder(int mode, int owner) implements Entry {}

    private record Packed(int mode, Content content) implements Entry {}

    private record Link(String target) implements Entry {}

    private final Map<String, Entry> entries = new TreeMap<>();

    /** Adds a folder that is not an ordinary one. */
    FileSet folder(String name, int mode, int owner) {
        put(name, new Folder(mode, owner));
        return this;
    }

    FileSet file(String name, int mode, Content content) {
        put(name, new Packed(mode, content));
        return this;
    }

    FileSet link(String name, String target) {
        put(name, new Link(target));
        return this;
    }

    /** Adds all that is in a folder, below a name. Of the permissions, only that to execute is taken over. */
    FileSet all(String name, Path folder) throws IOException {
        for (Path file : Trees.files(folder)) {
            String relative = Trees.name(folder, file);
            String packed = relative.isEmpty() ? name : name + "/" + relative;
            if (Files.isSymbolicLink(file)) {
                link(packed, Files.readSymbolicLink(file).toString());
            } else if (Files.isRegularFile(file)) {
                file(packed, Files.isExecutable(file) ? PROGRAM : PLAIN, Content.of(file));
            }
        }
        return this;
    }

    private void put(String name, Entry entry) {
        for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
            entries.putIfAbsent(name.substring(0, slash), new Folder(PROGRAM, ROOT));
        }
        entries.put(name, entry);
    }

    /** Returns the plain files by their names. */
    Map<String, Content> files() {
        Map<String, Content> files = new TreeMap<>();
        entries.forEach((name, entry) -> {
            if (entry instanceof Packed packed) {
                files.put(name, packed.content());
            }
        });
        return files;
    }

    /** Writes a tar archive; the stream is not closed. */
    void writeTar(OutputStream out, Instant time) throws IOException {
        TarWriter tar = new TarWriter(out, time);
        for (Map.Entry<String, Entry> entry : entries.entrySet()) {
            String name = entry.getKey();
            switch (entry.getValue()) {
                case Folder folder -> tar.directory(name, folder.mode(), folder.owner());
                case Packed file -> tar.file(name, file.mode(), ROOT, file.content());
                case Link link -> tar.link(name, link.target());
            }
        }
        tar.finish();
    }

    /** Writes a compressed tar archive; the stream is not closed. */
    void writeTarGz(OutputStream out, Instant time) throws IOException {
        GZIPOutputStream packed = gzip(out);
        writeTar(new BufferedOutputStream(packed, BUFFER), time);
        packed.finish();
    }

    void writeTarGz(Path file, Instant time) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            writeTarGz(out, time);
        }
    }

    /** Returns a stream that compresses as far as it can, and whose header has neither a name nor a time. */
    static GZIPOutputStream gzip(OutputStream out) throws IOException {
        return new GZIPOutputStream(out, BUFFER) {
            {
                def.setLevel(Deflater.BEST_COMPRESSION);
            }
        };
    }
}
