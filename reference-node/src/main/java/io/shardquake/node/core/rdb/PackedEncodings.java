package io.shardquake.node.core.rdb;

import java.util.ArrayList;
import java.util.List;

/**
 * The elements of strings that hold many: listpacks, ziplists, zipmaps and sets of numbers. Every
 * length is checked against what is there, so that no bytes can ask for memory that they do not
 * have.
 */
final class PackedEncodings {
  private static final int END = 0xff;
  private static final int UNKNOWN_COUNT = 0xffff;

  private PackedEncodings() {}

  static List<byte[]> listpack(byte[] bytes) throws CorruptRdb {
    Packed in = new Packed(bytes, "listpack");
    if (in.uint32() != bytes.length) {
      throw in.broken("is not as long as it says");
    }
    int count = in.uint16();
    List<byte[]> elements = new ArrayList<>();
    while (true) {
      int start = in.position();
      int first = in.uint8();
      if (first == END) {
        break;
      }
      elements.add(listpackElement(in, first));
      in.skip(backLengthSize(in.position() - start));
    }
    return complete(in, elements, count);
  }

  private static byte[] listpackElement(Packed in, int first) throws CorruptRdb {
    if (first < 0x80) {
      return Packed.decimal(first);
    }
    if (first < 0xc0) {
      return in.string(first & 0x3f);
    }
    if (first < 0xe0) {
      int value = (first & 0x1f) << 8 | in.uint8();
      return Packed.decimal(value < 0x1000 ? value : value - 0x2000);
    }
    if (first < 0xf0) {
      return in.string((first & 0x0f) << 8 | in.uint8());
    }
    return switch (first) {
      case 0xf0 -> in.string(in.uint32());
      case 0xf1 -> Packed.decimal(in.int16());
      case 0xf2 -> Packed.decimal(in.int24());
      case 0xf3 -> Packed.decimal(in.int32());
      case 0xf4 -> Packed.decimal(in.int64());
      default -> throw in.broken("has an element that begins with " + first);
    };
  }

  /** How many bytes a listpack spends on saying backwards how long an element is. */
  private static int backLengthSize(int length) {
    if (length <= 127) {
      return 1;
    }
    if (length < 16_383) {
      return 2;
    }
    if (length < 2_097_151) {
      return 3;
    }
    return length < 268_435_455 ? 4 : 5;
  }

  static List<byte[]> ziplist(byte[] bytes) throws CorruptRdb {
    Packed in = new Packed(bytes, "ziplist");
    if (in.uint32() != bytes.length) {
      throw in.broken("is not as long as it says");
    }
    in.skip(4);
    int count = in.uint16();
    List<byte[]> elements = new ArrayList<>();
    while (true) {
      int before = in.uint8();
      if (before == END) {
        break;
      }
      if (before == 0xfe) {
        in.skip(4);
      }
      elements.add(ziplistElement(in, in.uint8()));
    }
    return complete(in, elements, count);
  }

  private static byte[] ziplistElement(Packed in, int first) throws CorruptRdb {
    if (first >>> 6 == 0) {
      return in.string(first);
    }
    if (first >>> 6 == 1) {
      return in.string((first & 0x3f) << 8 | in.uint8());
    }
    if (first >= 0xf1 && first <= 0xfd) {
      return Packed.decimal(first - 0xf1);
    }
    return switch (first) {
      case 0x80 -> in.string(in.uint32BigEndian());
      case 0xc0 -> Packed.decimal(in.int16());
      case 0xd0 -> Packed.decimal(in.int32());
      case 0xe0 -> Packed.decimal(in.int64());
      case 0xf0 -> Packed.decimal(in.int24());
      case 0xfe -> Packed.decimal(in.int8());
      default -> throw in.broken("has an element that begins with " + first);
    };
  }

  private static List<byte[]> complete(Packed in, List<byte[]> elements, int count)
      throws CorruptRdb {
    in.end();
    if (count != UNKNOWN_COUNT && count != elements.size()) {
      throw in.broken("has " + elements.size() + " elements but says " + count);
    }
    return elements;
  }

  /** Fields and values in turn. */
  static List<byte[]> zipmap(byte[] bytes) throws CorruptRdb {
    Packed in = new Packed(bytes, "zipmap");
    int count = in.uint8();
    List<byte[]> elements = new ArrayList<>();
    int first = in.uint8();
    while (first != END) {
      elements.add(in.string(zipmapLength(in, first)));
      long length = zipmapLength(in, in.uint8());
      int free = in.uint8();
      elements.add(in.string(length));
      in.skip(free);
      first = in.uint8();
    }
    in.end();
    if (count < 254 && count != elements.size() / 2) {
      throw in.broken("has " + elements.size() / 2 + " fields but says " + count);
    }
    return elements;
  }

  private static long zipmapLength(Packed in, int first) throws CorruptRdb {
    if (first == END) {
      throw in.broken("ends within an entry");
    }
    return first < 254 ? first : in.uint32();
  }

  static List<byte[]> intset(byte[] bytes) throws CorruptRdb {
    Packed in = new Packed(bytes, "set of numbers");
    long width = in.uint32();
    long count = in.uint32();
    if (width != 2 && width != 4 && width != 8) {
      throw in.broken("has numbers of " + width + " bytes");
    }
    if (count * width != in.size() - in.position()) {
      throw in.broken("is not as long as it says");
    }
    List<byte[]> elements = new ArrayList<>((int) count);
    for (long i = 0; i < count; i++) {
      elements.add(Packed.decimal(width == 2 ? in.int16() : width == 4 ? in.int32() : in.int64()));
    }
    return elements;
  }
}
