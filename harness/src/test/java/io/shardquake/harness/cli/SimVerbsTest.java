package io.shardquake.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.checkers.Validity;
import io.shardquake.checkers.Verdict;
import io.shardquake.faults.plan.FaultPlan;
import io.shardquake.faults.plan.FaultPlanJson;
import io.shardquake.reports.VerdictJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A failing seed on its way from {@code sim} over {@code check} and {@code replay} to shrink. */
final class SimVerbsTest {
  private static final Pattern TRACE = Pattern.compile("trace ([0-9a-f]{16})");
  private static final Pattern FAILURE = Pattern.compile("fails with (\\S+: \\S+)");
  private static final List<String> FAILING =
      List.of(
          "--seed",
          "1",
          "--time",
          "10s",
          "--workload",
          "mixed",
          "--faults",
          "kill,pause,partition",
          "--defect",
          "ignore-hash-tags");

  @TempDir Path directory;
  private Answer failed;

  @BeforeEach
  void aSeedFails() {
    failed = answer("sim", FAILING, "--dir", directory.toString());
    failed.exits(1).says("INVALID  key-placement");
  }

  private static Answer answer(String verb, List<String> options, String... more) {
    List<String> words = new ArrayList<>(List.of(verb));
    words.addAll(options);
    words.addAll(List.of(more));
    return Answer.to(words);
  }

  private Path latest() {
    return directory.resolve("latest");
  }

  private static String trace(Answer answer) {
    Matcher found = TRACE.matcher(answer.err());
    assertThat(found.find()).as(answer.err()).isTrue();
    return found.group(1);
  }

  @Test
  void itsRunIsJudgedAgainAsItWasThen() {
    Answer.to(List.of("check", latest().toString())).exits(1).says("INVALID  key-placement");
  }

  @Test
  void whatWasSeenMeanwhileIsJudgedAgainToo() throws Exception {
    Path file = latest().resolve("observed.json");
    Verdict seen = new VerdictJson().readPart(file);
    assertThat(seen.parts()).extracting(Verdict::checker).contains("invariants", "simulation");
    Verdict worse = Verdict.of("invariants", Validity.INVALID, "something that nobody recorded");
    new VerdictJson().writePart(worse, file);
    Answer.to(List.of("check", latest().toString()))
        .exits(1)
        .says("something that nobody recorded");
  }

  @Test
  void itsRunGoesTheSameWayAgain() {
    Answer again =
        Answer.to(List.of("replay", latest().toString(), "--dir", directory.toString())).exits(1);
    assertThat(trace(again)).isEqualTo(trace(failed));
  }

  @Test
  void itIsMadeSmallerAndEndsAsATest() throws Exception {
    Answer shrunk =
        answer("shrink", FAILING, "--dir", directory.toString(), "--trials", "60", "--limit", "60s")
            .exits(1)
            .says("fails with", "the plan and a JUnit test are in");
    Matcher failure = FAILURE.matcher(shrunk.err() + shrunk.out());
    assertThat(failure.find()).isTrue();
    FaultPlan plan =
        FaultPlanJson.read(Files.readString(latest().resolve("plan.json")), "plan.json");
    assertThat(plan.faults()).isEmpty();
    assertThat(latest().resolve("ShrunkTest.java")).content().contains(failure.group(1));
  }
}
