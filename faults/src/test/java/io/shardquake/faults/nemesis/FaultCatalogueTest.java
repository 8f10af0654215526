package io.shardquake.faults.nemesis;

import static org.assertj.core.api.Assertions.assertThat;
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
        .containsExactly("kill", "pause", "restart", "rolling-restart");
    assertThat(listing)
        .contains("kill: kills processes without warning (SIGKILL); 'for' later they are started")
        .contains("  Commands under way get no answer, and may or may not have taken effect.")
        .doesNotContain("NOT HERE");
    assertThat(listing.lines()).allSatisfy(line -> assertThat(line.length()).isLessThan(100));
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
