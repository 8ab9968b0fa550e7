package io.a2al.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * No library of the program is one of the versions in .ci/advisories.txt. The list is compared as it is, without a
 * network; docs/decisions/quality-gates.md says who keeps it up to date.
 */
class AdvisoriesTest {

    /** What the program is made of, and what tests it. */
    private static final List<String> JARS =
            List.of(System.getProperty("java.class.path").split(Pattern.quote(File.pathSeparator)));

    private record Advisory(String name, String artifact, Version from, Version fixed) {

        static Advisory of(String line) {
            String[] words = line.split("\\s+");
            assertThat(words).as(line).hasSize(4);
            String artifact = words[1].substring(words[1].indexOf(':') + 1);
            return new Advisory(words[0], artifact, Version.parse(words[2]), Version.parse(words[3]));
        }

        /** Returns the version of this library in the file's name; empty if it is another library. */
        Optional<Version> versionIn(String jar) {
            Matcher name = Pattern.compile("(?:.*[/\\\\])?" + Pattern.quote(artifact) + "-(\\d[\\d.]*)[^/\\\\]*\\.jar")
                    .matcher(jar);
            return name.matches() ? Optional.of(Version.parse(name.group(1))) : Optional.empty();
        }

        Optional<String> findingIn(String jar) {
            return versionIn(jar)
                    .filter(version -> version.compareTo(from) >= 0 && version.compareTo(fixed) < 0)
                    .map(version -> artifact + " " + version + " has " + name + "; use " + fixed + " or later");
        }
    }

    private static List<Advisory> list() throws IOException {
        return Files.readAllLines(Checkout.root().resolve(".ci/advisories.txt")).stream()
                .filter(line -> !line.startsWith("#"))
                .map(Advisory::of)
                .toList();
    }

    private static List<String> findings(List<Advisory> advisories, List<String> jars) {
        return advisories.stream()
                .flatMap(advisory -> jars.stream().map(advisory::findingIn).flatMap(Optional::stream))
                .toList();
    }

    @Test
    void noLibraryHasAKnownWeakness() throws IOException {
        assertThat(findings(list(), JARS)).isEmpty();
    }

    /** Otherwise a renamed artifact would look as if it were mended. */
    @Test
    void everyListedLibraryIsThere() throws IOException {
        assertThat(list())
                .isNotEmpty()
                .allSatisfy(advisory ->
                        assertThat(JARS).anyMatch(jar -> advisory.versionIn(jar).isPresent()));
    }

    @Test
    void anAffectedVersionIsNamedWithItsRemedy() {
        List<Advisory> one = List.of(Advisory.of("CVE-1 org.example:lib 1.9 1.10.2"));

        assertThat(findings(one, List.of("/repository/lib-1.10.1.jar")))
                .containsExactly("lib 1.10.1 has CVE-1; use 1.10.2 or later");
        assertThat(findings(one, List.of("C:\\repository\\lib-1.9-linux-x86_64.jar")))
                .hasSize(1);
        assertThat(findings(one, List.of("lib-1.8.jar", "lib-1.10.2.jar", "other-lib-1.9.jar", "lib-more-1.9.jar")))
                .isEmpty();
    }
}
