package io.shardquake.harness.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.harness.serve.RunServer;
import io.shardquake.harness.serve.SampleStore;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What {@code serve} shows. Screenshots stay in {@code target/screenshots}. */
@Tag("browser")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ServeInBrowserTest {
  private Browser browser;
  private RunServer server;

  @BeforeAll
  void start(@TempDir Path directory) throws IOException {
    browser = Browser.start(directory.resolve("profile"));
    Path root = directory.resolve("runs");
    SampleStore.write(root);
    server = RunServer.start(root, 0);
  }

  @BeforeEach
  void open() {
    browser.open(server.address());
  }

  @AfterEach
  void consoleIsClean(TestInfo test) throws IOException {
    String name = "serve-" + test.getTestMethod().orElseThrow().getName();
    browser.screenshot(Path.of("target", "screenshots", name + ".png"));
    assertThat(browser.console()).as("console").isEmpty();
    assertThat(browser.evaluate("window.pwned === undefined"))
        .as("no data was run")
        .isEqualTo(true);
  }

  @AfterAll
  void stop() {
    if (server != null) {
      server.close();
    }
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void listsAndSearches() {
    assertThat(browser.texts("#runs tbody .verdict"))
        .containsExactly("VALID", "INVALID", "not judged", "VALID", "INVALID");

    browser.find("input[type=search]").sendKeys("lost-write");
    browser.follow(browser.find("form.search button"));

    assertThat(browser.texts("#runs tbody td:nth-child(2)")).containsExactly(SampleStore.LOST);
    assertThat(browser.find("input[type=search]").getDomProperty("value")).isEqualTo("lost-write");
  }

  @Test
  void opensARunAndItsReport() {
    browser.follow(browser.link(SampleStore.LOST));
    assertThat(browser.texts("#findings td"))
        .containsExactly(
            "VIOLATION", "lost-write", "write of 5 to key " + SampleStore.HOSTILE + " was lost");

    browser.follow(browser.link("Open report.html"));

    assertThat(browser.find("#verdict").getText()).isEqualTo("INVALID");
    assertThat(browser.find("html").getDomAttribute("data-ready"))
        .as("the report's own scripts run")
        .isEqualTo("true");
  }

  @Test
  void comparesTheTwoThatAreChosen() {
    browser.find("input[value='" + SampleStore.OLD + "']").click();
    browser.find("input[value='" + SampleStore.NEW + "']").click();
    browser.follow(browser.find("form[action='/compare'] button"));

    assertThat(browser.location().getPath()).isEqualTo("/compare");
    assertThat(browser.texts("#comparison thead a"))
        .containsExactly(SampleStore.NEW, SampleStore.OLD);
    assertThat(browser.texts("#comparison tr.differs th")).contains("verdict", "server");
    assertThat(browser.texts("#differences li"))
        .hasSize(1)
        .allMatch(line -> line.startsWith("B07 kept -> broken"));
  }
}
