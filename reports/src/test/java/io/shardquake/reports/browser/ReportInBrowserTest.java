package io.shardquake.reports.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.shardquake.reports.sample.SampleReports;
import io.shardquake.reports.sample.SampleRun;
import io.shardquake.reports.sample.SampleTraffic;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.support.ui.Select;

/** The sample run's report, opened from disk. Screenshots stay in {@code target/screenshots}. */
@Tag("browser")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ReportInBrowserTest {
  private static final String DRAWN_PIXELS =
      """
      [...document.querySelectorAll('.chart')].map((box) => {
        const canvas = box.querySelector('canvas');
        if (!canvas) return -1;
        const copy = document.createElement('canvas');
        copy.width = canvas.width;
        copy.height = canvas.height;
        const pen = copy.getContext('2d', { willReadFrequently: true });
        pen.drawImage(canvas, 0, 0);
        const bytes = pen.getImageData(0, 0, copy.width, copy.height).data;
        let drawn = 0;
        for (let i = 3; i < bytes.length; i += 4) if (bytes[i] !== 0) drawn++;
        return drawn;
      })""";

  private Path directory;
  private Browser browser;

  @BeforeAll
  void start(@TempDir Path temporary) throws IOException {
    directory = temporary;
    browser = Browser.start(directory.resolve("profile"));
    SampleReports.write(SampleRun.of(6_000, directory), directory);
  }

  @BeforeEach
  void open() {
    browser.open(directory.resolve("report.html"));
  }

  @AfterEach
  void consoleIsClean(TestInfo test) throws IOException {
    String name = test.getTestMethod().orElseThrow().getName();
    browser.screenshot(Path.of("target", "screenshots", name + ".png"));
    assertThat(browser.console()).as("console").isEmpty();
    assertThat(browser.evaluate("window.pwned === undefined"))
        .as("no data was run")
        .isEqualTo(true);
  }

  @AfterAll
  void stop() {
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void showsTheVerdictAndWhy() {
    assertThat(browser.find("#verdict").getText()).isEqualTo("INVALID");
    assertThat(browser.find("#verdict").isDisplayed()).isTrue();
    assertThat(browser.find("#reason").getText())
        .isEqualTo("linearizable: 1 of 53 keys is not linearizable");
    assertThat(browser.find(".command code").getText())
        .endsWith("shardquake run --target redis --contract linearizable --time 60s --seed 7");
  }

  @Test
  @SuppressWarnings("unchecked") // A script's array arrives as a List<Object>.
  void drawsEveryChart() {
    browser.run(
        "document.querySelectorAll('.chart').forEach((c) => c.scrollIntoView({behavior: 'instant'}))");
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> {
              browser.run(
                  "document.querySelectorAll('.chart').forEach((c) => { if (!c.querySelector('canvas'))"
                      + " c.scrollIntoView({behavior: 'instant'}); })");
              List<Object> drawn = (List<Object>) browser.evaluate(DRAWN_PIXELS);
              assertThat(drawn)
                  .hasSize(6)
                  .allSatisfy(pixels -> assertThat((Long) pixels).isGreaterThan(1000));
            });
  }

  @Test
  void opensAFindingWithItsProof() {
    WebElement finding = browser.find("#finding-0");
    assertThat(finding.findElements(By.cssSelector("svg .op"))).isEmpty();
    finding.findElement(By.tagName("summary")).click();
    await()
        .untilAsserted(
            () -> {
              assertThat(browser.findAll("#finding-0 svg .op")).hasSizeGreaterThan(3);
              assertThat(browser.findAll("#finding-0 table")).hasSizeGreaterThanOrEqualTo(4);
            });
    assertThat(finding.getText())
        .contains("n4, which took over, answered the read with the value before it.")
        .contains("kill n1")
        .contains("n4 is master")
        .contains("log lines within two seconds");
    assertThat(browser.findAll("#finding-0 table").get(0).getText()).contains("write", "read");
  }

  @Test
  void tellsAllAboutAnOperationThatIsChosenWithTheKeyboard() {
    browser.find("#finding-0 > summary").sendKeys(Keys.ENTER);
    await().until(() -> !browser.findAll("#finding-0 svg .op").isEmpty());
    WebElement operation = browser.findAll("#finding-0 svg .op").get(0);
    browser.run("document.querySelector('#finding-0 svg .op').focus()");
    new Actions(browser.driver()).sendKeys(Keys.ENTER).perform();
    assertThat(operation.isDisplayed()).isTrue();
    assertThat(browser.find("dialog").getText()).contains("Operation", "Key", "Slot", "Invoked");
    new Actions(browser.driver()).sendKeys(Keys.ESCAPE).perform();
    await().until(() -> browser.findAll("dialog").isEmpty());
  }

  @Test
  void tellsWhatBlocksTheOperationThatFitsNowhere() {
    browser.find("#finding-0 > summary").click();
    await().until(() -> !browser.findAll("#finding-0 tbody tr.pick").isEmpty());
    browser.findAll("#finding-0 tbody tr.pick").get(2).click();
    assertThat(browser.find("dialog").getText())
        .contains("Fits nowhere", "after the last write: the register holds a later value");
    browser.find("dialog header button").click();
    browser.findAll("#finding-0 tbody tr.pick").get(0).click();
    assertThat(browser.find("dialog").getText())
        .contains("Step 1 of 2 of the longest partial linearization");
  }

  @Test
  void showsHostileKeysAsTextAndRunsNothing() {
    for (String key : SampleTraffic.HOSTILE_KEYS) {
      WebElement filter = browser.find("#operations input[type=search]");
      filter.clear();
      browser.run(
          "const f = document.querySelector('#operations input[type=search]');"
              + "f.value = JSON.parse('"
              + jsonInScript(key)
              + "'); f.dispatchEvent(new Event('input'));");
      List<WebElement> rows = browser.findAll("#operations tbody tr");
      assertThat(rows).as("operations on %s", key).isNotEmpty();
      rows.get(0).click();
      assertThat(browser.findAll("dialog script, dialog img, dialog b")).isEmpty();
      browser.find("dialog header button").click();
    }
    assertThat(browser.findAll("main script, main img")).isEmpty();
    assertThat(browser.evaluate("document.querySelectorAll('script').length")).isEqualTo(3L);
  }

  /** A JSON string of ASCII without quotes or backslashes that a script's literal would take. */
  private static String jsonInScript(String text) {
    StringBuilder json = new StringBuilder("\"");
    text.chars().forEach(c -> json.append("\\\\u%04x".formatted(c)));
    return json.append('"').toString();
  }

  @Test
  void filtersOperations() {
    new Select(browser.findAll("#operations select").get(2)).selectByValue("info");
    String status = browser.find("#operations .pager [role=status]").getText();
    assertThat(status).matches("1–\\d+ of \\d{1,3}");
    assertThat(browser.findAll("#operations tbody tr"))
        .isNotEmpty()
        .allSatisfy(row -> assertThat(row.getText()).contains("info"));
    browser.find("#operations input[inputmode=numeric]").sendKeys("0-5460");
    assertThat(browser.find("#operations .pager [role=status]").getText()).isNotEqualTo(status);
  }

  @Test
  void jumpsToTheFirstError() {
    browser.find("#first-error").click();
    await().until(() -> browser.findAll("#finding-0 svg .op").size() > 3);
    assertThat(browser.find("#finding-0").getDomAttribute("open")).isNotNull();
  }

  @Test
  void changesBetweenLightAndDark() {
    Object before = browser.evaluate("document.documentElement.dataset.theme");
    browser.find(".bar button").click();
    assertThat(browser.evaluate("document.documentElement.dataset.theme")).isNotEqualTo(before);
  }

  @Test
  void fitsANarrowScreen() {
    browser.driver().manage().window().setSize(new Dimension(420, 900));
    try {
      browser.open(directory.resolve("report.html"));
      assertThat((Long) browser.evaluate("document.documentElement.scrollWidth"))
          .isLessThanOrEqualTo((Long) browser.evaluate("window.innerWidth"));
    } finally {
      browser.driver().manage().window().setSize(new Dimension(1400, 1000));
    }
  }

  @Test
  void asksTheNetworkForNothing() {
    assertThat(browser.evaluate("performance.getEntriesByType('resource').length")).isEqualTo(0L);
  }
}
