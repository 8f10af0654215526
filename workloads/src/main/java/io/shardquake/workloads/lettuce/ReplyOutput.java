package io.shardquake.workloads.lettuce;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import io.shardquake.workloads.protocol.Reply;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects one reply, whatever its shape. Lettuce's decoder calls it from the connection's event
 * loop.
 */
final class ReplyOutput extends CommandOutput<byte[], byte[], Reply> {
  /** The arrays that are being read, the innermost first; not made for a reply without arrays. */
  private @Nullable Deque<List<Reply>> open;

  ReplyOutput() {
    // Lettuce's decoder swallows +QUEUED: a reply of which nothing is heard is that one.
    super(ByteArrayCodec.INSTANCE, Reply.QUEUED);
  }

  @Override
  public void set(@Nullable ByteBuffer bytes) {
    if (bytes == null) {
      add(Reply.Absent.ABSENT);
    } else {
      add(isOk(bytes) ? Reply.OK : new Reply.Text(copy(bytes)));
    }
  }

  @Override
  public void set(long integer) {
    add(new Reply.Int(integer));
  }

  @Override
  public void set(double number) {
    add(Reply.Text.of(Double.toString(number)));
  }

  @Override
  public void set(boolean value) {
    add(new Reply.Int(value ? 1 : 0));
  }

  @Override
  public void setError(@Nullable ByteBuffer error) {
    add(new Reply.Failure(error == null ? "" : text(error)));
  }

  /** By this Lettuce says why no reply came, which is not a reply. */
  @Override
  public void setError(String error) {}

  /** Errors are replies like others here; Lettuce must not act on them. */
  @Override
  public boolean hasError() {
    return false;
  }

  @Override
  public void multi(int count) {
    if (count < 0) {
      add(Reply.Absent.ABSENT);
      return;
    }
    if (open == null) {
      open = new ArrayDeque<>();
    }
    open.push(new ArrayList<>(Math.min(count, 1024)));
  }

  /** An array is complete when Lettuce is less deep than there are arrays open. */
  @Override
  public void complete(int depth) {
    while (open != null && open.size() > depth) {
      add(new Reply.Array(open.pop()));
    }
  }

  private void add(Reply reply) {
    if (open == null || open.isEmpty()) {
      output = reply;
    } else {
      open.element().add(reply);
    }
  }

  private static boolean isOk(ByteBuffer bytes) {
    int at = bytes.position();
    return bytes.remaining() == 2 && bytes.get(at) == 'O' && bytes.get(at + 1) == 'K';
  }

  private static byte[] copy(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    return copy;
  }

  private static String text(ByteBuffer bytes) {
    return StandardCharsets.UTF_8.decode(bytes).toString();
  }
}
