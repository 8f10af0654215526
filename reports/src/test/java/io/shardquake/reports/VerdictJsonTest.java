package io.shardquake.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.shardquake.checkers.Evidence;
import io.shardquake.checkers.Finding;
import io.shardquake.checkers.Finding.Severity;
import io.shardquake.checkers.Validity;
import io.shardquake.checkers.Verdict;
import io.shardquake.checkers.history.History;
import io.shardquake.checkers.history.Value;
import io.shardquake.reports.sample.SampleRun;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VerdictJsonTest {
  private static final String SCHEMA = "/io/shardquake/reports/verdict.schema.json";
  private final VerdictJson json = new VerdictJson();

  private static void assertOfTheSchema(String document) throws IOException {
    try (InputStream in = VerdictJsonTest.class.getResourceAsStream(SCHEMA)) {
      JsonSchema schema =
          JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(in);
      assertThat(schema.validate(document, InputFormat.JSON)).isEmpty();
    }
  }

  private String rendered(SmallRun run) {
    return json.render(run.summary(), run.evidence(), run.verdict());
  }

  @Test
  void isOfThePublishedSchema() throws IOException {
    assertOfTheSchema(rendered(SmallRun.invalid()));
    assertOfTheSchema(rendered(SmallRun.unknown()));
    SampleRun sample = SampleRun.of(2_000, Path.of("runs", "sample"));
    assertOfTheSchema(json.render(sample.summary(), sample.evidence(), sample.verdict()));
  }

  @Test
  void isOfTheSchemaWhenOnlyAHistoryIsKnown() throws IOException {
    RunSummary run =
        RunSummary.ofHistory("etcd_000", Duration.ofSeconds(1), "linearizable", Path.of("."));
    Evidence evidence = Evidence.of(new History.Builder().build());
    assertOfTheSchema(
        json.render(run, evidence, Verdict.of("experiment", Validity.UNKNOWN, "nothing to check")));
  }

  @Test
  void refusesADocumentThatIsNotOfTheSchema() throws IOException {
    String broken = rendered(SmallRun.invalid()).replace("\"VIOLATION\"", "\"BAD\"");
    assertThatThrownBy(() -> assertOfTheSchema(broken)).hasMessageContaining("severity");
  }

  @Test
  void isWhatItWas() throws IOException {
    try (InputStream in = VerdictJsonTest.class.getResourceAsStream("verdict.golden.json")) {
      String golden = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(rendered(SmallRun.invalid())).isEqualTo(golden);
    }
  }

  @Test
  void publishesTheSameSchemaInTheDocumentation() throws IOException {
    try (InputStream in = VerdictJsonTest.class.getResourceAsStream(SCHEMA)) {
      assertThat(Path.of("..", "docs", "verdict.schema.json")).hasBinaryContent(in.readAllBytes());
    }
  }

  @Test
  void readsBackWhatItWrote(@TempDir Path directory) throws IOException {
    SmallRun run = SmallRun.invalid();
    Path file = directory.resolve(json.fileName());
    json.write(run.summary(), run.evidence(), run.verdict(), file);
    SavedVerdict saved = json.read(file);
    assertThat(saved.run()).isEqualTo(run.summary());
    assertThat(saved.verdict()).isEqualTo(run.verdict());
    assertThat(saved.operations()).isEqualTo(3);
  }

  @Test
  void survivesAnyText(@TempDir Path directory) throws IOException {
    String hostile = "</script>\"'\\\u0000\u001b[31m\u2028\u202e😀";
    Finding finding =
        new Finding("odd", Severity.VIOLATION, hostile, hostile, List.of(), Value.Mapping.EMPTY);
    SmallRun run = SmallRun.invalid().with(List.of(finding));
    Path file = directory.resolve(json.fileName());
    json.write(run.summary(), run.evidence(), run.verdict(), file);
    assertThat(json.read(file).verdict()).isEqualTo(run.verdict());
    assertOfTheSchema(Files.readString(file));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ | is not JSON",
        "{} | is not a verdict: 'version' is missing",
        "{\"version\": 99} | is not a verdict: it is of version 99, this program reads 1",
        "{\"version\": 1} | is not a verdict: 'run' is missing",
        "[] | is not a verdict: 'version' is missing"
      })
  void saysInOneLineWhatIsWrongWithAFile(String content, String complaint, @TempDir Path directory)
      throws IOException {
    Path file = Files.writeString(directory.resolve("verdict.json"), content);
    assertThatThrownBy(() -> json.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(complaint)
        .message()
        .doesNotContain("\n");
  }

  @Test
  void leavesTheOldFileWhenItCannotWrite(@TempDir Path directory) throws IOException {
    SmallRun run = SmallRun.valid();
    Path occupied = Files.createDirectory(directory.resolve("verdict.json"));
    Files.createFile(occupied.resolve("something"));
    assertThatThrownBy(() -> json.write(run.summary(), run.evidence(), run.verdict(), occupied))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot write " + occupied.toAbsolutePath());
    assertThat(directory)
        .isDirectoryContaining("glob:**verdict.json")
        .isDirectoryNotContaining("glob:**.draft");
  }
}
