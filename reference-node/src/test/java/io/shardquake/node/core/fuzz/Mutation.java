package io.shardquake.node.core.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.SplittableRandom;

/** Spoils good bytes in the ways that matter: bits, lengths, cuts, repetitions. */
public final class Mutation {
  private static final byte[] TELLING = {0, 1, -1, 127, -128, 0x40, (byte) 0x80, (byte) 0xc0, '9'};

  private Mutation() {}

  /** A file of the corpus. */
  public static byte[] corpus(String name) {
    try (InputStream in = Mutation.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalArgumentException("the corpus has no " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Good bytes with one to five faults. */
  public static byte[] of(byte[] good, SplittableRandom random) {
    byte[] bytes = good;
    for (int i = random.nextInt(1, 6); i > 0; i--) {
      bytes = once(bytes, random);
    }
    return bytes;
  }

  private static byte[] once(byte[] good, SplittableRandom random) {
    if (good.length == 0) {
      return new byte[] {(byte) random.nextInt()};
    }
    int at = random.nextInt(good.length);
    int end = at + random.nextInt(Math.min(good.length - at, 40) + 1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(good, 0, at);
    switch (random.nextInt(6)) {
      case 0 -> out.write(good[at] ^ (1 << random.nextInt(8)));
      case 1 -> out.write(TELLING[random.nextInt(TELLING.length)]);
      case 2 -> {
        return out.toByteArray(); // Cut off.
      }
      case 3 -> {
        out.write(good, at, end - at);
        out.write(good, at, good.length - at);
        return out.toByteArray(); // A piece comes twice.
      }
      case 4 -> {
        out.write(good, end, good.length - end);
        return out.toByteArray(); // A piece is missing.
      }
      default -> {
        for (int i = random.nextInt(1, 9); i > 0; i--) {
          out.write(TELLING[random.nextInt(TELLING.length)]);
        }
      }
    }
    out.write(good, at + 1, good.length - at - 1);
    return out.toByteArray();
  }
}
