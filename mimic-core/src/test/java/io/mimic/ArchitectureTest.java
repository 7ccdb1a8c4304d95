package io.mimic;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.jr.ob.JSON;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Which package may know which: the data goes one way. */
@AnalyzeClasses(packages = "io.mimic", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    /** Ground that every package stands on: what a failing store throws, what must not be kept, what is counted, how JSON is written. */
    private static final List<String> GROUND = List.of("store", "privacy", "metric", "json");

    /** Package → what it may know besides itself and the ground. Only {@code io.mimic} itself knows all. */
    private static final Map<String, List<String>> KNOWS = Map.ofEntries(
            Map.entry("store", List.of()),
            Map.entry("privacy", List.of()),
            Map.entry("metric", List.of()),
            Map.entry("json", List.of()),
            Map.entry("jdbc", List.of()),
            Map.entry("buffer", List.of("jdbc")),
            Map.entry("catalog", List.of("jdbc")),
            Map.entry("session", List.of("catalog")),
            Map.entry("project", List.of("catalog")),
            Map.entry("ingest", List.of("project", "session", "buffer", "catalog")),
            Map.entry("server", List.of("session", "buffer")),
            Map.entry("archive", List.of("buffer", "catalog")),
            Map.entry("asset", List.of("archive", "catalog", "project")),
            Map.entry("replay", List.of("archive", "buffer", "catalog")),
            Map.entry("embedded", List.of("jdbc", "buffer", "catalog", "archive")));

    @ArchTest
    static void packagesKnowOnlyWhatTheDesignLets(JavaClasses imported) {
        KNOWS.forEach((name, known) -> knowsOnly(name, known).check(imported));
    }

    @ArchTest
    static final ArchRule everyPackageIsInTheTable = classes()
            .that(resideInAPackage("io.mimic.."))
            .should()
            .resideInAnyPackage(
                    Stream.concat(Stream.of("io.mimic"), KNOWS.keySet().stream().map(name -> "io.mimic." + name + ".."))
                            .toArray(String[]::new));

    @ArchTest
    static final ArchRule storesAreInterfacesToTheRest = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.mimic.session..",
                    "io.mimic.project..",
                    "io.mimic.ingest..",
                    "io.mimic.archive",
                    "io.mimic.replay..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.mimic.buffer.*..", "io.mimic.catalog.*..", "io.mimic.archive.*..", "io.mimic.jdbc..");

    @ArchTest
    static final ArchRule jsonIsReadAndWrittenInStreams =
            noClasses().should().dependOnClassesThat(resideInAPackage("com.fasterxml.jackson.databind.."));

    /** Jackson's default keeps buffers in thread-locals, and with them the webapp's class loader on the container's threads. */
    @ArchTest
    static final ArchRule jsonLeavesNothingOnTheContainersThreads = noClasses()
            .that()
            .resideOutsideOfPackages("io.mimic.json..", "io.mimic.ingest..", "io.mimic.session..")
            .should()
            .callConstructor(JsonFactory.class)
            .orShould()
            .callMethod(JsonFactory.class, "builder")
            .orShould()
            .accessField(JSON.class, "std");

    @ArchTest
    static final ArchRule nothingIsPrinted =
            noClasses().should().accessField(System.class, "out").orShould().accessField(System.class, "err");

    @ArchTest
    static final ArchRule publicClassesAreFinal = classes()
            .that(describe("are public classes that someone could extend", ArchitectureTest::extensible))
            .should()
            .haveModifier(JavaModifier.FINAL);

    private static ArchRule knowsOnly(String name, List<String> known) {
        String[] allowed = Stream.of(List.of(name), GROUND, known)
                .flatMap(List::stream)
                .map(other -> "io.mimic." + other + "..")
                .toArray(String[]::new);
        return noClasses()
                .that(resideInAPackage("io.mimic." + name + ".."))
                .should()
                .dependOnClassesThat(resideInAPackage("io.mimic..").and(outside(allowed)));
    }

    private static DescribedPredicate<JavaClass> outside(String[] packages) {
        return describe(
                "outside of " + List.of(packages),
                type -> Stream.of(packages)
                        .noneMatch(name -> resideInAPackage(name).test(type)));
    }

    private static boolean extensible(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && !type.isInterface()
                && !type.isEnum()
                && !type.getModifiers().contains(JavaModifier.ABSTRACT)
                && !type.isAnonymousClass();
    }
}
