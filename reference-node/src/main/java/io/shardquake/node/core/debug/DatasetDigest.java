package io.shardquake.node.core.debug;

import io.shardquake.node.core.keyspace.Databases;
import io.shardquake.node.core.keyspace.Keyspace;
import io.shardquake.node.core.resp.RealNumber;
import io.shardquake.node.core.value.HashValue;
import io.shardquake.node.core.value.ListValue;
import io.shardquake.node.core.value.SetValue;
import io.shardquake.node.core.value.SortedSetValue;
import io.shardquake.node.core.value.StreamId;
import io.shardquake.node.core.value.StreamValue;
import io.shardquake.node.core.value.StringValue;
import io.shardquake.node.core.value.Value;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * The digest of DEBUG DIGEST: equal for equal data, in whatever order and encoding it is kept. Two
 * steps make it up: {@code xor} where order does not matter, {@code mix} where it does.
 */
final class DatasetDigest {
  private static final int LENGTH = 20;
  private static final byte[] EXPIRES = ascii("!!expire!!");
  private static final List<String> TYPES =
      List.of("string", "list", "set", "zset", "hash", "module", "stream");

  private final MessageDigest sha1;

  DatasetDigest() {
    try {
      this.sha1 = MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }

  /** The digest of all databases, in hexadecimal; zeros if they are empty. */
  String of(Databases databases) {
    byte[] all = new byte[LENGTH];
    for (int i = 0; i < databases.count(); i++) {
      Keyspace keyspace = databases.get(i);
      if (keyspace.size() > 0) {
        mix(all, ByteBuffer.allocate(4).putInt(i).array());
        keyspace.forEach((key, value) -> xor(all, ofKey(keyspace, key, value)));
      }
    }
    return HexFormat.of().formatHex(all);
  }

  private byte[] ofKey(Keyspace keyspace, byte[] key, Value value) {
    byte[] digest = new byte[LENGTH];
    mix(digest, key);
    addValue(digest, keyspace, key, value);
    return digest;
  }

  /** The digest of one key's value, in hexadecimal; zeros if it does not exist. */
  String ofValue(Keyspace keyspace, byte[] key) {
    byte[] digest = new byte[LENGTH];
    Value value = keyspace.get(key);
    if (value != null) {
      addValue(digest, keyspace, key, value);
    }
    return HexFormat.of().formatHex(digest);
  }

  private void addValue(byte[] digest, Keyspace keyspace, byte[] key, Value value) {
    mix(digest, ByteBuffer.allocate(4).putInt(TYPES.indexOf(value.type())).array());
    if (value instanceof StringValue string) {
      mix(digest, string.bytes());
    } else if (value instanceof ListValue list) {
      list.forEach(element -> mix(digest, element));
    } else if (value instanceof SetValue set) {
      set.forEach(member -> xor(digest, member));
    } else if (value instanceof SortedSetValue sortedSet) {
      sortedSet.forEach(
          (member, score) -> xor(digest, pair(member, ascii(RealNumber.format(score)))));
    } else if (value instanceof StreamValue stream) {
      stream.range(
          StreamId.LEAST,
          StreamId.GREATEST,
          entry -> {
            mix(digest, ascii(entry.id().toString().replace('-', '.')));
            entry.fields().forEach(part -> mix(digest, part));
            return true;
          });
    } else if (value instanceof HashValue hash) {
      hash.forEach((field, content) -> xor(digest, pair(field, content)));
    }
    if (keyspace.expiry(key) >= 0) {
      xor(digest, EXPIRES);
    }
  }

  private byte[] pair(byte[] first, byte[] second) {
    byte[] digest = new byte[LENGTH];
    mix(digest, first);
    mix(digest, second);
    return digest;
  }

  private void xor(byte[] digest, byte[] data) {
    byte[] other = sha1.digest(data);
    for (int i = 0; i < LENGTH; i++) {
      digest[i] ^= other[i];
    }
  }

  private void mix(byte[] digest, byte[] data) {
    xor(digest, data);
    System.arraycopy(sha1.digest(digest), 0, digest, 0, LENGTH);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
