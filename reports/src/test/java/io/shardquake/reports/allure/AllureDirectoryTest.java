package io.shardquake.reports.allure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.shardquake.checkers.Validity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AllureDirectoryTest {
  @TempDir Path directory;

  private static AllureResult result(Validity validity, String seed, Map<String, Path> files) {
    return new AllureResult(
        "experiment x on redis",
        "x",
        validity,
        false,
        "because",
        1000 + Long.parseLong(seed),
        5000,
        Map.of("suite", "redis"),
        Map.of("seed", seed),
        List.of(new AllureResult.Step("kill bit on n1", true, 2000, 2000)),
        files);
  }

  private List<JsonNode> results() throws IOException {
    List<JsonNode> results = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(it -> it.toString().endsWith("-result.json")).toList()) {
        results.add(new ObjectMapper().readTree(file.toFile()));
      }
    }
    return results;
  }

  @Test
  void resultsOfTheSameExperimentShareTheirHistoryWhateverTheSeed() throws IOException {
    AllureDirectory allure = AllureDirectory.open(directory);
    allure.add(result(Validity.VALID, "1", Map.of()));
    allure.add(result(Validity.INVALID, "2", Map.of()));

    assertThat(results()).hasSize(2);
    assertThat(results().get(0).get("historyId")).isEqualTo(results().get(1).get("historyId"));
    assertThat(results().get(0).get("uuid")).isNotEqualTo(results().get(1).get("uuid"));
  }

  @Test
  void verdictsBecomeTheWordsOfAllure() throws IOException {
    AllureDirectory allure = AllureDirectory.open(directory);
    allure.add(result(Validity.VALID, "1", Map.of()));
    allure.add(result(Validity.INVALID, "2", Map.of()));
    allure.add(result(Validity.UNKNOWN, "3", Map.of()));

    assertThat(results())
        .extracting(it -> it.get("status").asText())
        .containsExactlyInAnyOrder("passed", "failed", "broken");
  }

  @Test
  void attachmentsAreCopiedAndMissingOnesLeftOut() throws IOException {
    Path log = Files.writeString(directory.resolve("harness.log"), "line\n");
    AllureDirectory.open(directory)
        .add(result(Validity.VALID, "1", Map.of("log", log, "page", directory.resolve("no.html"))));

    JsonNode attachments = results().get(0).get("attachments");
    assertThat(attachments).hasSize(1);
    assertThat(directory.resolve(attachments.get(0).get("source").asText())).hasContent("line");
  }

  @Test
  void failuresFallIntoCategories() throws IOException {
    AllureDirectory.open(directory);

    JsonNode categories =
        new ObjectMapper().readTree(directory.resolve("categories.json").toFile());
    assertThat(categories)
        .extracting(it -> it.get("name").asText())
        .contains("Lost write", "Unavailable", "Broken promise");
  }
}
