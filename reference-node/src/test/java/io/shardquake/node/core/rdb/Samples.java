package io.shardquake.node.core.rdb;

import io.shardquake.node.core.Randomness;
import io.shardquake.node.core.keyspace.Databases;
import io.shardquake.node.core.value.EncodingLimits;
import io.shardquake.node.core.value.HashValue;
import io.shardquake.node.core.value.ListValue;
import io.shardquake.node.core.value.SetValue;
import io.shardquake.node.core.value.SortedSetValue;
import io.shardquake.node.core.value.StringValue;
import io.shardquake.node.core.value.Value;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Values and databases for tests, and what is in them as text. */
final class Samples {
  static final EncodingLimits LIMITS = new EncodingLimits(512, 64, 128, 64, 512, 1);

  private Samples() {}

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  static Databases databases(boolean clusterEnabled) {
    return new Databases(clusterEnabled, 4, new Randomness(new SplittableRandom(5)));
  }

  /** A value of one of the types, with a content that follows from a number. */
  static Value value(int number) {
    int size = 1 + Math.abs(number % 7);
    return switch (Math.floorMod(number, 5)) {
      case 0 -> new StringValue(bytes("value-" + number));
      case 1 -> {
        ListValue list = new ListValue();
        for (int i = 0; i < size; i++) {
          list.addLast(bytes("e" + number * i));
        }
        yield list;
      }
      case 2 -> {
        SetValue set = new SetValue();
        for (int i = 0; i < size; i++) {
          set.add(bytes(number % 2 == 0 ? "" + i : "m" + i + number), LIMITS);
        }
        yield set;
      }
      case 3 -> {
        HashValue hash = new HashValue();
        for (int i = 0; i < size; i++) {
          hash.put(bytes("f" + i), bytes("" + number), LIMITS);
        }
        yield hash;
      }
      default -> {
        SortedSetValue sortedSet = new SortedSetValue();
        for (int i = 0; i < size; i++) {
          sortedSet.put(bytes("m" + i), number / 4.0 + i, LIMITS);
        }
        yield sortedSet;
      }
    };
  }

  /** A value's content, the same for equal values. */
  static String describe(Value value) {
    List<String> parts = new ArrayList<>();
    if (value instanceof StringValue string) {
      parts.add(text(string.bytes()));
    } else if (value instanceof ListValue list) {
      list.forEach(element -> parts.add(text(element)));
    } else if (value instanceof SetValue set) {
      set.forEach(member -> parts.add(text(member)));
      parts.sort(null);
    } else if (value instanceof HashValue hash) {
      hash.forEach((field, content) -> parts.add(text(field) + "=" + text(content)));
      parts.sort(null);
    } else if (value instanceof SortedSetValue sortedSet) {
      sortedSet.forEach((member, score) -> parts.add(text(member) + "@" + score));
    }
    return value.type() + parts;
  }

  /** All keys of all databases with their values and times of expiry. */
  static Map<String, String> describe(Databases databases) {
    Map<String, String> all = new TreeMap<>();
    for (int i = 0; i < databases.count(); i++) {
      String prefix = i + ":";
      var keyspace = databases.get(i);
      keyspace.forEach(
          (key, value) ->
              all.put(prefix + text(key), describe(value) + " until " + keyspace.expiry(key)));
    }
    return all;
  }

  static byte[] file(Snapshot snapshot, int budget) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    while (!snapshot.isComplete()) {
      file.writeBytes(snapshot.next(budget));
    }
    snapshot.close();
    return file.toByteArray();
  }
}
