package io.shardquake.harness.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The example project, built as a user would who knows Shardquake only as artefacts of a
 * repository. Maven starts with an empty local repository; what it needs from elsewhere it takes
 * from that of this build.
 */
final class ExampleProjectIT {
  private static final Path ROOT = Path.of(System.getProperty("shardquake.root", ".."));
  private static final String VERSION = System.getProperty("shardquake.version");
  private static final long LIMIT_MINUTES = 10;

  private static final String SETTINGS =
      """
      <settings>
        <localRepository>%1$s</localRepository>
        <profiles>
          <profile>
            <id>here</id>
            <repositories>
              <repository><id>published</id><url>%2$s</url>%4$s</repository>
              <repository><id>of-this-build</id><url>%3$s</url>%4$s</repository>
            </repositories>
            <pluginRepositories>
              <pluginRepository><id>of-this-build</id><url>%3$s</url>%4$s</pluginRepository>
            </pluginRepositories>
          </profile>
        </profiles>
        <activeProfiles><activeProfile>here</activeProfile></activeProfiles>
      </settings>
      """;

  private final Path work = Path.of("target", "example").toAbsolutePath();
  private final Path project = work.resolve("project");

  @BeforeEach
  void layOut() throws IOException {
    delete(work);
    Path published = work.resolve("published");
    publish(published, "shardquake", ROOT.resolve("pom.xml"), "pom");
    for (String module :
        List.of("checkers", "workloads", "faults", "reference-node", "reports", "harness")) {
      Path home = ROOT.resolve(module);
      String name = "shardquake-" + module;
      Path jar =
          module.equals("harness")
              ? home.resolve("target/shardquake.jar")
              : home.resolve("target/" + name + "-" + VERSION + ".jar");
      publish(published, name, home.resolve("pom.xml"), "pom");
      publish(published, name, jar, "jar");
    }
    copy(ROOT.resolve("docs/examples/junit"), project);
    Files.writeString(
        work.resolve("settings.xml"),
        SETTINGS.formatted(
            work.resolve("local"),
            published.toUri(),
            Path.of(System.getProperty("maven.repository")).toUri(),
            "<releases><checksumPolicy>ignore</checksumPolicy></releases>"));
  }

  @Test
  void theExamplePassesAndAFailureTellsAll() throws Exception {
    Process maven =
        new ProcessBuilder(
                ROOT.resolve("mvnw").toAbsolutePath().toString(),
                "--batch-mode",
                "--no-transfer-progress",
                "--settings",
                work.resolve("settings.xml").toString(),
                "-Dexcluded.groups=none",
                "test")
            .directory(project.toFile())
            .redirectErrorStream(true)
            .redirectOutput(work.resolve("maven.log").toFile())
            .start();
    try {
      assertThat(maven.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)).as("Maven ended").isTrue();
    } finally {
      maven.destroy();
    }
    String log = Files.readString(work.resolve("maven.log"));

    assertThat(log)
        .as("the test that is to pass passes, the one that is to fail fails")
        .contains("Tests run: 2, Failures: 1, Errors: 0, Skipped: 0")
        .contains("MinorityTest.aMinorityStopsServing");
    assertThat(log)
        .as("the failure tells its seed, where it is recorded, and what was found")
        .containsPattern(
            "seed 3, recorded in "
                + project
                + "/target/shardquake/example.MinorityTest/aMinorityStopsServing-seed-3,"
                + " traffic INVALID \\([^)]+\\).*expected: <VALID> but was: <INVALID>");
    assertThat(project.resolve("target/shardquake/example.MinorityTest"))
        .as("what is recorded can be judged again, and the nodes' logs are there")
        .isDirectoryRecursivelyContaining("glob:**/history.jsonl")
        .isDirectoryRecursivelyContaining("glob:**/logs/n1.log");
    assertThat(project.resolve("target/shardquake/example.FailoverTest"))
        .as("nothing is left of the test that passed")
        .isEmptyDirectory();
  }

  private static void publish(Path repository, String artefact, Path file, String kind)
      throws IOException {
    Path home =
        Files.createDirectories(
            repository.resolve("io/shardquake").resolve(artefact).resolve(VERSION));
    Files.copy(file, home.resolve(artefact + "-" + VERSION + "." + kind));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(it -> !from.relativize(it).startsWith("target")).toList()) {
        Path copy = to.resolve(from.relativize(file));
        Files.createDirectories(copy.getParent());
        if (Files.isRegularFile(file)) {
          Files.copy(file, copy);
        }
      }
    }
  }

  private static void delete(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
