package io.shardquake.node.core.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class BacklogTest {
  private static final int SIZE = 16 * 1024;

  /** Bytes of a stream, each of which tells its place. */
  private static byte[] stream(long from, int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) (((from + i) * 31) >>> 3);
    }
    return bytes;
  }

  @Property(tries = 200)
  void keepsTheLastBytesUnderTheirOffsets(
      @ForAll @LongRange(min = 0, max = 1L << 40) long begin,
      @ForAll @Size(max = 40) List<@IntRange(min = 1, max = 9000) Integer> pieces) {
    Backlog backlog = new Backlog(SIZE, begin);
    long end = begin;
    for (int piece : pieces) {
      byte[] padded = new byte[piece + 2];
      System.arraycopy(stream(end + 1, piece), 0, padded, 1, piece);
      backlog.append(padded, 1, piece);
      end += piece;
    }
    int kept = (int) Math.min(SIZE, end - begin);
    assertThat(backlog.length()).isEqualTo(kept);
    assertThat(backlog.firstOffset()).isEqualTo(end - kept + 1);
    assertThat(backlog.from(end - kept + 1)).isEqualTo(stream(end - kept + 1, kept));
    assertThat(backlog.from(end - kept / 3 + 1)).isEqualTo(stream(end - kept / 3 + 1, kept / 3));
    assertThat(backlog.reaches(end + 1)).as("the offset of the next byte").isTrue();
    assertThat(backlog.reaches(end + 2)).as("an offset of the future").isFalse();
    assertThat(backlog.reaches(end - kept)).as("an offset forgotten").isFalse();
  }

  @Test
  void keepsWhatFitsWhenItIsMadeSmaller() {
    Backlog backlog = new Backlog(4 * SIZE, 0);
    backlog.append(stream(1, 3 * SIZE), 0, 3 * SIZE);
    backlog.resize(SIZE);
    assertThat(backlog.firstOffset()).isEqualTo(2L * SIZE + 1);
    assertThat(backlog.from(backlog.firstOffset())).isEqualTo(stream(2L * SIZE + 1, SIZE));
    backlog.append(stream(3L * SIZE + 1, 100), 0, 100);
    assertThat(backlog.from(3L * SIZE + 1)).isEqualTo(stream(3L * SIZE + 1, 100));
  }

  @Test
  void keepsEverythingWhenItIsMadeLarger() {
    Backlog backlog = new Backlog(SIZE, 7);
    backlog.append(stream(8, SIZE), 0, SIZE);
    backlog.resize(3 * SIZE);
    backlog.append(stream(8L + SIZE, SIZE), 0, SIZE);
    assertThat(backlog.from(8)).isEqualTo(stream(8, 2 * SIZE));
  }

  @Test
  void keepsTheEndOfAPieceThatIsLargerThanItself() {
    Backlog backlog = new Backlog(SIZE, 0);
    backlog.append(stream(1, 2 * SIZE), 0, 2 * SIZE);
    byte[] expected = Arrays.copyOfRange(stream(1, 2 * SIZE), SIZE, 2 * SIZE);
    assertThat(backlog.from(SIZE + 1)).isEqualTo(expected);
  }
}
