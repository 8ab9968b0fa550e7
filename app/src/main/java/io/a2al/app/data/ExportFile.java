package io.a2al.app.data;

import io.a2al.dht.files.DamagedFileException;
import io.a2al.dht.files.DataDirectory;
import io.a2al.dht.files.OwnerOnlyFile;
import io.a2al.dht.files.RecordFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * The file by which the content of a data directory is moved: a ZIP archive of the records, in the form of {@link
 * RecordFiles#exportTo}, and of the files of what the node does for its operator and for other programs, as they are.
 * What it knows of the network is not in it, nor is any secret in plain form. Stateless.
 */
final class ExportFile {

    private static final String RECORDS = "records";

    /** Longest file in it, in bytes; no file of a node is longer. */
    private static final long MAX_LENGTH = 1L << 30;

    private static final int BUFFER = 1 << 16;

    private ExportFile() {}

    /**
     * What was moved.
     *
     * @param records how many records
     * @param files the names of the other files
     * @param left the names of those that were not taken, as the directory has others
     */
    record Moved(int records, List<String> files, List<String> left) {

        /** Copies the lists. */
        Moved {
            files = List.copyOf(files);
            left = List.copyOf(left);
        }
    }

    private static SequencedMap<String, Path> files(DataDirectory open) {
        SequencedMap<String, Path> files = new LinkedHashMap<>();
        for (Path file :
                List.of(open.publicationsFile(), open.mailDeliveredFile(), open.agentsFile(), open.agentsMailFile())) {
            files.put(file.getFileName().toString(), file);
        }
        return files;
    }

    /**
     * Writes a file, which only its owner may read.
     *
     * @throws IOException if something cannot be read or written
     */
    static Moved write(Path target, DataDirectory open, RecordFiles records) throws IOException {
        Path temporary = target.resolveSibling(target.getFileName() + ".records");
        try {
            int count = records.exportTo(temporary);
            SequencedMap<String, Path> files = files(open);
            files.values().removeIf(file -> !Files.exists(file));
            OwnerOnlyFile.replace(target, out -> {
                ZipOutputStream zip = new ZipOutputStream(out);
                add(zip, RECORDS, temporary);
                for (var file : files.entrySet()) {
                    add(zip, file.getKey(), file.getValue());
                }
                zip.finish();
            });
            return new Moved(count, List.copyOf(files.keySet()), List.of());
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static void add(ZipOutputStream zip, String name, Path file) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        Files.copy(file, zip);
        zip.closeEntry();
    }

    /**
     * Adds what is in a file to a directory. Of the files beside the records, those that the directory has already are
     * left as they are. A file of records alone, as earlier versions wrote it, is taken as well.
     *
     * @throws DamagedFileException if it is no such file
     * @throws IOException if something cannot be read or written
     */
    static Moved read(Path source, DataDirectory open, RecordFiles records) throws IOException {
        return read(source, open, records, MAX_LENGTH);
    }

    /** The same for entries of at most {@code longest} bytes. */
    static Moved read(Path source, DataDirectory open, RecordFiles records, long longest) throws IOException {
        try (ZipFile zip = new ZipFile(source.toFile())) {
            ZipEntry ofRecords = zip.getEntry(RECORDS);
            if (ofRecords == null) {
                throw new DamagedFileException("it is not a file of records");
            }
            Path temporary = open.path().resolve("import.tmp");
            try {
                write(zip, ofRecords, temporary, longest);
                int count = records.importFrom(temporary);
                return addFiles(zip, open, count, longest);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (ZipException noArchive) {
            return new Moved(records.importFrom(source), List.of(), List.of());
        }
    }

    private static Moved addFiles(ZipFile zip, DataDirectory open, int records, long longest) throws IOException {
        List<String> added = new ArrayList<>();
        List<String> left = new ArrayList<>();
        for (var file : files(open).entrySet()) {
            ZipEntry entry = zip.getEntry(file.getKey());
            if (entry != null && Files.exists(file.getValue())) {
                left.add(file.getKey());
            } else if (entry != null) {
                write(zip, entry, file.getValue(), longest);
                added.add(file.getKey());
            }
        }
        return new Moved(records, added, left);
    }

    private static void write(ZipFile zip, ZipEntry entry, Path target, long longest) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            OwnerOnlyFile.replace(target, out -> copy(in, out, entry, longest));
        }
    }

    /** What an entry claims as its length says nothing of how much comes out of it. */
    private static void copy(InputStream in, OutputStream out, ZipEntry entry, long longest) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long left = longest;
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            left -= read;
            if (left < 0) {
                throw new DamagedFileException(entry.getName() + " in it is longer than " + longest + " bytes");
            }
            out.write(buffer, 0, read);
        }
    }
}
