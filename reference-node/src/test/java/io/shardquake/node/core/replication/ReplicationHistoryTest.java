package io.shardquake.node.core.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

final class ReplicationHistoryTest {
  private static final String OLD = "a".repeat(40);
  private static final String NEW = "b".repeat(40);

  @Test
  void aForkVouchesForTheFormerIdUpToItselfAndNoFurther() {
    ReplicationHistory history = new ReplicationHistory(OLD);
    history.advance(255);
    history.fork(NEW);
    assertThat(history.formerUpTo()).isEqualTo(256);
    history.advance(50);
    assertThat(history.includes(OLD, 256)).as("all that there was before the fork").isTrue();
    assertThat(history.includes(OLD, 257)).as("a byte that the former master wrote").isFalse();
    assertThat(history.includes(NEW, 300)).isTrue();
    assertThat(history.includes(NEW.toUpperCase(Locale.ROOT), 300)).isTrue();
  }

  @Test
  void anAdoptedHistoryHasNoFormerId() {
    ReplicationHistory history = new ReplicationHistory(OLD);
    history.fork(NEW);
    history.adopt(OLD, 1000);
    assertThat(history.id()).isEqualTo(OLD);
    assertThat(history.offset()).isEqualTo(1000);
    assertThat(history.formerId()).isEqualTo(ReplicationHistory.NO_ID);
    assertThat(history.includes(NEW, 1)).isFalse();
  }
}
