package io.serai;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import org.springframework.stereotype.Component;

/** The walls of the house. */
@AnalyzeClasses(packages = "io.serai", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseTest {

    /** A stage is a bean that routes call by its name; it is named explicitly and extends or implements nothing. */
    private static final DescribedPredicate<JavaClass> STAGE = DescribedPredicate.describe(
            "stages", type -> type.tryGetAnnotationOfType(Component.class).filter(named -> !named.value().isEmpty()).isPresent()
                    && type.getRawInterfaces().isEmpty() && type.getRawSuperclass().filter(parent -> !parent.isEquivalentTo(Object.class)).isEmpty());

    @ArchTest
    static final ArchRule messagesKnowOnlyTheJdk =
            noClasses().that().resideInAPackage("io.serai.message").should().dependOnClassesThat().resideOutsideOfPackages("java..", "io.serai.message");

    @ArchTest
    static final ArchRule stagesKnowNoCamel = noClasses().that(STAGE).should().dependOnClassesThat().resideInAPackage("org.apache.camel..");

    @ArchTest
    static final ArchRule stagesNeverCallStages = classes().that(STAGE).should(new ArchCondition<>("depend on no other stage") {
        @Override
        public void check(JavaClass stage, ConditionEvents events) {
            stage.getDirectDependenciesFromSelf().stream()
                    .filter(dependency -> STAGE.test(dependency.getTargetClass().getBaseComponentType()) && !dependency.getTargetClass().equals(stage))
                    .forEach(dependency -> events.add(SimpleConditionEvent.violated(stage, dependency.getDescription())));
        }
    });

    @ArchTest
    static final ArchRule aStageHasOnePublicMethodAndItsName = classes().that(STAGE).should(new ArchCondition<>("have one public method, named like the bean") {
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
    });

    @ArchTest
    static final ArchRule roomsFormNoCircle = slices().matching("io.serai.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule namesAreWordsOfTheTrade = noClasses()
            .should().haveNameMatching(".*(Util|Utils|Helper|Manager|Impl|Service|DTO|Dto)")
            .orShould().resideInAnyPackage("..util..", "..common..", "..service..", "..manager..", "..helper..", "..impl..", "..dto..");
}
