package io.a2al.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tests that tables of the documentation name exist. */
class DocumentedTestsTest {

    /** A test class, perhaps with one of its methods, as it is written in the tables. */
    private static final Pattern NAMED_TEST = Pattern.compile("`(\\w+Test)(?:\\.(\\w+))?`");

    /** A method that the test engine runs; other annotations may stand between. */
    private static final Pattern TEST_METHOD =
            Pattern.compile("@(?:Parameterized|Repeated)?Test\\b.*?\\bvoid (\\w+)\\(", Pattern.DOTALL);

    /** Numbers are given by known-defects; one was not. */
    private static final int LAST_DEFECT = 55;

    private static final int UNUSED_DEFECT = 52;

    private static final int LAST_WEAKNESS = 20;

    private static final String BY_HAND = "by hand";

    private static final String NOT_APPLICABLE = "does not apply: ";

    private final Map<String, List<String>> tests = testsByClass();

    DocumentedTestsTest() throws IOException {}

    @Test
    void everyOperationOfTheOriginalInterfaceHasItsCounterpartAndItsTest() throws IOException {
        List<List<String>> rows = rows("api.md", "original");

        assertThat(rows).hasSizeGreaterThan(100);
        assertThat(rows)
                .filteredOn(row -> row.size() != 4 || row.contains("") || !namesTests(row.getLast()))
                .as("rows with an empty cell or without a test that exists")
                .isEmpty();
    }

    @Test
    void everyKnownDefectHasATestOfItsNumberOrAReasonWhyNot() throws IOException {
        List<List<String>> rows = rows("known-defects.md", "defect");

        assertThat(rows.stream().map(List::getFirst))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, LAST_DEFECT)
                        .filter(number -> number != UNUSED_DEFECT)
                        .mapToObj("D-%02d"::formatted)
                        .toList());
        assertThat(rows)
                .filteredOn(row -> row.size() != 3 || row.contains("") || !isProven(row.getFirst(), row.getLast()))
                .as("rows without a test of that number that exists, and without a reason why there is none")
                .isEmpty();
    }

    @Test
    void everyWeaknessOfOtherDaemonsThatIsListedHasATestOfItsNumber() throws IOException {
        List<List<String>> rows = rows("known-defects.md", "weakness");

        assertThat(rows.stream().map(List::getFirst))
                .isSubsetOf(IntStream.rangeClosed(1, LAST_WEAKNESS)
                        .mapToObj("A-%02d"::formatted)
                        .toList())
                .doesNotHaveDuplicates()
                .isSorted()
                .hasSizeGreaterThan(15);
        assertThat(rows)
                .filteredOn(row -> row.size() != 3 || row.contains("") || !isProven(row.getFirst(), row.getLast()))
                .as("rows without a test of that number that exists, and without a reason why there is none")
                .isEmpty();
    }

    @Test
    void everyFaultOfTheFieldHasATest() throws IOException {
        List<List<String>> rows = rows("known-defects.md", "item");

        assertThat(rows).hasSizeGreaterThan(15);
        assertThat(rows)
                .filteredOn(row -> row.size() != 4
                        || row.contains("")
                        || !(row.getLast().equals(BY_HAND) || namesTests(row.getLast())))
                .as("rows with an empty cell or without a test that exists")
                .isEmpty();
    }

    @Test
    void aNameWithoutATestIsReported() {
        assertThat(namesTests("`DocumentedTestsTest.aNameWithoutATestIsReported`"))
                .isTrue();
        assertThat(namesTests("`DocumentedTestsTest`")).isTrue();
        assertThat(namesTests("`DocumentedTestsTest.namesTests`")).isFalse();
        assertThat(namesTests("`DocumentedTestsTest`, `GoneTest`")).isFalse();
        assertThat(namesTests("tested by hand")).isFalse();
        assertThat(isAbout("D-05", "`XTest.d05_whatever`")).isTrue();
        assertThat(isAbout("D-05", "`D05XTest.whatever`")).isTrue();
        assertThat(isAbout("D-05", "`XTest.d06_whatever`")).isFalse();
        assertThat(isAbout("A-05", "`XTest.d05_whatever`")).isFalse();
        assertThat(isAbout("A-05", "`XTest.a05_whatever`")).isTrue();
    }

    private boolean namesTests(String cell) {
        boolean any = false;
        for (Matcher named = NAMED_TEST.matcher(cell); named.find(); any = true) {
            Optional<List<String>> methods = Optional.ofNullable(tests.get(named.group(1)));
            Optional<String> method = Optional.ofNullable(named.group(2));
            if (methods.isEmpty() || (method.isPresent() && !methods.get().contains(method.get()))) {
                return false;
            }
        }
        return any;
    }

    private boolean isProven(String defect, String evidence) {
        return evidence.startsWith(NOT_APPLICABLE) || (namesTests(evidence) && isAbout(defect, evidence));
    }

    private static boolean isAbout(String defect, String cell) {
        String number = defect.replace("-", "");
        return cell.contains("." + number.toLowerCase(Locale.ROOT) + "_") || cell.contains("`" + number);
    }

    /** The rows of all tables whose header begins with this cell. */
    private static List<List<String>> rows(String document, String header) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        boolean inside = false;
        for (String line : Files.readAllLines(SourceTree.root().resolve("docs").resolve(document))) {
            if (!line.startsWith("|")) {
                inside = false;
            } else {
                List<String> cells =
                        Stream.of(line.split("\\|", -1)).map(String::strip).toList();
                List<String> row = cells.subList(1, cells.size() - 1);
                if (inside && !row.getFirst().startsWith("---")) {
                    rows.add(row);
                }
                inside = inside || row.getFirst().equals(header);
            }
        }
        return rows;
    }

    private static Map<String, List<String>> testsByClass() throws IOException {
        Map<String, List<String>> found = new TreeMap<>();
        for (Path file : SourceTree.javaFiles("src/test/java")) {
            TreeSet<String> methods = new TreeSet<>();
            for (Matcher method = TEST_METHOD.matcher(Files.readString(file)); method.find(); ) {
                methods.add(method.group(1));
            }
            if (!methods.isEmpty()) {
                found.put(file.getFileName().toString().replace(".java", ""), List.copyOf(methods));
            }
        }
        return found;
    }
}
