package io.shardquake.checkers.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.checkers.Checker;
import io.shardquake.checkers.Finding;
import io.shardquake.checkers.Limits;
import io.shardquake.checkers.Verdict;
import io.shardquake.checkers.history.Value;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PromisesTest {
  private static final ClusterTerms TERMS = new ClusterTerms(3, 1, Duration.ofSeconds(2), true);

  static Stream<ContractStory> stories() {
    return ContractStory.read("contract.txt").stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stories")
  void tells(ContractStory story) {
    Checker checker =
        Promises.of(TERMS, List.of()).stream()
            .filter(promise -> promise.name().equals(story.expected().get(0)))
            .findFirst()
            .orElseThrow();

    Verdict verdict = checker.check(story.evidence(), Limits.DEFAULT);

    assertThat(verdict.validity()).as("%s", verdict).hasToString(story.expected().get(1));
    assertThat(verdict.findings().stream().map(Finding::kind))
        .as("%s", verdict.findings())
        .containsExactlyElementsOf(story.expected().subList(2, story.expected().size()));
  }

  @Test
  void everyCheckerHasAGoodStoryAndABadOne() {
    List<ContractStory> stories = stories().toList();
    for (Checker checker : Promises.of(TERMS, List.of())) {
      List<String> validities =
          stories.stream()
              .filter(story -> story.expected().get(0).equals(checker.name()))
              .map(story -> story.expected().get(1))
              .toList();
      assertThat(validities).as(checker.name()).contains("VALID", "INVALID");
    }
  }

  @Test
  void namesThePromises() {
    ContractStory story = ContractStory.read("contract.txt").get(0);
    Verdict verdict = new MinorityChecker(TERMS, List.of()).check(story.evidence(), Limits.DEFAULT);

    assertThat(verdict.statistics().entries()).containsEntry("promises", Value.of("I04 J03"));
  }

  @Test
  void aMinorityMayAnswerWhatIsAnsweredWhileTheClusterIsDown() {
    Checker checker = new MinorityChecker(TERMS, List.of("read"));

    assertThat(stories().filter(story -> story.expected().contains("served-by-minority")))
        .isNotEmpty()
        .allSatisfy(
            story ->
                assertThat(checker.check(story.evidence(), Limits.DEFAULT).findings()).isEmpty());
  }
}
