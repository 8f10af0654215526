package io.shardquake.node.core.bus;

import java.util.Arrays;
import java.util.Optional;

/** Cuts the bytes of a bus connection into messages. One per connection; not thread-safe. */
public final class BusFramer {
  /** Beyond this a length is no message's: the greatest carry one argument of a client. */
  private static final long LONGEST = 1L << 30;

  private byte[] buffer = new byte[0];
  private int position;
  private int limit;

  /** Whether the buffer came from outside, and so must not be written to. */
  private boolean borrowed;

  /** Thrown where the bytes are no bus messages; the connection must be closed. */
  public static final class NotABusMessage extends Exception {
    private static final long serialVersionUID = 1L;

    NotABusMessage(String message) {
      super(message, null, false, false);
    }
  }

  /** Adds bytes that arrived, which nobody may change any more. */
  public void feed(byte[] data) {
    if (position == limit) {
      // Most often a message comes as a whole, and alone.
      buffer = data;
      position = 0;
      limit = data.length;
      borrowed = true;
      return;
    }
    if (borrowed || buffer.length - limit < data.length) {
      int used = limit - position;
      byte[] target = buffer;
      if (borrowed || buffer.length - used < data.length) {
        target = new byte[Math.max(2 * buffer.length, Math.addExact(used, data.length))];
      }
      System.arraycopy(buffer, position, target, 0, used);
      buffer = target;
      borrowed = false;
      position = 0;
      limit = used;
    }
    System.arraycopy(data, 0, buffer, limit, data.length);
    limit += data.length;
  }

  /**
   * The next complete message's bytes; empty if more are needed.
   *
   * @throws NotABusMessage if they do not begin as one
   */
  public Optional<byte[]> next() throws NotABusMessage {
    if (limit - position < 8) {
      return Optional.empty();
    }
    if (buffer[position] != 'R'
        || buffer[position + 1] != 'C'
        || buffer[position + 2] != 'm'
        || buffer[position + 3] != 'b') {
      throw new NotABusMessage("a message without the signature RCmb");
    }
    long length = BusCodec.u32(buffer, position + 4);
    if (length < BusCodec.HEADER || length > LONGEST) {
      throw new NotABusMessage("a message of " + length + " bytes");
    }
    if (limit - position < length) {
      return Optional.empty();
    }
    boolean all = borrowed && position == 0 && limit == length && buffer.length == length;
    byte[] message = all ? buffer : Arrays.copyOfRange(buffer, position, position + (int) length);
    position += (int) length;
    return Optional.of(message);
  }
}
