package org.anban.launcher.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule holds for the product, and each has been seen to fail: on the classes in {@code wrong}, made to break it. */
final class ArchitectureTest {
    private static final String WRONG = "org.anban.launcher.architecture.wrong";

    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("test-classes") && !location.contains("-tests.jar"))
            .importPackages("org.anban");
    private static final JavaClasses BROKEN = new ClassFileImporter().importPackages(WRONG);

    @ParameterizedTest
    @MethodSource("productRules")
    void theProductKeepsTheRule(ArchRule rule) {
        rule.allowEmptyShould(false).check(PRODUCT);
    }

    @ParameterizedTest
    @MethodSource("wrongRules")
    void theRuleNoticesWhatBreaksIt(ArchRule rule) {
        assertThat(rule.evaluate(BROKEN).hasViolation()).isTrue();
    }

    static Stream<Named<ArchRule>> productRules() {
        return named(Rules.below("org.anban"));
    }

    static Stream<Named<ArchRule>> wrongRules() {
        return named(Rules.below(WRONG));
    }

    private static Stream<Named<ArchRule>> named(Map<String, ArchRule> rules) {
        return rules.entrySet().stream().map(e -> Named.of(e.getKey(), e.getValue()));
    }
}
