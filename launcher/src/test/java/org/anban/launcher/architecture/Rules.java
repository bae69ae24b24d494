package org.anban.launcher.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The structure that the design asks for, each rule over the classes below one root package. */
final class Rules {
    private static final Set<String> WALL_CLOCKS = Set.of(
            "java.time.Instant.now",
            "java.time.LocalDate.now",
            "java.time.LocalDateTime.now",
            "java.time.OffsetDateTime.now",
            "java.time.ZonedDateTime.now",
            "java.time.Clock.systemUTC",
            "java.time.Clock.systemDefaultZone",
            "java.time.InstantSource.system",
            "java.lang.System.currentTimeMillis",
            "java.lang.Thread.sleep");

    private Rules() {}

    static Map<String, ArchRule> below(String root) {
        Map<String, ArchRule> rules = new LinkedHashMap<>();
        servicesDoNotKnowEachOther(root, rules);
        rules.put(
                "contracts know nobody",
                noClasses()
                        .that()
                        .resideInAPackage(root + ".contracts..")
                        .should()
                        .dependOnClassesThat(outside("java.", "org.jspecify.", root + ".contracts")));
        rules.put(
                "the log knows the contracts only",
                noClasses()
                        .that()
                        .resideInAPackage(root + ".log..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                root + ".kit..", root + ".gateway..", root + ".alert..", root + ".platform.."));
        rules.put(
                "the simulator is an independent witness",
                noClasses()
                        .that()
                        .resideInAPackage(root + ".simulator..")
                        .should()
                        .dependOnClassesThat(new DescribedPredicate<>("are another module's") {
                            @Override
                            public boolean test(JavaClass type) {
                                return type.getPackageName().startsWith(root + ".")
                                        && !type.getPackageName().startsWith(root + ".simulator");
                            }
                        }));
        rules.put(
                "packages have no cycles",
                slices().matching(root + ".(**)").should().beFreeOfCycles());
        rules.put(
                "time is an argument",
                classes()
                        .that()
                        .resideOutsideOfPackages(root + ".launcher..", root + ".simulator..")
                        .should(notCall(WALL_CLOCKS)));
        rules.put(
                "names say what a thing is",
                noClasses().should().haveNameMatching(".*\\w(Manager|Helper|Utils?|Impl|Base)(\\$.*)?"));
        rules.put("classes are final, abstract or sealed", classes().should(beClosed()));
        rules.put("there is no static state", classes().should(haveNoStaticState()));
        rules.put(
                "SQL stands in stores",
                noClasses()
                        .that()
                        .haveNameMatching(".*Routes(\\$.*)?")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("org.jdbi..", "java.sql.."));
        rules.put(
                "rules are pure",
                noClasses()
                        .that()
                        .resideInAPackage(root + ".alert.rule..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("org.jdbi..", "java.sql..", "io.vertx..", "java.io..", "java.net.."));
        return rules;
    }

    private static void servicesDoNotKnowEachOther(String root, Map<String, ArchRule> rules) {
        for (String service : new String[] {"gateway", "alert", "platform"}) {
            String[] others = java.util.stream.Stream.of("gateway", "alert", "platform", "launcher", "simulator")
                    .filter(other -> !other.equals(service))
                    .map(other -> root + "." + other + "..")
                    .toArray(String[]::new);
            rules.put(
                    service + " knows no other service",
                    noClasses()
                            .that()
                            .resideInAPackage(root + "." + service + "..")
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage(others));
        }
    }

    private static DescribedPredicate<JavaClass> outside(String... prefixes) {
        return new DescribedPredicate<>("are outside " + String.join(", ", prefixes)) {
            @Override
            public boolean test(JavaClass type) {
                JavaClass component = type.getBaseComponentType();
                for (String prefix : prefixes) {
                    if (component.getName().startsWith(prefix)) {
                        return false;
                    }
                }
                return !component.isPrimitive();
            }
        };
    }

    private static ArchCondition<JavaClass> notCall(Set<String> methods) {
        return new ArchCondition<>("not ask the system for the time, nor sleep") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (JavaAccess<?> call : type.getAccessesFromSelf()) {
                    String name = call.getTargetOwner().getName() + "." + call.getName();
                    boolean withClock = call.getTarget() instanceof AccessTarget.CodeUnitAccessTarget target
                            && target.getRawParameterTypes().stream()
                                    .anyMatch(t -> t.isAssignableTo(java.time.InstantSource.class));
                    if (methods.contains(name) && !withClock) {
                        events.add(SimpleConditionEvent.violated(call, call.getDescription()));
                    }
                }
            }
        };
    }

    private static ArchCondition<JavaClass> beClosed() {
        return new ArchCondition<>("be final, abstract or sealed") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (type.isInterface() || type.isEnum() || type.isAnonymousClass()) {
                    return;
                }
                boolean closed = type.getModifiers().contains(JavaModifier.FINAL)
                        || type.getModifiers().contains(JavaModifier.ABSTRACT)
                        || type.reflect().isSealed();
                if (!closed) {
                    events.add(SimpleConditionEvent.violated(type, type.getName() + " is open to extension"));
                }
            }
        };
    }

    private static ArchCondition<JavaClass> haveNoStaticState() {
        return new ArchCondition<>("have no static field that can change") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (JavaField field : type.getFields()) {
                    Set<JavaModifier> modifiers = field.getModifiers();
                    if (modifiers.contains(JavaModifier.STATIC)
                            && !modifiers.contains(JavaModifier.FINAL)
                            && !modifiers.contains(JavaModifier.SYNTHETIC)) {
                        events.add(SimpleConditionEvent.violated(field, field.getFullName() + " is static state"));
                    }
                }
            }
        };
    }
}
