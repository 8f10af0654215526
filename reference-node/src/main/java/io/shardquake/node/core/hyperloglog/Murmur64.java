package io.shardquake.node.core.hyperloglog;

/** MurmurHash64A with the seed that Redis uses for HyperLogLogs. */
final class Murmur64 {
  private static final long SEED = 0xadc83b19L;
  private static final long M = 0xc6a4a7935bd1e995L;
  private static final int R = 47;

  private Murmur64() {}

  static long of(byte[] data) {
    long h = SEED ^ (data.length * M);
    int whole = data.length / 8 * 8;
    for (int i = 0; i < whole; i += 8) {
      long k = littleEndian(data, i, 8) * M;
      k ^= k >>> R;
      h = (h ^ (k * M)) * M;
    }
    if (whole < data.length) {
      h = (h ^ littleEndian(data, whole, data.length - whole)) * M;
    }
    h ^= h >>> R;
    h *= M;
    return h ^ (h >>> R);
  }

  private static long littleEndian(byte[] data, int at, int count) {
    long value = 0;
    for (int i = count - 1; i >= 0; i--) {
      value = (value << 8) | (data[at + i] & 0xff);
    }
    return value;
  }
}
