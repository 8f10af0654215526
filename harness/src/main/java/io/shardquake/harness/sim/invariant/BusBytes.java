package io.shardquake.harness.sim.invariant;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Reads what rules are about off messages of the bus, as they are on the wire. */
final class BusBytes {
  static final int FAIL = 3;
  static final int FAILOVER_AUTH_REQUEST = 5;
  static final int FAILOVER_AUTH_ACK = 6;
  static final int MFSTART = 8;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final int SIGNATURE = 0x52436d62;
  private static final int TYPE_AT = 12;
  private static final int CURRENT_EPOCH_AT = 16;
  private static final int SENDER_AT = 40;
  private static final int MESSAGE_FLAGS_AT = 2253;
  private static final int BODY_AT = 2256;
  private static final int FORCE_ACK = 2;
  private static final int ID_LENGTH = 40;

  private BusBytes() {}

  /** The number of the type of a message; -1 if this is none. */
  static int type(byte[] message) {
    return message.length >= BODY_AT && (int) INT.get(message, 0) == SIGNATURE
        ? (int) INT.get(message, TYPE_AT) >>> 16
        : -1;
  }

  /** The current epoch of its sender. */
  static long currentEpoch(byte[] message) {
    return (long) LONG.get(message, CURRENT_EPOCH_AT);
  }

  /** Whether a candidate demands the vote although its master is well. */
  static boolean isForced(byte[] message) {
    return (message[MESSAGE_FLAGS_AT] & FORCE_ACK) != 0;
  }

  /** The identifier of its sender. */
  static String sender(byte[] message) {
    return new String(message, SENDER_AT, ID_LENGTH, StandardCharsets.US_ASCII);
  }

  /** Who has failed, by a FAIL message. */
  static String failed(byte[] message) {
    return new String(message, BODY_AT, ID_LENGTH, StandardCharsets.US_ASCII);
  }
}
