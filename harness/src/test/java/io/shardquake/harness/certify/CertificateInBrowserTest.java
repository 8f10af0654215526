package io.shardquake.harness.certify;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.harness.browser.Browser;
import io.shardquake.harness.conformance.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The certificates of docs/certificates, as people open them. Screenshots stay in {@code
 * target/screenshots}.
 */
@Tag("browser")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CertificateInBrowserTest {
  private static final Path ALL = Path.of("..", "docs", "certificates");

  private Browser browser;

  @BeforeAll
  void start(@TempDir Path directory) {
    browser = Browser.start(directory.resolve("profile"));
  }

  @AfterAll
  void stop() {
    if (browser != null) {
      browser.close();
    }
  }

  @AfterEach
  void consoleIsClean(TestInfo test) throws IOException {
    String name = "certificate-" + test.getDisplayName().replaceAll("[^A-Za-z0-9.]+", "-");
    browser.screenshot(Path.of("target", "screenshots", name + ".png"));
    assertThat(browser.console()).as("console").isEmpty();
  }

  static List<Path> certificates() throws IOException {
    try (var entries = Files.list(ALL)) {
      return entries
          .filter(it -> Files.isRegularFile(it.resolve(CertificateJson.FILE)))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("certificates")
  void showsWhatItsJsonSays(Path home) throws Exception {
    CertificateJson.Read read = CertificateJson.read(home);
    Certificate certificate = read.certificate();
    assertThat(read.digest()).isEqualTo(certificate.digest());

    browser.open(home.resolve("certificate.html").toUri());

    assertThat(browser.find("h1").getText()).isEqualTo(certificate.subject().toString());
    assertThat(browser.find(".banner").getText())
        .contains(
            certificate.validity().toString(),
            certificate.count(Outcome.KEPT) + " promises kept",
            certificate.count(Outcome.BROKEN) + " broken");
    assertThat(browser.find("dl").getText()).contains(certificate.digest());
    assertThat(browser.texts("details summary")).hasSize(certificate.promises().size());
    certificate.promises().stream()
        .filter(entry -> entry.outcome() == Outcome.BROKEN)
        .forEach(
            entry ->
                assertThat(browser.find("#" + entry.id()).getText())
                    .as("what is broken lies open")
                    .contains(entry.detail()));

    browser.find("#A01 summary").click();
    assertThat(browser.find("#A01 pre").isDisplayed()).as("evidence opens").isTrue();
  }
}
