package io.shardquake.faults.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class ShaperTest {
  private static final long MILLI = 1_000_000;
  private final Lane lane = new Lane(new Direction("n1", "n2", Plane.BUS));
  private final Shaper shaper = new Shaper(lane, new SplittableRandom(1));

  private static Impairment delay(long millis, long jitterMillis) {
    return Impairment.delaying(Duration.ofMillis(millis), Duration.ofMillis(jitterMillis));
  }

  @Test
  void addsTheDelay() {
    assertThat(shaper.release(5 * MILLI, 10, delay(100, 0))).isEqualTo(105 * MILLI);
  }

  @Property
  void staysWithinTheJitterAndInOrder(@ForAll @IntRange(min = 0, max = 100) int jitter) {
    Shaper own = new Shaper(lane, new SplittableRandom(jitter));
    long last = 0;
    for (int i = 0; i < 100; i++) {
      long now = i * MILLI;
      long release = own.release(now, 1, delay(100, jitter));
      assertThat(release)
          .isGreaterThanOrEqualTo(Math.max(last, now + (100 - jitter) * MILLI))
          .isLessThanOrEqualTo(Math.max(last, now + (100 + jitter) * MILLI));
      last = release;
    }
  }

  @Test
  void letsNoMoreThroughThanTheBandwidth() {
    Impairment narrow = Impairment.limiting(1000);

    assertThat(shaper.release(0, 500, narrow)).isEqualTo(500 * MILLI);
    assertThat(shaper.release(0, 500, narrow)).isEqualTo(1000 * MILLI);
    assertThat(shaper.release(5000 * MILLI, 100, narrow))
        .as("an idle wire saves nothing up")
        .isEqualTo(5100 * MILLI);
  }

  @Test
  void sharesTheBandwidthAmongConnections() {
    Shaper other = new Shaper(lane, new SplittableRandom(2));

    assertThat(shaper.release(0, 500, Impairment.limiting(1000))).isEqualTo(500 * MILLI);
    assertThat(other.release(0, 500, Impairment.limiting(1000))).isEqualTo(1000 * MILLI);
  }

  @Test
  void slicesForSlowWires() {
    assertThat(Shaper.slice(Impairment.limiting(1000))).isEqualTo(20);
    assertThat(Shaper.slice(Impairment.limiting(1))).isEqualTo(1);
    assertThat(Shaper.slice(Impairment.NONE)).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void addsImpairmentsUp() {
    Impairment both =
        delay(10, 5)
            .and(delay(20, 1))
            .and(Impairment.limiting(5))
            .and(Impairment.limiting(3))
            .and(Impairment.corrupting(0.5))
            .and(Impairment.dropping());

    assertThat(both.delay()).isEqualTo(Duration.ofMillis(30));
    assertThat(both.jitter()).isEqualTo(Duration.ofMillis(6));
    assertThat(both.bytesPerSecond()).isEqualTo(3);
    assertThat(both.corruption()).isEqualTo(0.5);
    assertThat(both.drop()).isTrue();
    assertThat(both.blackhole()).isFalse();
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertThatThrownBy(() -> delay(1, 2)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Impairment.limiting(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Impairment.corrupting(1.5))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Impairment.corrupting(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Impairment.closingLate(Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
