package io.a2al.dht.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SavedContactsTest {

    @TempDir
    private Path folder;

    private Path path;
    private SavedContacts saved;

    @BeforeEach
    void open() {
        path = folder.resolve("contacts.json");
        saved = new SavedContacts(path);
    }

    private static List<String> addresses(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "10.0.0." + i + ":4121").toList();
    }

    @Test
    void itIsAnObjectWithAList() throws Exception {
        saved.update(List.of("203.0.113.7:4121", "[2001:db8:0:0:0:0:0:1]:9"));
        assertThat(Files.readString(path).replaceAll("\\s", ""))
                .isEqualTo("{\"peers\":[\"203.0.113.7:4121\",\"[2001:db8:0:0:0:0:0:1]:9\"]}");
        assertThat(Files.readString(path)).endsWith("}\n");
        assertThat(saved.read()).containsExactly("203.0.113.7:4121", "[2001:db8:0:0:0:0:0:1]:9");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
    }

    @Test
    void theBestComeFirstAndOldOnesFillUp() throws Exception {
        saved.update(addresses(0, 50));
        saved.update(addresses(40, 80));
        assertThat(saved.read()).hasSize(64).startsWith("10.0.0.40:4121").endsWith("10.0.0.23:4121");
        saved.update(addresses(0, 100));
        assertThat(saved.read()).isEqualTo(addresses(0, 64));
    }

    @Test
    void aNodeWithoutContactsKeepsTheSavedOnes() throws Exception {
        saved.update(addresses(0, 3));
        saved.update(List.of());
        assertThat(saved.read()).isEqualTo(addresses(0, 3));
    }

    @Test
    void otherMembersDoNotMatter() throws Exception {
        Files.writeString(path, "{\"version\": {\"peers\": [1]}, \"peers\": [\"a:1\"], \"x\": [[]]}");
        assertThat(saved.read()).containsExactly("a:1");
        Files.writeString(path, "{\"peers\": null}");
        assertThat(saved.read()).isEmpty();
        Files.writeString(path, "{}");
        assertThat(saved.read()).isEmpty();
    }

    @Test
    void aMissingFileIsAnEmptyOne() throws Exception {
        assertThat(saved.read()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[]", "\"x\"", "{\"peers\": 7}", "{\"peers\": [7]}", "{\"peers\": [\"a:1\"", "not JSON"})
    void anythingElseIsReportedAndReplaced(String content) throws Exception {
        Files.writeString(path, content);
        assertThatThrownBy(saved::read)
                .isInstanceOf(IOException.class)
                .hasMessage("not a JSON object with a list of texts named \"peers\"");
        saved.update(addresses(0, 2));
        assertThat(saved.read()).isEqualTo(addresses(0, 2));
    }
}
