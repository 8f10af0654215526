package io.shardquake.node.core.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class SnapshotReceiverTest {
  private static final String MARK = "0123456789abcdef0123456789abcdef01234567";

  /** Feeds all bytes, cut at the given places; gives what was left over. */
  private static byte[] feed(SnapshotReceiver receiver, byte[] all, List<Integer> cuts) {
    int at = 0;
    for (int cut : cuts) {
      int next = Math.min(all.length, at + cut);
      if (next > at && !receiver.isComplete()) {
        byte[] rest = receiver.feed(Arrays.copyOfRange(all, at, next));
        at = next - rest.length;
      }
    }
    return receiver.isComplete() || at == all.length
        ? Arrays.copyOfRange(all, at, all.length)
        : receiver.feed(Arrays.copyOfRange(all, at, all.length));
  }

  private static byte[] collected(SnapshotReceiver receiver) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Optional<byte[]> piece = receiver.nextPiece();
        piece.isPresent();
        piece = receiver.nextPiece()) {
      out.writeBytes(piece.get());
    }
    return out.toByteArray();
  }

  @Property(tries = 300)
  void takesAsMuchAsWasAnnouncedHoweverItIsCut(
      @ForAll @Size(max = 300) byte[] snapshot,
      @ForAll @Size(max = 50) byte[] stream,
      @ForAll List<@IntRange(min = 1, max = 60) Integer> cuts) {
    SnapshotReceiver receiver = SnapshotReceiver.announcedBy("$" + snapshot.length).orElseThrow();
    byte[] all = Arrays.copyOf(snapshot, snapshot.length + stream.length);
    System.arraycopy(stream, 0, all, snapshot.length, stream.length);
    byte[] rest = feed(receiver, all, cuts);
    assertThat(receiver.isComplete()).isTrue();
    assertThat(collected(receiver)).isEqualTo(snapshot);
    assertThat(rest).isEqualTo(stream);
  }

  @Property(tries = 300)
  void findsTheMarkHoweverItIsCut(
      @ForAll @Size(max = 300) byte[] snapshot,
      @ForAll List<@IntRange(min = 1, max = 60) Integer> cuts) {
    SnapshotReceiver receiver = SnapshotReceiver.announcedBy("$EOF:" + MARK).orElseThrow();
    byte[] mark = MARK.getBytes(StandardCharsets.US_ASCII);
    byte[] all = Arrays.copyOf(snapshot, snapshot.length + mark.length);
    System.arraycopy(mark, 0, all, snapshot.length, mark.length);
    feed(receiver, all, cuts);
    assertThat(receiver.isComplete()).isTrue();
    assertThat(receiver.received()).isEqualTo(snapshot.length);
    assertThat(collected(receiver)).isEqualTo(snapshot);
  }

  @Test
  void knowsWhatAnnouncesNoSnapshot() {
    assertThat(SnapshotReceiver.announcedBy("-ERR no")).isEmpty();
    assertThat(SnapshotReceiver.announcedBy("$-1")).isEmpty();
    assertThat(SnapshotReceiver.announcedBy("$EOF:short")).isEmpty();
    assertThat(SnapshotReceiver.announcedBy("$99999999999999999999")).isEmpty();
  }
}
