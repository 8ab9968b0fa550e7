package io.a2al.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The types of {@code core} that an application meets in the library's signatures are those that the document lists.
 */
class CoreApiTest {

    private static final Set<String> EXPORTED = Set.of(
            "io.a2al.dht",
            "io.a2al.dht.debug",
            "io.a2al.dht.files",
            "io.a2al.dht.peers",
            "io.a2al.dht.result",
            "io.a2al.dht.transport");

    private static final Pattern LISTED = Pattern.compile("(?m)^\\| `(io\\.a2al\\.core[\\w.]*)` \\|");

    @Test
    void theDocumentListsTheTypesOfTheCoreThatTheLibraryExposes() throws Exception {
        Set<String> exposed = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("io.a2al.dht").stream()
                        .filter(type -> EXPORTED.contains(type.getPackageName()) && isVisible(type))
                        .flatMap(CoreApiTest::signatureTypes)
                        .filter(type -> type.getPackageName().startsWith("io.a2al.core"))
                        .map(type -> type.getName().replace('$', '.'))
                        .collect(Collectors.toCollection(TreeSet::new));
        String document = Files.readString(SourceTree.root().resolve("docs/decisions/core-api.md"));
        Set<String> listed = LISTED.matcher(document)
                .results()
                .map((MatchResult row) -> row.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(exposed).isNotEmpty().isEqualTo(listed);
    }

    private static boolean isVisible(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(CoreApiTest::isVisible).orElse(true);
    }

    private static Stream<JavaClass> signatureTypes(JavaClass type) {
        Stream<JavaType> members = Stream.concat(
                type.getCodeUnits().stream()
                        .filter(unit -> isVisible(unit.getModifiers()))
                        .flatMap(CoreApiTest::typesOf),
                type.getFields().stream()
                        .filter(field -> isVisible(field.getModifiers()))
                        .map(JavaField::getType));
        return members.flatMap(member -> member.getAllInvolvedRawTypes().stream());
    }

    private static Stream<JavaType> typesOf(JavaCodeUnit unit) {
        return Stream.concat(unit.getParameterTypes().stream(), Stream.of(unit.getReturnType()));
    }

    private static boolean isVisible(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }
}
