package dev.oriel.gateway;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.oriel.capture.Area;
import dev.oriel.capture.ContentKey;
import dev.oriel.capture.Fingerprint;
import dev.oriel.capture.Fingerprints;
import dev.oriel.capture.Frame;
import dev.oriel.capture.FrameInfo;
import dev.oriel.capture.FrameMemory;
import dev.oriel.capture.Quality;
import dev.oriel.capture.SpaceId;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Sinks;

/** Holds the picture of the modules and the rules that every module keeps. */
class ArchitectureTest {

    private static final String PRESSURE = "dev.oriel.pressure..";
    private static final String CAPTURE = "dev.oriel.capture..";
    private static final String CACHE = "dev.oriel.cache..";
    private static final String OPTIMIZER = "dev.oriel.optimizer..";
    private static final String GATEWAY = "dev.oriel.gateway..";
    private static final String BENCHMARKS = "dev.oriel.benchmarks..";
    private static final int FEWEST_CLASSES = 150;

    private static JavaClasses oriel;

    @BeforeAll
    static void readAllClasses() {
        ImportOption noTestJars = location -> !location.contains("-tests.jar");
        oriel = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .withImportOption(noTestJars)
                .importPackages("dev.oriel");
    }

    private static void check(ArchRule rule) {
        rule.check(oriel);
    }

    @Test
    void seesTheClassesOfEveryModuleAndNoTests() {
        assertThat(oriel.size()).isGreaterThanOrEqualTo(FEWEST_CLASSES);
        assertThat(oriel.stream().map(JavaClass::getPackageName))
                .contains(
                        "dev.oriel.pressure",
                        "dev.oriel.pressure.linux",
                        "dev.oriel.capture",
                        "dev.oriel.capture.x11",
                        "dev.oriel.capture.jpeg",
                        "dev.oriel.capture.demo",
                        "dev.oriel.cache",
                        "dev.oriel.optimizer",
                        "dev.oriel.gateway");
        assertThat(oriel.stream().map(JavaClass::getSimpleName)).noneMatch(name -> name.endsWith("Test"));
    }

    @Test
    void modulesDependOnOneAnotherAsTheDesignSays() {
        check(layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("pressure-sensor")
                .definedBy(PRESSURE)
                .layer("capture-engine")
                .definedBy(CAPTURE)
                .layer("cache")
                .definedBy(CACHE)
                .layer("optimizer")
                .definedBy(OPTIMIZER)
                .layer("gateway")
                .definedBy(GATEWAY)
                .optionalLayer("benchmarks")
                .definedBy(BENCHMARKS)
                .whereLayer("pressure-sensor")
                .mayNotAccessAnyLayer()
                .whereLayer("capture-engine")
                .mayNotAccessAnyLayer()
                .whereLayer("cache")
                .mayOnlyAccessLayers("capture-engine")
                .whereLayer("optimizer")
                .mayOnlyAccessLayers("pressure-sensor", "cache", "capture-engine")
                .whereLayer("gateway")
                .mayOnlyAccessLayers("pressure-sensor", "cache", "capture-engine", "optimizer")
                .whereLayer("benchmarks")
                .mayNotBeAccessedByAnyLayer());
    }

    @Test
    void everyClassBelongsToAModule() {
        check(classes().should().resideInAnyPackage(PRESSURE, CAPTURE, CACHE, OPTIMIZER, GATEWAY, BENCHMARKS));
    }

    @Test
    void cacheAndCaptureDoNotKnowPressure() {
        check(noClasses()
                .that()
                .resideInAnyPackage(CACHE, CAPTURE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(PRESSURE, OPTIMIZER));
        check(noClasses().that().resideInAnyPackage(CACHE, CAPTURE).should().haveSimpleNameContaining("Pressure"));
    }

    @Test
    void cacheKnowsNothingOfCaptureButItsValues() {
        DescribedPredicate<JavaClass> values = belongToAnyOf(
                Frame.class,
                FrameInfo.class,
                FrameMemory.class,
                SpaceId.class,
                Quality.class,
                Area.class,
                ContentKey.class,
                Fingerprint.class,
                Fingerprints.class);
        check(noClasses()
                .that()
                .resideInAPackage(CACHE)
                .should()
                .dependOnClassesThat(resideInAPackage(CAPTURE).and(not(values))));
    }

    @Test
    void nativeCallsAreMadeInFewPlaces() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(
                        "dev.oriel.capture.x11",
                        "dev.oriel.capture.jpeg",
                        "dev.oriel.cache",
                        "dev.oriel.pressure.linux")
                .and()
                .doNotBelongToAnyOf(NativeHeap.class, Relaunch.class)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.sun.jna.."));
    }

    @Test
    void nettyAndThePrintedFormatsBelongToTheGateway() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(GATEWAY)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.netty..", "reactor.netty.."));
        check(noClasses()
                .that()
                .resideOutsideOfPackages(GATEWAY, BENCHMARKS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("tools.jackson..", "picocli.."));
    }

