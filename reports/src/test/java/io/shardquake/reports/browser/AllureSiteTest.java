package io.shardquake.reports.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.shardquake.reports.allure.AllureReport;
import io.shardquake.reports.sample.SampleReports;
import io.shardquake.reports.sample.SampleRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The site that the Allure command line makes of a run's results, in a browser. The build unpacks
 * the command line to {@code target/allure}.
 */
@Tag("browser")
final class AllureSiteTest {
  private static final Path COMMAND_LINES = Path.of("target", "allure");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path directory;

  private static Path allure() throws IOException {
    Assumptions.assumeTrue(
        Files.isDirectory(COMMAND_LINES), "SKIPPED: no Allure command line in " + COMMAND_LINES);
    try (Stream<Path> found = Files.list(COMMAND_LINES)) {
      return found
          .map(it -> it.resolve("bin/allure"))
          .filter(Files::isRegularFile)
          .findFirst()
          .orElseThrow();
    }
  }

  private Path generate() throws IOException, InterruptedException {
    Path site = directory.resolve("site");
    ProcessBuilder builder =
        new ProcessBuilder(
                "sh",
                allure().toAbsolutePath().toString(),
                "generate",
                "--single-file",
                directory.resolve("allure-results").toString(),
                "--output",
                site.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("allure.log").toFile());
    // Otherwise the page asks a server of Google's for a script.
    builder.environment().put("ALLURE_NO_ANALYTICS", "true");
    Process process = builder.start();
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("Allure ended").isTrue();
    assertThat(process.exitValue()).as(Files.readString(directory.resolve("allure.log"))).isZero();
    return site.resolve("index.html");
  }

  @Test
  void allureShowsTheRunItsFaultsAndItsCategory() throws Exception {
    SampleRun run = SampleRun.of(2_000, directory);
    SampleReports.write(run, directory);
    AllureReport report = new AllureReport();
    report.write(
        run.summary(), run.evidence(), run.verdict(), directory.resolve(report.fileName()));
    Path site = generate();

    try (Browser browser = Browser.start(directory.resolve("profile"))) {
      browser.driver().get(site.toUri().toString());
      await()
          .atMost(PATIENCE)
          .ignoreExceptions()
          .until(() -> browser.find(".widgets-grid").isDisplayed());
      browser.screenshot(Path.of("target", "screenshots", "allure-overview.png"));
      browser.driver().get(site.toUri() + "#categories");
      await()
          .atMost(PATIENCE)
          .ignoreExceptions()
          .untilAsserted(
              () -> assertThat(browser.find(".tree").getText()).contains("Broken promise"));
      browser.screenshot(Path.of("target", "screenshots", "allure-categories.png"));
      assertThat(browser.console()).as("console").isEqualTo(List.of());
    }
  }
}
