package io.a2al.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DataOptionTest {

    @Test
    void theEnvironmentNamesTheDirectoryOrItsParent() throws Exception {
        Map<String, String> both = Map.of("A2AL_HOME", "/srv/agent", "HOME", "/home/babel");

        assertThat(DataOption.defaultDirectory(both, "/root")).isEqualTo(Path.of("/srv/agent"));
        assertThat(DataOption.defaultDirectory(Map.of("HOME", "/home/babel"), "/root"))
                .isEqualTo(Path.of("/home/babel/.a2al"));
    }

    @Test
    void withoutHomeTheListOfUsersCounts() throws Exception {
        assertThat(DataOption.defaultDirectory(Map.of(), "/var/lib/babel")).isEqualTo(Path.of("/var/lib/babel/.a2al"));
        assertThat(DataOption.defaultDirectory(Map.of("HOME", "", "A2AL_HOME", ""), "/var/lib/babel"))
                .isEqualTo(Path.of("/var/lib/babel/.a2al"));
    }

    /** The JVM calls the home of a user that is not listed "?", which would be a directory of that name. */
    @Test
    void aUserWithoutAHomeIsToldHowToNameADirectory() {
        for (String unknown : new String[] {"?", ""}) {
            assertThatThrownBy(() -> DataOption.defaultDirectory(Map.of(), unknown))
                    .isInstanceOf(CommandException.class)
                    .hasMessage("no home directory for this user; name a directory with --data, or set A2AL_HOME");
        }
    }
}
