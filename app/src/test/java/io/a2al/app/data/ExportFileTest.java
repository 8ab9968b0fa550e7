package io.a2al.app.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.dht.files.DamagedFileException;
import io.a2al.dht.files.DataDirectory;
import io.a2al.dht.files.RecordFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Archives with entries that are longer than they may be, or than they claim. */
class ExportFileTest {

    private static final int LONGEST = 4096;

    /** Marks an entry in the directory at the end of an archive; its claimed length follows after some bytes. */
    private static final int DIRECTORY_ENTRY = 0x02014b50;

    private static final int CLAIMED_LENGTH = 24;

    @TempDir
    private Path folder;

    /** An archive of empty records and agents of this length, which compress well. */
    private Path archive(String name, int length) throws IOException {
        Path empty = folder.resolve("empty");
        new RecordFiles(folder.resolve("none"), _ -> {}).exportTo(empty);
        Path file = folder.resolve("archive");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (String entry : List.of("records", "agents")) {
                zip.putNextEntry(new ZipEntry(entry));
                zip.write(Files.readAllBytes(empty));
                if (entry.equals(name)) {
                    zip.write(new byte[length - Math.toIntExact(Files.size(empty))]);
                }
                zip.closeEntry();
            }
        }
        return file;
    }

    /** Lets every entry claim to be of one byte. */
    private static void claimLittle(Path file) throws IOException {
        ByteBuffer content = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < content.limit() - CLAIMED_LENGTH; at++) {
            if (content.getInt(at) == DIRECTORY_ENTRY) {
                content.putInt(at + CLAIMED_LENGTH, 1);
            }
        }
        Files.write(file, content.array());
    }

    private ExportFile.Moved read(Path file) throws IOException {
        try (DataDirectory open = DataDirectory.open(folder.resolve("data"))) {
            return ExportFile.read(file, open, new RecordFiles(open.storeFile(), _ -> {}), LONGEST);
        }
    }

    @ParameterizedTest
    @CsvSource({"records, false", "records, true", "agents, false", "agents, true"})
    void anEntryBeyondTheLimitIsNamedWhateverItClaims(String name, boolean claimsLittle) throws Exception {
        Path file = archive(name, LONGEST + 1);
        if (claimsLittle) {
            claimLittle(file);
        }

        assertThatThrownBy(() -> read(file))
                .isInstanceOf(DamagedFileException.class)
                .hasMessage(name + " in it is longer than 4096 bytes");
        try (Stream<Path> left = Files.list(folder.resolve("data"))) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .as("nothing of it is left")
                    .noneMatch(entry -> entry.startsWith("agents") || entry.endsWith(".tmp"));
        }
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void anEntryOfTheLimitIsTaken(boolean claimsLittle) throws Exception {
        Path file = archive("agents", LONGEST);
        if (claimsLittle) {
            claimLittle(file);
        }

        assertThat(read(file).files()).containsExactly("agents");
        assertThat(folder.resolve("data").resolve("agents")).hasSize(LONGEST);
    }
}
