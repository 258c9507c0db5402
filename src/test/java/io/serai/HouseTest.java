package io.serai;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.stereotype.Component;

/** The walls of the house. */
class HouseTest {

    private static final JavaClasses HOUSE =
            new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("io.serai");

    /** A stage is a bean that routes call by its name; it is named explicitly and extends or implements nothing. */
    private static final DescribedPredicate<JavaClass> STAGE = DescribedPredicate.describe(
            "stages", type -> type.tryGetAnnotationOfType(Component.class).filter(named -> !named.value().isEmpty()).isPresent()
                    && type.getRawInterfaces().isEmpty() && type.getRawSuperclass().filter(parent -> !parent.isEquivalentTo(Object.class)).isEmpty());

    @Test
    void messagesKnowOnlyTheJdk() {
        noClasses().that().resideInAPackage("io.serai.message").should().dependOnClassesThat().resideOutsideOfPackages("java..", "io.serai.message").check(HOUSE);
    }

    @Test
    void stagesKnowNoCamel() {
        noClasses().that(STAGE).should().dependOnClassesThat().resideInAPackage("org.apache.camel..").check(HOUSE);
    }

    @Test
    void stagesNeverCallStages() {
        classes().that(STAGE).should(new ArchCondition<>("depend on no other stage") {
            @Override
            public void check(JavaClass stage, ConditionEvents events) {
                stage.getDirectDependenciesFromSelf().stream()
                        .filter(dependency -> STAGE.test(dependency.getTargetClass().getBaseComponentType()) && !dependency.getTargetClass().equals(stage))
                        .forEach(dependency -> events.add(SimpleConditionEvent.violated(stage, dependency.getDescription())));
            }
        }).check(HOUSE);
    }

    @Test
    void aStageHasOnePublicMethodAndItsName() {
        classes().that(STAGE).should(new ArchCondition<>("have one public method, named like the bean") {
            @Override
            public void check(JavaClass stage, ConditionEvents events) {
                String bean = stage.getAnnotationOfType(Component.class).value();
                List<String> methods = stage.getMethods().stream()
                        .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC) && !method.getModifiers().contains(JavaModifier.SYNTHETIC))
                        .map(JavaMethod::getName)
                        .toList();
                boolean kept = methods.equals(List.of(bean)) && stage.getSimpleName().equalsIgnoreCase(bean);
                events.add(new SimpleConditionEvent(stage, kept, stage.getName() + " is the bean '" + bean + "' with " + methods));
            }
        }).check(HOUSE);
    }

    @Test
    void roomsFormNoCircle() {
        slices().matching("io.serai.(*)..").should().beFreeOfCycles().check(HOUSE);
    }

    @Test
    void namesAreWordsOfTheTrade() {
        noClasses()
                .should().haveNameMatching(".*(Util|Utils|Helper|Manager|Impl|Service|DTO|Dto)")
                .orShould().resideInAnyPackage("..util..", "..common..", "..service..", "..manager..", "..helper..", "..impl..", "..dto..").check(HOUSE);
    }
}
