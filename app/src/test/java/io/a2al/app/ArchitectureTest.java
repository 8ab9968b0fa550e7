package io.a2al.app;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.domain.JavaParameterizedType;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import io.a2al.core.store.RecordStore;
import io.a2al.core.time.KeyedDeadlines;
import io.a2al.protocol.record.RecordVerifier;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which packages may depend on which, and what the pure modules must not use. */
class ArchitectureTest {

    private static final String PROTOCOL = "io.a2al.protocol..";
    private static final String CORE = "io.a2al.core..";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("-tests.jar"))
            // Classes that JMH generates.
            .withImportOption(location -> !location.contains("jmh_generated"))
            .importPackages("io.a2al");

    private static GivenClassesConjunction noPureClass() {
        return noClasses().that().resideInAnyPackage(PROTOCOL, CORE);
    }

    @Test
    void theModulesAreAllLookedAt() {
        assertThat(Stream.of("protocol", "core", "dht", "conformance", "bench", "sim", "metrics", "http", "app"))
                .allSatisfy(module -> assertThat(CLASSES)
                        .anyMatch(type -> type.getPackageName().startsWith("io.a2al." + module)));
    }

    @Test
    void floorsUseOnlyFloorsBelow() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("io.a2al..")
                .layer("protocol")
                .definedBy(PROTOCOL)
                .layer("core")
                .definedBy(CORE)
                .layer("dht")
                .definedBy("io.a2al.dht..")
                .layer("conformance")
                .definedBy("io.a2al.conformance..")
                .layer("bench")
                .definedBy("io.a2al.bench..")
                .layer("sim")
                .definedBy("io.a2al.sim..")
                .layer("metrics")
                .definedBy("io.a2al.metrics..")
                .layer("http")
                .definedBy("io.a2al.http..")
                .layer("app")
                .definedBy("io.a2al.app..")
                .whereLayer("protocol")
                .mayNotAccessAnyLayer()
                .whereLayer("core")
                .mayOnlyAccessLayers("protocol")
                .whereLayer("dht")
                .mayOnlyAccessLayers("protocol", "core")
                .whereLayer("conformance")
                .mayOnlyAccessLayers("protocol", "core", "dht")
                .whereLayer("bench")
                .mayOnlyAccessLayers("protocol", "core", "dht")
                .whereLayer("sim")
                .mayOnlyAccessLayers("protocol", "core", "dht")
                .whereLayer("metrics")
                .mayOnlyAccessLayers("protocol", "core", "dht")
                .whereLayer("http")
                .mayOnlyAccessLayers("protocol", "core", "dht", "metrics")
                .whereLayer("app")
                .mayNotBeAccessedByAnyLayer()
                .check(CLASSES);
    }

    @Test
    void pureModulesHaveNoInputOrOutput() {
        noPureClass()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net..", "java.nio.channels..", "java.nio.file..", "java.util.logging..")
                .check(CLASSES);
    }

    @Test
    void pureModulesHaveNoThreadsOrLocks() {
        noPureClass()
                .should()
                .dependOnClassesThat(describe(
                        "are for threads",
                        type -> type.getPackageName().startsWith("java.util.concurrent")
                                || Set.of("java.lang.Thread", "java.lang.ThreadLocal", "java.util.Timer")
                                        .contains(type.getName())))
                .check(CLASSES);
    }

    @Test
    void pureModulesReadNoClock() {
        noPureClass()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.time.Clock")
                .orShould()
                .callMethodWhere(describe(
                        "a clock is read",
                        call -> isMethod(call, "java.lang.System", "nanoTime", "currentTimeMillis")
                                || (call.getTargetOwner().getPackageName().startsWith("java.time")
                                        && call.getTarget().getName().equals("now"))))
                .check(CLASSES);
    }

    /** Code may take a source of randomness as an argument, but not make one. */
    @Test
    void pureModulesMakeNoRandomness() {
        DescribedPredicate<JavaCall<?>> madeHere = describe(
                "a source of randomness is made or asked for",
                call -> isMethod(call, "java.lang.Math", "random")
                        || isMethod(call, "java.util.UUID", "randomUUID")
                        || isMethod(call, "java.util.random.RandomGenerator", "of", "getDefault")
                        || isMethod(call, "java.security.SecureRandom", "getInstance", "getInstanceStrong")
                        || (call.getTarget().getName().equals("<init>")
                                && call.getTargetOwner().isAssignableTo(RandomGenerator.class)));
        noPureClass()
                .should()
                .callCodeUnitWhere(madeHere)
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom")
                .check(CLASSES);
    }

    /**
     * Handling a message checks no signature, because the core has nothing to check one with. The shell around the core
     * checks what comes in before the core's turn, and signs what goes out after it.
     */
    @Test
    void d48_theCoreCannotCheckSignatures() {
        noClasses()
                .that()
                .resideInAPackage(CORE)
                .and()
                .resideOutsideOfPackage("io.a2al.core.shell")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.a2al.protocol.crypto..", "java.security..", "javax.crypto..")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName(RecordVerifier.class.getName())
                .check(CLASSES);
    }

    /** The store takes records that only the verifier makes, so that nothing is verified twice. */
    @Test
    void d05_verifiedRecordsComeFromTheVerifierOnly() {
        constructors()
                .that()
                .areDeclaredIn(VerifiedRecord.class)
                .should()
                .bePackagePrivate()
                .check(CLASSES);
        constructors()
                .that()
                .areDeclaredIn(VerifiedRecord.class)
                .should()
                .onlyBeCalled()
                .byClassesThat()
                .areAssignableTo(RecordVerifier.class)
                .check(CLASSES);
        methods()
                .that()
                .areDeclaredIn(RecordStore.class)
                .should()
                .notHaveRawParameterTypes(describe(
                        "contain an unverified record",
                        types -> types.stream().anyMatch(type -> type.isEquivalentTo(SignedRecord.class))))
                .check(CLASSES);
    }

    private static boolean isMethod(JavaCall<?> call, String owner, String... names) {
        CodeUnitCallTarget target = call.getTarget();
        return target.getOwner().getName().equals(owner) && List.of(names).contains(target.getName());
    }

    /** From the lowest layer to the highest; a package uses only packages of lower layers. */
    private static final List<Set<String>> CORE_LAYERS = List.of(
            Set.of("bounds", "statistics", "time"),
            Set.of("api"),
            Set.of("guard", "liveness", "store"),
            Set.of("rpc"),
            Set.of("routing"),
            Set.of("lookup"),
            Set.of("membership", "publish", "republish", "push", "nat"),
            Set.of("serve", "command"),
            Set.of(""),
            Set.of("shell"));

    @Test
    void packagesOfTheCoreUseOnlyLowerLayers() {
        assertThat(CLASSES.stream()
                        .map(JavaClass::getPackageName)
                        .filter(name -> name.startsWith("io.a2al.core"))
                        .map(ArchitectureTest::corePackage)
                        .distinct())
                .isSubsetOf(CORE_LAYERS.stream().flatMap(Set::stream).toList());
        assertThat(CLASSES.stream()
                        .filter(type -> type.getPackageName().startsWith("io.a2al.core"))
                        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                        .filter(use -> use.getTargetClass().getPackageName().startsWith("io.a2al.core"))
                        .filter(use -> !use.getOriginClass()
                                .getPackageName()
                                .equals(use.getTargetClass().getPackageName()))
                        .filter(use -> layerOf(use.getOriginClass()) <= layerOf(use.getTargetClass()))
                        .map(use -> use.getOriginClass().getName() + " uses "
                                + use.getTargetClass().getName())
                        .distinct())
                .isEmpty();
    }

    private static String corePackage(String name) {
        return name.equals("io.a2al.core") ? "" : name.substring("io.a2al.core.".length());
    }

    private static int layerOf(JavaClass type) {
        String name = corePackage(type.getPackageName());
        return IntStream.range(0, CORE_LAYERS.size())
                .filter(layer -> CORE_LAYERS.get(layer).contains(name))
                .findFirst()
                .orElseThrow();
    }

    /** The collaborators of a class are the classes of the core among its fields, without values and listeners. */
    @Test
    void noClassOfTheCoreHasMoreThanTwelveCollaborators() {
        assertThat(CLASSES.stream()
                        .filter(type -> type.getPackageName().startsWith("io.a2al.core"))
                        .filter(type -> !type.getSimpleName().equals("NodeCore"))
                        .filter(type -> collaborators(type) > 12)
                        .map(JavaClass::getName))
                .isEmpty();
    }

    private static long collaborators(JavaClass type) {
        return type.getFields().stream()
                .map(JavaField::getRawType)
                .filter(field -> field.getPackageName().startsWith("io.a2al.core"))
                .filter(field -> !field.isRecord() && !field.isEnum() && !field.isInterface())
                .distinct()
                .count();
    }

    @Test
    void noConstructorOfTheCoreHasMoreThanSevenParameters() {
        assertThat(CLASSES.stream()
                        .filter(type -> type.getPackageName().startsWith("io.a2al.core"))
                        .filter(type -> !type.isRecord() && !type.isEnum())
                        .flatMap(type -> type.getConstructors().stream())
                        .filter(made -> made.getRawParameterTypes().size() > 7)
                        .map(JavaConstructor::getFullName))
                .isEmpty();
    }

    /** Applies mostly to settings; statistics are made in one place, by name. */
    @Test
    void noRecordHasMoreThanSixComponentsOfOneNumberType() {
        assertThat(CLASSES.stream()
                        .filter(JavaClass::isRecord)
                        .filter(type -> type.getPackageName().matches("io.a2al.(core|dht|sim).*"))
                        .filter(type -> !type.getSimpleName().matches(".*(Statistics|Stats|Summary)"))
                        .filter(ArchitectureTest::hasManyAlike)
                        .map(JavaClass::getName))
                .isEmpty();
    }

    private static boolean hasManyAlike(JavaClass record) {
        return record.getFields().stream()
                .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC))
                .collect(Collectors.groupingBy(ArchitectureTest::kind, Collectors.counting()))
                .entrySet()
                .stream()
                .anyMatch(kind -> Set.of("number", "time").contains(kind.getKey()) && kind.getValue() > 6);
    }

    /** Returns one name for all types of numbers, because the compiler takes one for another. */
    private static String kind(JavaField field) {
        return switch (field.getRawType().getName()) {
            case "int", "long", "double" -> "number";
            case "java.time.Duration" -> "time";
            default -> "other";
        };
    }

    /** The rooms of dht do not use the API that is built on them. */
    @Test
    void roomsOfTheLibraryDoNotUseItsApi() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.a2al.dht.result..",
                        "io.a2al.dht.shell..",
                        "io.a2al.dht.transport..",
                        "io.a2al.dht.files..",
                        "io.a2al.dht.peers..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.a2al.dht")
                .check(CLASSES);
    }

    /** The room of a command uses what commands share, and no room of another command. */
    @Test
    void roomsOfTheProgramAreIndependent() {
        slices().matching("io.a2al.app.(*)..")
                .namingSlices("$1")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(
                        describe("any", type -> true),
                        describe(
                                "what commands share",
                                type -> Set.of("io.a2al.app.cli", "io.a2al.app.client", "io.a2al.app.config")
                                        .contains(type.getPackageName())))
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("io.a2al.app.*")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.a2al.app")
                .check(CLASSES);
    }

    /**
     * Strangers choose addresses, keys and the like, so they can choose many with one hash. A hash table orders such
     * keys where they can be compared, and finds one among them in a logarithm of their number instead of one by one.
     */
    @Test
    void keysOfHashTablesAreOrdered() {
        List<String> unordered = CLASSES.stream()
                .filter(type -> Stream.of("protocol", "core", "dht")
                        .anyMatch(module -> type.getPackageName().startsWith("io.a2al." + module)))
                .flatMap(type -> type.getFields().stream())
                .flatMap(field -> keyTypes(field.getType())
                        .filter(key -> !isOrdered(key))
                        .map(key -> field.getFullName() + " by " + key.getSimpleName()))
                .toList();
        assertThat(unordered).isEmpty();
    }

    /** The keys of maps and the elements of sets in a type and in its type arguments. */
    private static Stream<JavaClass> keyTypes(JavaType type) {
        if (!(type instanceof JavaParameterizedType parameterized)) {
            return Stream.empty();
        }
        List<JavaType> arguments = parameterized.getActualTypeArguments();
        JavaClass raw = type.toErasure();
        boolean isTable = raw.isAssignableTo(Map.class)
                || raw.isAssignableTo(Set.class)
                || raw.isAssignableTo(KeyedDeadlines.class);
        Stream<JavaClass> own = isTable ? Stream.of(arguments.getFirst().toErasure()) : Stream.empty();
        return Stream.concat(own, arguments.stream().flatMap(ArchitectureTest::keyTypes));
    }

    /** An object without value equality has a hash that no peer chooses. */
    private static boolean isOrdered(JavaClass key) {
        boolean hasValueEquality = !key.isEquivalentTo(Object.class)
                && (key.isRecord() || key.tryGetMethod("equals", Object.class).isPresent());
        return key.isAssignableTo(Comparable.class) || !hasValueEquality;
    }

    /**
     * A chroot or a container may have no list of mounted devices, and the JDK then cannot tell on which one a file is.
     */
    @Test
    void nothingDependsOnWhatIsMounted() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.nio.file.FileStore")
                .orShould()
                .callMethodWhere(describe(
                        "devices are asked for",
                        call -> Set.of("getFileStore", "getFileStores")
                                .contains(call.getTarget().getName())))
                .check(CLASSES);
    }

    @Test
    void modulesHaveNoCycles() {
        slices().matching("io.a2al.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.a2al.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void everyPackageSaysWhatItIsFor() {
        assertThat(CLASSES.getPackage("io.a2al").getSubpackagesInTree())
                .filteredOn(found -> !found.getClasses().isEmpty())
                .isNotEmpty()
                .allMatch(found -> found.tryGetPackageInfo().isPresent(), "has a package-info");
    }

    /** Without it, null checks would be off for the whole package. */
    @Test
    void everyPackageIsNullMarked() {
        assertThat(CLASSES.getPackage("io.a2al").getSubpackagesInTree())
                .filteredOn(found -> !found.getClasses().isEmpty())
                .extracting(JavaPackage::tryGetPackageInfo)
                .allSatisfy(info -> assertThat(info).isPresent())
                .allMatch(info -> info.orElseThrow().isAnnotatedWith("org.jspecify.annotations.NullMarked"));
    }

    @Test
    void classesOfOneFloorAreNamedByTheirModule() {
        assertThat(CLASSES)
                .extracting(JavaClass::getPackageName)
                .allMatch(name ->
                        name.matches("io\\.a2al\\.(protocol|core|dht|conformance|bench|sim|metrics|http|app)(\\..*)?"));
    }
}
