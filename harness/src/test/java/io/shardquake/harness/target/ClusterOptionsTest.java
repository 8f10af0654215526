package io.shardquake.harness.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ClusterOptionsTest {
  @Test
  void countsMastersAndReplicas() {
    assertThat(ClusterOptions.DEFAULT.nodeCount()).isEqualTo(6);
    assertThat(ClusterOptions.DEFAULT.withShape(5, 2).nodeCount()).isEqualTo(15);
  }

  @Test
  void refusesClustersThatCannotFailOver() {
    assertThatThrownBy(() -> ClusterOptions.DEFAULT.withShape(2, 1))
        .hasMessage("a cluster needs at least 3 masters to elect a replica, not 2");
    assertThatThrownBy(() -> ClusterOptions.DEFAULT.withShape(3, -1))
        .hasMessage("the number of replicas per master cannot be -1");
    assertThatThrownBy(() -> ClusterOptions.DEFAULT.withNodeTimeout(Duration.ofMillis(99)))
        .hasMessage("the node timeout must be at least 100 ms, not 99 ms");
  }
}
