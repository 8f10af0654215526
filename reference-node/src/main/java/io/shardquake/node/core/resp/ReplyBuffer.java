package io.shardquake.node.core.resp;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Replies to one client, in the protocol it speaks, collected until the end of a turn. Each method
 * appends one reply, or the head of an aggregate whose elements follow. Not thread-safe.
 */
public final class ReplyBuffer {
  private static final byte[] CRLF = {'\r', '\n'};
  private static final int SMALL = 512;

  private byte[] buffer = new byte[SMALL];
  private int length;
  private boolean resp3;
  private boolean muted;
  private final Runnable whenBegun;

  /** A buffer that nobody waits for. */
  public ReplyBuffer() {
    this(() -> {});
  }

  /**
   * An empty buffer.
   *
   * @param whenBegun run when something comes into the empty buffer
   */
  public ReplyBuffer(Runnable whenBegun) {
    this.whenBegun = whenBegun;
  }

  /** Chooses the protocol of what is appended from now on: RESP3, or else RESP2. */
  public void speakResp3(boolean yes) {
    this.resp3 = yes;
  }

  public boolean isResp3() {
    return resp3;
  }

  /** While muted, everything appended is dropped (CLIENT REPLY). */
  public void mute(boolean yes) {
    this.muted = yes;
  }

  /** Number of bytes collected. */
  public int length() {
    return length;
  }

  /** Drops what was collected after {@code length}. */
  public void truncate(int toLength) {
    length = Math.min(length, toLength);
  }

  /** What is replied for a while to somebody else than the client: to its script. */
  public static final class Capture {
    private final int start;
    private final boolean wasResp3;
    private final boolean wasMuted;
    private byte[] bytes = new byte[0];

    private Capture(int start, boolean wasResp3, boolean wasMuted) {
      this.start = start;
      this.wasResp3 = wasResp3;
      this.wasMuted = wasMuted;
    }

    /** What was replied, once the capture has ended. */
    public byte[] bytes() {
      return bytes;
    }
  }

  /** Keeps what is appended from now on for itself, in a protocol of its own. */
  public Capture capture(boolean inResp3) {
    Capture capture = new Capture(length, resp3, muted);
    resp3 = inResp3;
    muted = false;
    return capture;
  }

  /** Takes what was appended since the capture began out of the buffer again. */
  public void endCapture(Capture capture) {
    capture.bytes = Arrays.copyOfRange(buffer, capture.start, length);
    length = capture.start;
    resp3 = capture.wasResp3;
    muted = capture.wasMuted;
  }

  /** Everything collected; the buffer is empty afterwards. */
  public byte[] take() {
    byte[] all = Arrays.copyOf(buffer, length);
    length = 0;
    if (buffer.length > 64 * 1024) {
      buffer = new byte[SMALL];
    }
    return all;
  }

  /** {@code +text}; the text must not hold a line end. */
  public void simple(String text) {
    line('+', text);
  }

  /** {@code +OK}. */
  public void ok() {
    simple("OK");
  }

  /** An error; the text starts with its code. Line ends in it become spaces, as Redis does. */
  public void error(String text) {
    line('-', text.replace('\r', ' ').replace('\n', ' '));
  }

  public void integer(long value) {
    number(':', value);
  }

  /** A byte string. */
  public void bulk(byte[] value) {
    number('$', value.length);
    raw(value);
    raw(CRLF);
  }

  /** A byte string given as text; encoded as UTF-8. */
  public void bulk(String value) {
    bulk(value.getBytes(StandardCharsets.UTF_8));
  }

  /** The absence of a byte string. */
  public void nullBulk() {
    ascii(resp3 ? "_\r\n" : "$-1\r\n");
  }

  /** The absence of an aggregate. */
  public void nullArray() {
    ascii(resp3 ? "_\r\n" : "*-1\r\n");
  }

  /** Head of an array of {@code count} elements, which follow. */
  public void array(int count) {
    number('*', count);
  }

  /** Head of a map of {@code count} pairs; keys and values follow in turn. */
  public void map(int count) {
    if (resp3) {
      number('%', count);
    } else {
      number('*', 2L * count);
    }
  }

  /** Head of a set of {@code count} elements, which follow. */
  public void set(int count) {
    number(resp3 ? '~' : '*', count);
  }

  /** Head of an out-of-band message of {@code count} elements, which follow. */
  public void push(int count) {
    number(resp3 ? '>' : '*', count);
  }

  public void bool(boolean value) {
    if (resp3) {
      ascii(value ? "#t\r\n" : "#f\r\n");
    } else {
      integer(value ? 1 : 0);
    }
  }

  /** A floating-point number, printed as C's {@code %.17g} prints it. */
  public void real(double value) {
    String text = RealNumber.format(value);
    if (resp3) {
      line(',', text);
    } else {
      bulk(text);
    }
  }

  /** A floating-point number with up to 17 decimals and no exponent. */
  public void plainReal(double value) {
    String text = new LongDouble(new BigDecimal(value)).format();
    if (resp3) {
      line(',', text);
    } else {
      bulk(text);
    }
  }

  /** A whole number of any size, given as its decimal digits. */
  public void bigNumber(String digits) {
    if (resp3) {
      line('(', digits);
    } else {
      bulk(digits);
    }
  }

  /** Text to be shown as it is; {@code format} has three letters ({@code txt}, {@code mkd}). */
  public void verbatim(String format, byte[] text) {
    if (!resp3) {
      bulk(text);
      return;
    }
    number('=', text.length + 4L);
    ascii(format + ":");
    raw(text);
    raw(CRLF);
  }

  /** An array of byte strings. */
  public void bulks(List<byte[]> values) {
    array(values.size());
    values.forEach(this::bulk);
  }

  /** Bytes that are a reply already. */
  public void raw(byte[] bytes) {
    if (muted) {
      return;
    }
    reserve(bytes.length);
    System.arraycopy(bytes, 0, buffer, length, bytes.length);
    length += bytes.length;
  }

  private void line(char lead, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    if (muted) {
      return;
    }
    reserve(bytes.length + 3);
    buffer[length++] = (byte) lead;
    System.arraycopy(bytes, 0, buffer, length, bytes.length);
    length += bytes.length;
    buffer[length++] = '\r';
    buffer[length++] = '\n';
  }

  private void ascii(String text) {
    raw(text.getBytes(StandardCharsets.US_ASCII));
  }

  private void number(char lead, long value) {
    if (muted) {
      return;
    }
    reserve(23);
    buffer[length++] = (byte) lead;
    if (value >= 0 && value < 10) {
      buffer[length++] = (byte) ('0' + value);
    } else {
      String digits = Long.toString(value);
      for (int i = 0; i < digits.length(); i++) {
        buffer[length++] = (byte) digits.charAt(i);
      }
    }
    buffer[length++] = '\r';
    buffer[length++] = '\n';
  }

  private void reserve(int more) {
    if (length == 0) {
      whenBegun.run();
    }
    if (buffer.length - length < more) {
      buffer = Arrays.copyOf(buffer, Math.max(Math.addExact(length, more), 2 * buffer.length));
    }
  }
}