    @Test
    void reactorInternalsAreLeftAlone() {
        check(noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "sun..", "jdk.internal..", "io.netty.util.internal..", "reactor.util.concurrent..")));
    }

    @Test
    void theEnvironmentIsReadInOnePlace() {
        assertThat(whoUses(System.class, "getenv")).containsExactly("Main.main");
    }

    @Test
    void nobodyAsksForTheTimeOfDayButAClock() {
        assertThat(whoUses(Instant.class, "now")).isEmpty();
        assertThat(whoUses(LocalDateTime.class, "now")).isEmpty();
        assertThat(whoUses(System.class, "currentTimeMillis")).isEmpty();
        check(noClasses().should().dependOnClassesThat().belongToAnyOf(java.util.Date.class, java.util.Timer.class));
    }

    @Test
    void runningTimeIsHandedInWhereASystemIsPutTogether() {
        assertThat(whoCalls(System.class, "nanoTime")).containsExactly("SystemTime.nanos");
        assertThat(whoRefersTo(System.class, "nanoTime"))
                .containsExactly(
                        "AnalysisCache.open",
                        "CaptureEngine.start",
                        "FeedEndpoint.serve",
                        "FrameCache.open",
                        "Oriel.<init>",
                        "PressureSensors.system",
                        "Rehearsal.audience",
                        "Sources.failure",
                        "Sources.source",
                        "StressCommand.call");
    }

    @Test
    void nobodySleeps() {
        assertThat(whoUses(Thread.class, "sleep")).isEmpty();
    }

    @Test
    void theProcessEndsInOnePlace() {
        assertThat(whoUses(System.class, "exit")).containsExactly("Main.main");
        assertThat(whoRefersTo(System.class, "gc")).containsExactly("Oriel.start");
    }

    @Test
    void onlyMainKnowsHowLinesAreLogged() {
        check(noClasses()
                .that()
                .doNotHaveFullyQualifiedName(Main.class.getName())
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.util.logging.."));
    }

    @Test
    void onlyMainWritesToTheTerminal() {
        Set<String> writers = oriel.stream()
                .flatMap(type -> type.getFieldAccessesFromSelf().stream())
                .filter(access -> access.getTargetOwner().isEquivalentTo(System.class))
                .map(ArchitectureTest::origin)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(writers).containsExactly("Main.main");
    }

    @Test
    void nothingStaticCanChange() {
        check(fields().that().areStatic().should().beFinal());
        check(fields().that()
                .areStatic()
                .should()
                .notHaveRawType(describe(
                        "something that changes",
                        type -> Stream.of(
                                                "java.util.concurrent.atomic",
                                                "java.util.concurrent.locks",
                                                "reactor.core.scheduler",
                                                "reactor.core.publisher")
                                        .anyMatch(type.getPackageName()::equals)
                                // A way to a field of objects; it keeps nothing itself.
                                && !type.isEquivalentTo(AtomicIntegerFieldUpdater.class))));
    }

    @Test
    void everyPackageSaysThatNothingIsNull() {
        Set<String> unmarked = oriel.stream()
                .map(JavaClass::getPackage)
                .distinct()
                .filter(place -> !place.isAnnotatedWith(NullMarked.class))
                .map(place -> place.getName())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(unmarked).isEmpty();
    }

    @Test
    void sinksStayPrivate() {
        DescribedPredicate<JavaClass> sink =
                describe("a sink", type -> type.getName().startsWith(Sinks.class.getName()));
        Set<String> exposing = oriel.stream()
                .flatMap(type -> type.getMethods().stream())
                .filter(method -> !method.getModifiers().contains(JavaModifier.PRIVATE))
                .filter(method -> !method.getModifiers().contains(JavaModifier.SYNTHETIC))
                .filter(method -> sink.test(method.getRawReturnType())
                        || method.getRawParameterTypes().stream().anyMatch(sink))
                .map(JavaMethod::getFullName)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(exposing).isEmpty();
        check(fields().that().haveRawType(sink).should().bePrivate());
    }

    @Test
    void thereAreNoCorridors() {
        check(noClasses()
                .should()
                .resideInAnyPackage("..util..", "..utils..", "..common..", "..helper..", "..impl..", "..misc.."));
    }

    @Test
    void publicTypesOfTheGatewayAreItsCommandLineAlone() {
        check(classes()
                .that()
                .resideInAPackage(GATEWAY)
                .and()
                .areTopLevelClasses()
                .and()
                .arePublic()
                .should()
                .haveFullyQualifiedName(Main.class.getName()));
    }

    @Test
    void methodsThatWaitAreNotOfferedToOthers() {
        check(methods()
                .that()
                .arePublic()
                .and()
                .areDeclaredInClassesThat()
                .resideOutsideOfPackage(GATEWAY)
                .should()
                .notHaveRawReturnType(java.util.concurrent.Future.class));
    }

    private static Set<String> whoUses(Class<?> owner, String method) {
        Set<String> all = whoCalls(owner, method);
        all.addAll(whoRefersTo(owner, method));
        return all;
    }

    private static Set<String> whoCalls(Class<?> owner, String method) {
        return oriel.stream()
                .flatMap(type -> type.getMethodCallsFromSelf().stream())
                .filter(call -> isOf(call, owner, method))
                .map(ArchitectureTest::origin)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> whoRefersTo(Class<?> owner, String method) {
        return oriel.stream()
                .flatMap(type -> type.getMethodReferencesFromSelf().stream())
                .filter(reference -> isOf(reference, owner, method))
                .map(ArchitectureTest::origin)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isOf(JavaAccess<?> access, Class<?> owner, String method) {
        return access.getTargetOwner().isEquivalentTo(owner) && access.getName().equals(method);
    }

    private static String origin(JavaAccess<?> access) {
        JavaCodeUnit from = access.getOrigin();
        return from.getOwner().getSimpleName() + "." + from.getName();
    }
}
