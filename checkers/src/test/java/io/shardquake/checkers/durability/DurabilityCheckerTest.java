package io.shardquake.checkers.durability;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.checkers.Evidence;
import io.shardquake.checkers.Finding;
import io.shardquake.checkers.Limits;
import io.shardquake.checkers.Validity;
import io.shardquake.checkers.Verdict;
import io.shardquake.checkers.history.History;
import io.shardquake.checkers.history.Value;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class DurabilityCheckerTest {
  private static Verdict check(Evidence evidence) {
    return new DurabilityChecker(Allowance.of(Duration.ofSeconds(2)))
        .check(evidence, Limits.DEFAULT);
  }

  static Stream<Story> stories() {
    return Stream.of("kept.txt", "broken.txt").flatMap(file -> Story.read(file).stream());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stories")
  void tells(Story story) {
    Verdict verdict = check(story.evidence());

    List<String> kinds = verdict.findings().stream().map(Finding::kind).toList();
    assertThat(verdict.validity())
        .as("%s: %s", verdict.reason(), verdict.findings())
        .hasToString(story.expected().get(0));
    assertThat(kinds)
        .containsExactlyInAnyOrderElementsOf(story.expected().subList(1, story.expected().size()));
  }

  @Test
  void everyStoryFileHasAtLeastTen() {
    assertThat(Story.read("kept.txt")).hasSizeGreaterThanOrEqualTo(10);
    assertThat(Story.read("broken.txt")).hasSizeGreaterThanOrEqualTo(10);
  }

  @Test
  void measuresTheWindow() {
    Story story =
        Story.read("broken.txt").stream()
            .filter(
                s -> s.name().equals("a write acknowledged two seconds before the kill is gone"))
            .findFirst()
            .orElseThrow();

    Verdict verdict = check(story.evidence());

    assertThat(verdict.statistics().entries())
        .containsEntry("windowNanos", Value.of(2_000_000_000L))
        .containsEntry("lostWrites", Value.of(1))
        .containsEntry("failovers", Value.of(1));
    assertThat(verdict.reason()).contains("up to 2.000 s before the failure");
    assertThat(verdict.findings().get(0).explanation())
        .contains("n4 took over from n1", "before kill", "n4 showed 1 afterwards");
  }

  @Test
  void hasNothingToSayOfAnEmptyHistory() {
    Verdict verdict = check(Evidence.of(new History.Builder().build()));

    assertThat(verdict.validity()).isEqualTo(Validity.UNKNOWN);
  }
}
