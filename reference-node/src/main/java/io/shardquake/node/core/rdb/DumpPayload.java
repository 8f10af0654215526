package io.shardquake.node.core.rdb;

import io.shardquake.node.core.value.EncodingLimits;
import io.shardquake.node.core.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The form in which DUMP gives a value away and RESTORE takes it. */
public final class DumpPayload {
  private static final int VERSION_LENGTH = 2;
  private static final int FOOTER_LENGTH = VERSION_LENGTH + 8;

  private DumpPayload() {}

  /** A value as one string. */
  public static byte[] of(Value value) {
    RdbOutput out = new RdbOutput();
    out.code(ValueWriter.code(value));
    ValueWriter.write(value, out);
    return signed(out);
  }

  private static byte[] signed(RdbOutput out) {
    out.int16(RdbCode.VERSION);
    out.int64(out.checksum());
    return out.take();
  }

  /** Libraries of functions as one string. */
  public static byte[] ofFunctions(List<byte[]> codes) {
    RdbOutput out = new RdbOutput();
    for (byte[] code : codes) {
      out.code(RdbCode.FUNCTION2);
      out.string(code);
    }
    return signed(out);
  }

  /**
   * The libraries of functions in an {@linkplain #isIntact intact} payload.
   *
   * @throws CorruptRdb if something else is in it
   */
  public static List<byte[]> functions(byte[] payload) throws CorruptRdb {
    RdbInput in = new RdbInput();
    in.feed(Arrays.copyOf(payload, payload.length - FOOTER_LENGTH));
    List<byte[]> codes = new ArrayList<>();
    try {
      while (in.mayRead()) {
        if (in.code() != RdbCode.FUNCTION2) {
          throw new CorruptRdb("given type is not a function");
        }
        codes.add(in.string());
        in.commit();
      }
    } catch (Underflow e) {
      throw new CorruptRdb("the payload ends within a function");
    }
    return codes;
  }

  /** Whether a payload has a version that can be read, and its checksum is right. */
  public static boolean isIntact(byte[] payload) {
    int body = payload.length - FOOTER_LENGTH;
    return body >= 0
        && LittleEndian.uint16(payload, body) <= RdbCode.VERSION
        && LittleEndian.int64(payload, body + VERSION_LENGTH)
            == Crc64.of(payload, body + VERSION_LENGTH);
  }

  /**
   * The value in an {@linkplain #isIntact intact} payload. What follows the value is ignored, as
   * Redis does.
   *
   * @throws CorruptRdb if there is none
   */
  public static Value read(byte[] payload, EncodingLimits limits) throws CorruptRdb {
    RdbInput in = new RdbInput();
    in.feed(Arrays.copyOf(payload, payload.length - FOOTER_LENGTH));
    try {
      ValueParser parser = ValueParser.of(in.code(), limits);
      in.commit();
      while (!parser.read(in)) {
        in.commit();
      }
      return parser.value().orElseThrow(() -> new CorruptRdb("a collection has no elements"));
    } catch (Underflow e) {
      throw new CorruptRdb("the payload ends within its value");
    }
  }
}
