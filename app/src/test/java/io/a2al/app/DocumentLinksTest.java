package io.a2al.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Links of the documents lead to files, and to headings, that exist; every document can be reached from the index. */
class DocumentLinksTest {

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.+)$");

    private final Path root = SourceTree.root();

    private List<Path> documents() throws IOException {
        List<Path> found = new ArrayList<>();
        for (String place : List.of("docs", "examples", "deploy")) {
            Path folder = root.resolve(place);
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.walk(folder)) {
                    files.filter(file -> file.toString().endsWith(".md")).forEach(found::add);
                }
            }
        }
        try (Stream<Path> files = Files.list(root)) {
            files.filter(file -> file.toString().endsWith(".md")).forEach(found::add);
        }
        return found;
    }

    /** The links of a document to other files, without code blocks, in which brackets mean something else. */
    private static List<String> links(Path document) throws IOException {
        return LINK.matcher(withoutCode(document))
                .results()
                .map(link -> link.group(1))
                .filter(link -> !link.matches("[a-z]+:.*"))
                .toList();
    }

    private static String withoutCode(Path document) throws IOException {
        return Files.readString(document).replaceAll("(?s)```.*?```", "").replaceAll("`[^`\n]*`", "code");
    }

    /** The name that a heading has in a link: in lower case, without punctuation, hyphens for spaces. */
    private static Set<String> anchors(Path document) throws IOException {
        Set<String> anchors = new HashSet<>();
        HEADING.matcher(Files.readString(document))
                .results()
                .map((MatchResult heading) -> heading.group(1).toLowerCase(Locale.ROOT))
                .forEach(heading -> anchors.add(
                        heading.replaceAll("[^\\p{L}\\p{N} _-]", "").strip().replace(' ', '-')));
        return anchors;
    }

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path document : documents()) {
            for (String link : links(document)) {
                String[] parts = link.split("#", 2);
                Path target = parts[0].isEmpty()
                        ? document
                        : document.resolveSibling(parts[0]).normalize();
                boolean exists = Files.exists(target)
                        && (parts.length == 1 || anchors(target).contains(parts[1].toLowerCase(Locale.ROOT)));
                if (!exists) {
                    broken.add(root.relativize(document) + ": " + link);
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void everyDocumentIsReachedFromTheIndex() throws IOException {
        Set<Path> reached = new HashSet<>();
        List<Path> next = new ArrayList<>(List.of(root.resolve("docs/README.md")));
        while (!next.isEmpty()) {
            Path document = next.removeLast();
            if (document.toString().endsWith(".md") && Files.exists(document) && reached.add(document)) {
                for (String link : links(document)) {
                    next.add(document.resolveSibling(link.split("#", 2)[0]).normalize());
                }
            }
        }
        assertThat(documents().stream().filter(file -> file.startsWith(root.resolve("docs"))))
                .isNotEmpty()
                .allSatisfy(file -> assertThat(reached).contains(file));
    }
}
