package io.shardquake.reports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.shardquake.checkers.Evidence;
import io.shardquake.checkers.Validity;
import io.shardquake.checkers.Verdict;
import io.shardquake.checkers.history.History;
import io.shardquake.reports.sample.SampleReports;
import io.shardquake.reports.sample.SampleRun;
import io.shardquake.reports.sample.SampleTraffic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands in {@code report.html}; the sample's stays in {@code target/sample}. */
final class SampleReportTest {
  private static final Pattern SCRIPT =
      Pattern.compile("<script([^>]*)>(.*?)</script>", Pattern.DOTALL);
  private static final Path DIRECTORY = Path.of("target", "sample");

  private static String page(SampleRun run, Path directory) throws IOException {
    SampleReports.write(run, Files.createDirectories(directory));
    return Files.readString(directory.resolve("report.html"));
  }

  private static List<String> scripts(String page) {
    List<String> scripts = new ArrayList<>();
    Matcher matcher = SCRIPT.matcher(page);
    while (matcher.find()) {
      scripts.add(matcher.group(2));
    }
    return scripts;
  }

  private static JsonNode data(String page) throws IOException {
    return new ObjectMapper().readTree(scripts(page).get(0));
  }

  @Test
  void carriesTheRunItsFindingsAndTheirProof() throws IOException {
    JsonNode data = data(page(SampleRun.of(20_000, DIRECTORY), DIRECTORY));
    assertThat(data.at("/verdict/validity").asText()).isEqualTo("INVALID");
    assertThat(data.at("/operations/rows")).hasSize(20_000);
    assertThat(data.at("/notices")).isEmpty();
    JsonNode finding = data.at("/findings/0");
    assertThat(finding.at("/severity").asText()).isEqualTo("VIOLATION");
    assertThat(finding.at("/operations")).hasSize(3);
    assertThat(finding.at("/topology")).hasSize(3);
    assertThat(finding.at("/log").toString()).contains("Failover election won");
    assertThat(finding.at("/partial/blocked")).isEqualTo(finding.at("/operations/2"));
    assertThat(finding.at("/partial/order")).hasSize(2);
    assertThat(finding.at("/partial/obstacles/0").asText())
        .isEqualTo("after the last write: the register holds a later value");
    assertThat(data.at("/faults"))
        .extracting(fault -> fault.get("state").asText())
        .containsExactly("bit", "bit", "skipped", "missed", "pending");
    assertThat(data.at("/slotMap/observers")).hasSize(7);
    assertThat(data.at("/nodes/lanes")).hasSize(6);
  }

  @Test
  void holdsDataWithoutAnyMarkup(@TempDir Path directory) throws IOException {
    String page = page(SampleRun.of(6_000, directory), directory);
    List<String> scripts = scripts(page);
    assertThat(scripts).hasSize(3);
    assertThat(scripts.get(0)).doesNotContain("<", ">", "&", "'", "\u2028", "\u2029");
    assertThat(scripts.get(0).chars()).allMatch(c -> c >= 0x20 && c < 0x7f);
    assertThat(data(page).at("/operations/keys").toString())
        .contains("</script><script>window.pwned = true</script>");
    List<String> keys = new ArrayList<>();
    data(page).at("/operations/keys").forEach(key -> keys.add(key.asText()));
    assertThat(keys).containsAll(SampleTraffic.HOSTILE_KEYS);
  }

  @Test
  void allowsExactlyItsOwnScripts(@TempDir Path directory) throws Exception {
    String page = page(SampleRun.of(2_000, directory), directory);
    Matcher policy =
        Pattern.compile("Content-Security-Policy\" content=\"([^\"]*)\"").matcher(page);
    assertThat(policy.find()).isTrue();
    assertThat(policy.group(1)).startsWith("default-src 'none'; ").doesNotContain("unsafe", "http");
    for (String script : scripts(page).subList(1, 3)) {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
      assertThat(policy.group(1)).contains("'sha256-" + Base64.getEncoder().encodeToString(digest));
    }
  }

  @Test
  void escapesTheNameAndTheReasonWhereTheyStandAsMarkup(@TempDir Path directory)
      throws IOException {
    Path file = directory.resolve("report.html");
    String hostile = "</title><script>window.pwned = true</script> & \u202e\u0000";
    new HtmlReport()
        .write(
            RunSummary.ofHistory(hostile, Duration.ofSeconds(1), "linearizable", directory),
            Evidence.of(new History.Builder().build()),
            Verdict.of("experiment", Validity.UNKNOWN, hostile),
            file);
    String page = Files.readString(file);
    assertThat(scripts(page)).hasSize(3);
    assertThat(page.split("<script", -1)).hasSize(4);
    assertThat(page).contains("<title>UNKNOWN: &#60;/title&#62;");
  }

  @Test
  void isSmallForAMillionOperationsAndSaysWhatItLeavesOut(@TempDir Path directory)
      throws IOException {
    SampleRun run = SampleRun.of(1_000_000, directory);
    String page = page(run, directory);
    assertThat(page.length()).isLessThan(10_000_000);
    JsonNode data = data(page);
    assertThat(data.at("/operations/total").asInt()).isEqualTo(1_000_000);
    assertThat(data.at("/operations/rows").size()).isBetween(30_000, 40_000);
    assertThat(data.at("/notices/0").asText())
        .startsWith("Of 1,000,000 operations this page carries");
    assertThat(data.at("/series/ok").size()).isLessThanOrEqualTo(600);
    assertThat(data.at("/findings/0/operations")).hasSize(3);
  }

  @Test
  void isTheSameForTheSameRun(@TempDir Path one, @TempDir Path two) throws IOException {
    SampleRun run = SampleRun.of(2_000, one);
    String first = page(run, one);
    assertThat(page(run, two).equals(first)).as("the same page again").isTrue();
  }
}
