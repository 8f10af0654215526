package io.shardquake.node.core.rdb;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Whole numbers with their least significant byte first. */
final class LittleEndian {
  private static final VarHandle INT64 =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT32 =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private LittleEndian() {}

  static int uint16(byte[] bytes, int at) {
    return (bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8;
  }

  static short int16(byte[] bytes, int at) {
    return (short) uint16(bytes, at);
  }

  static int int24(byte[] bytes, int at) {
    return uint16(bytes, at) | bytes[at + 2] << 16;
  }

  static int int32(byte[] bytes, int at) {
    return (int) INT32.get(bytes, at);
  }

  static long uint32(byte[] bytes, int at) {
    return int32(bytes, at) & 0xffffffffL;
  }

  static long int64(byte[] bytes, int at) {
    return (long) INT64.get(bytes, at);
  }

  static void putInt64(byte[] bytes, int at, long value) {
    INT64.set(bytes, at, value);
  }
}
