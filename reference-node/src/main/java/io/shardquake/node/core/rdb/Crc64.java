package io.shardquake.node.core.rdb;

/**
 * The checksum of RDB files and DUMP payloads: CRC-64 of Jones, reflected, with no initial or final
 * inversion. Not thread-safe.
 */
public final class Crc64 {
  private static final long POLYNOMIAL = 0x95AC9329AC4BC9B5L;
  private static final int STRIDE = 8;
  private static final long[][] TABLES = tables();

  private long value;

  /** The checksum of everything so far. */
  public long value() {
    return value;
  }

  /** Takes {@code bytes[from, to)} in. */
  public void update(byte[] bytes, int from, int to) {
    long crc = value;
    int i = from;
    for (; to - i >= STRIDE; i += STRIDE) {
      crc ^= LittleEndian.int64(bytes, i);
      crc =
          TABLES[7][(int) crc & 0xff]
              ^ TABLES[6][(int) (crc >>> 8) & 0xff]
              ^ TABLES[5][(int) (crc >>> 16) & 0xff]
              ^ TABLES[4][(int) (crc >>> 24) & 0xff]
              ^ TABLES[3][(int) (crc >>> 32) & 0xff]
              ^ TABLES[2][(int) (crc >>> 40) & 0xff]
              ^ TABLES[1][(int) (crc >>> 48) & 0xff]
              ^ TABLES[0][(int) (crc >>> 56)];
    }
    for (; i < to; i++) {
      crc = TABLES[0][(int) (crc ^ bytes[i]) & 0xff] ^ (crc >>> 8);
    }
    value = crc;
  }

  /** The checksum of {@code bytes[0, to)}. */
  public static long of(byte[] bytes, int to) {
    Crc64 crc = new Crc64();
    crc.update(bytes, 0, to);
    return crc.value();
  }

  /** {@code tables[n][b]}: what byte b does to the checksum when n more bytes follow it. */
  private static long[][] tables() {
    long[][] tables = new long[STRIDE][256];
    for (int i = 0; i < 256; i++) {
      long crc = i;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) != 0 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
      }
      tables[0][i] = crc;
    }
    for (int n = 1; n < STRIDE; n++) {
      for (int i = 0; i < 256; i++) {
        long crc = tables[n - 1][i];
        tables[n][i] = tables[0][(int) crc & 0xff] ^ (crc >>> 8);
      }
    }
    return tables;
  }
}
