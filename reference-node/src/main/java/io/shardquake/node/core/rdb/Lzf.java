package io.shardquake.node.core.rdb;

/** Undoes LZF, the compression of strings in RDB files. */
final class Lzf {
  /** What three bytes, the shortest long reference, can at most stand for, per byte. */
  private static final int GREATEST_RATIO = 88;

  private Lzf() {}

  /**
   * The original of compressed bytes. Takes no more memory than those bytes can honestly ask for.
   *
   * @param length that the original must have
   */
  static byte[] expand(byte[] compressed, long length) throws CorruptRdb {
    if (length > (long) compressed.length * GREATEST_RATIO || length > Integer.MAX_VALUE - 8) {
      throw new CorruptRdb(
          compressed.length + " compressed bytes cannot stand for " + length + " bytes");
    }
    byte[] out = new byte[(int) length];
    int in = 0;
    int at = 0;
    try {
      while (in < compressed.length) {
        int control = compressed[in++] & 0xff;
        if (control < 32) {
          System.arraycopy(compressed, in, out, at, control + 1);
          in += control + 1;
          at += control + 1;
          continue;
        }
        int count = control >>> 5;
        if (count == 7) {
          count += compressed[in++] & 0xff;
        }
        int from = at - (((control & 0x1f) << 8) | (compressed[in++] & 0xff)) - 1;
        // Byte by byte, because what is copied may overlap what it is copied to.
        for (int i = 0; i < count + 2; i++) {
          out[at++] = out[from++];
        }
      }
    } catch (IndexOutOfBoundsException e) {
      throw new CorruptRdb("a compressed string does not expand to its length");
    }
    if (at != out.length) {
      throw new CorruptRdb("a compressed string does not expand to its length");
    }
    return out;
  }
}
