package io.shardquake.architecture;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;

/** Which module may use which: the table of docs/how-it-works.md. */
@AnalyzeClasses(packages = "io.shardquake", importOptions = ImportOption.DoNotIncludeTests.class)
final class ModuleArrowsTest {

  @ArchTest
  static final ArchRule modulesUseOnlyWhatTheTableAllows =
      Architectures.layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("io.shardquake..")
          .layer("checkers")
          .definedBy("io.shardquake.checkers..")
          .layer("workloads")
          .definedBy("io.shardquake.workloads..")
          .layer("faults")
          .definedBy("io.shardquake.faults..")
          .layer("reference-node")
          .definedBy("io.shardquake.node..")
          .layer("reports")
          .definedBy("io.shardquake.reports..")
          .layer("harness")
          .definedBy("io.shardquake.harness..")
          .whereLayer("harness")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("workloads")
          .mayOnlyBeAccessedByLayers("harness")
          .whereLayer("faults")
          .mayOnlyBeAccessedByLayers("harness")
          .whereLayer("reports")
          .mayOnlyBeAccessedByLayers("harness")
          .whereLayer("reference-node")
          .mayOnlyBeAccessedByLayers("harness")
          .whereLayer("reference-node")
          .mayNotAccessAnyLayer()
          .whereLayer("checkers")
          .mayNotAccessAnyLayer()
          .withOptionalLayers(true)
          .because("each module must stay usable with only the modules below it");

  @ArchTest
  static final ArchRule packagesOfAModuleDoNotDependInCircles =
      slices()
          .matching("io.shardquake.(workloads|faults|reports|harness|node).(*)..")
          .should()
          .beFreeOfCycles()
          .because(
              "a notion that needs another that needs it is one notion: join the two packages, or"
                  + " move the shared type below both");
}
