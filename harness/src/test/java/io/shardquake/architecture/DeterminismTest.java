package io.shardquake.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaParameterizedType;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What must give the same answer twice may neither look at a clock nor draw from a source of its
 * own: time and randomness are arguments there.
 */
final class DeterminismTest {

  /** Packages whose every answer follows from their arguments alone. */
  private static final String[] DETERMINISTIC = {
    "io.shardquake.workloads.cluster..",
    "io.shardquake.workloads.generator..",
    "io.shardquake.workloads.keys..",
    "io.shardquake.workloads.acknowledgement..",
    "io.shardquake.workloads.bank..",
    "io.shardquake.workloads.bigkeys..",
    "io.shardquake.workloads.counter..",
    "io.shardquake.workloads.expiry..",
    "io.shardquake.workloads.lock..",
    "io.shardquake.workloads.multikey..",
    "io.shardquake.workloads.queue..",
    "io.shardquake.workloads.replicaread..",
    "io.shardquake.workloads.set..",
    "io.shardquake.workloads.append..",
    "io.shardquake.workloads.mix..",
    "io.shardquake.workloads.register..",
    "io.shardquake.faults",
    "io.shardquake.faults.plan..",
    "io.shardquake.node.core..",
    "io.shardquake.harness.sim..",
  };

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.shardquake");

  /** A banned member of a class; the name may end in {@code *}. */
  record Banned(String owner, String member, String instead) {
    boolean matches(JavaAccess<?> access) {
      String name = access.getTarget().getName();
      boolean named =
          member.endsWith("*")
              ? name.startsWith(member.substring(0, member.length() - 1))
              : name.equals(member);
      return named && access.getTargetOwner().getFullName().equals(owner);
    }

    @Override
    public String toString() {
      return owner.substring(owner.lastIndexOf('.') + 1) + "." + member;
    }
  }

  static Stream<Banned> banned() {
    String time = "take the time as an argument (nowNanos)";
    String threads = "be a state machine that its caller drives";
    String random = "draw from the injected RandomSource";
    String order =
        "use List.of, an EnumMap, or a LinkedHash or Tree collection: its order is fixed";
    return Stream.of(
        new Banned("java.lang.System", "currentTimeMillis", time),
        new Banned("java.lang.System", "nanoTime", time),
        new Banned("java.time.Clock", "system*", time),
        new Banned("java.time.Instant", "now", time),
        new Banned("java.time.LocalDateTime", "now", time),
        new Banned("java.time.ZonedDateTime", "now", time),
        new Banned("java.lang.Thread", "*", threads),
        new Banned("java.util.concurrent.Executors", "*", threads),
        new Banned("java.util.concurrent.ThreadPoolExecutor", "*", threads),
        new Banned("java.util.concurrent.ForkJoinPool", "*", threads),
        new Banned("java.util.concurrent.CompletableFuture", "supplyAsync", threads),
        new Banned("java.util.concurrent.CompletableFuture", "runAsync", threads),
        new Banned("java.util.Timer", "*", threads),
        new Banned("java.util.concurrent.ThreadLocalRandom", "*", random),
        new Banned("java.lang.Math", "random", random),
        new Banned("java.util.Random", "<init>", random),
        new Banned("java.security.SecureRandom", "*", random),
        new Banned("java.util.UUID", "randomUUID", random),
        new Banned("java.util.Collection", "parallelStream", "use stream()"),
        new Banned("java.util.stream.BaseStream", "parallel", "use a sequential stream"),
        new Banned("java.util.Set", "of", order),
        new Banned("java.util.Set", "copyOf", order),
        new Banned("java.util.Map", "copyOf", order),
        new Banned("java.util.Map", "ofEntries", order),
        new Banned("java.util.IdentityHashMap", "*", order),
        new Banned("java.lang.System", "identityHashCode", order));
  }

  @ParameterizedTest
  @MethodSource("banned")
  void deterministicPackagesDoNotUse(Banned banned) {
    noClasses()
        .that()
        .resideInAnyPackage(DETERMINISTIC)
        .should()
        .accessTargetWhere(
            DescribedPredicate.describe(banned.toString(), access -> banned.matches(access)))
        .because("the same seed must give the same run; instead, " + banned.instead())
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void shufflingTakesItsRandomness() {
    noClasses()
        .that()
        .resideInAnyPackage(DETERMINISTIC)
        .should()
        .callMethod(java.util.Collections.class, "shuffle", List.class)
        .because("the same seed must give the same run; instead, shuffle with the RandomSource")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void hashContainersAreNotKeyedByWhatHashesByIdentity() {
    List<String> offending =
        CLASSES.stream()
            .filter(type -> resides(type))
            .flatMap(type -> type.getFields().stream())
            .filter(DeterminismTest::isHashContainerKeyedByIdentity)
            .map(JavaField::getFullName)
            .toList();
    Assertions.assertThat(offending)
        .as(
            "enums and classes without hashCode of their own hash differently in each JVM, so their"
                + " order differs: use an EnumMap, EnumSet, or a LinkedHash or Tree collection")
        .isEmpty();
  }

  private static boolean resides(JavaClass type) {
    return Stream.of(DETERMINISTIC)
        .anyMatch(pattern -> JavaClass.Predicates.resideInAPackage(pattern).test(type));
  }

  private static boolean isHashContainerKeyedByIdentity(JavaField field) {
    String raw = field.getRawType().getFullName();
    if (!raw.equals("java.util.HashMap") && !raw.equals("java.util.HashSet")) {
      return false;
    }
    if (!(field.getType() instanceof JavaParameterizedType parameterized)) {
      return true;
    }
    JavaType key = parameterized.getActualTypeArguments().get(0);
    JavaClass keyClass = key.toErasure();
    return keyClass.isEnum()
        || (!keyClass.isRecord()
            && keyClass.getFullName().startsWith("io.shardquake")
            && keyClass.tryGetMethod("hashCode").isEmpty());
  }
}
