package io.shardquake.faults.nemesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardquake.faults.Capabilities;
import io.shardquake.faults.injector.StandardFaults;
import io.shardquake.faults.plan.FaultKind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FaultCatalogueTest {
  private final FaultCatalogue catalogue = StandardFaults.catalogue();

  @Test
  void listsEveryKindWithWhatItMayBreak() {
    String listing = catalogue.listing(new Capabilities(Map.of()));

    assertThat(catalogue.kinds())
        .extracting(FaultKind::name)
        .startsWith("kill", "pause", "restart", "rolling-restart")
        .contains("partition", "delay", "bandwidth", "flap", "reset-connections", "slow-close");
    assertThat(listing)
        .contains("kill: kills processes without warning (SIGKILL); 'for' later they are started")
        .contains("  Commands under way get no answer, and may or may not have taken effect.")
        .doesNotContain("NOT HERE");
    assertThat(listing.lines()).allSatisfy(line -> assertThat(line.length()).isLessThan(100));
  }

  @Test
  void saysWhichKindsAreDrawnByNameOnly() {
    assertThat(catalogue.listing(new Capabilities(Map.of())))
        .contains("past the checksums of TCP\n  ONLY BY NAME: 'any' does not plan it.\n");
  }

  @Test
  void saysOfEachKindThatNeedsItThatAMechanismIsMissing() {
    assertThat(catalogue.listing(new Capabilities(Map.of("links", "one address only"))))
        .contains("or one way only\n  NOT HERE: one address only\n")
        .contains("arrive later, in order\n  NOT HERE: one address only\n")
        .doesNotContain("(SIGSTOP)\n  NOT HERE");
  }

  @Test
  void givesEveryKindValuesThatItTakesItself() {
    for (FaultKind kind : catalogue.kinds()) {
      kind.parameters()
          .forEach(
              (name, parameter) ->
                  assertThatCode(() -> parameter.form().check(parameter.usual()))
                      .as(kind.name() + " " + name)
                      .doesNotThrowAnyException());
      for (FaultKind.Aim aim : kind.aims()) {
        aim.parameters()
            .forEach(
                (name, value) ->
                    assertThatCode(() -> kind.parameters().get(name).form().check(value))
                        .as(kind.name() + " " + name + "=" + value)
                        .doesNotThrowAnyException());
      }
    }
  }

  @Test
  void saysWhatKeepsAKindFromBeingUsed() {
    assertThat(catalogue.listing(new Capabilities(Map.of("pause", "no permission to signal"))))
        .contains("pause: stops processes", "\n  NOT HERE: no permission to signal\n");
  }

  @Test
  void hasNoTwoKindsOfOneName() {
    Injector kill = catalogue.injector("kill").orElseThrow();

    assertThatThrownBy(() -> new FaultCatalogue(List.of(kill, kill)))
        .hasMessage("there are two kinds of fault called kill");
  }
}
