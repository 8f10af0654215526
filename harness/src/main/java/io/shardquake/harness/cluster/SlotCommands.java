package io.shardquake.harness.cluster;

import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.output.ValueOutput;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The commands about slots and the keys in them, to one node. Keys are any bytes. Nothing newer
 * than Redis 3.0.6 is asked for, but for {@link #memory}. Thread-safe.
 */
public final class SlotCommands {
  /** What a server may take to answer beyond the time that MIGRATE itself may take. */
  private static final Duration MIGRATE_MARGIN = Duration.ofSeconds(5);

  private final NodeConnection node;
  private final Optional<Credentials> credentials;

  /**
   * @param node where the commands go
   * @param credentials that other nodes of the cluster want from this one
   */
  public SlotCommands(NodeConnection node, Optional<Credentials> credentials) {
    this.node = node;
    this.credentials = credentials;
  }

  public NodeConnection node() {
    return node;
  }

  /** Marks a slot as coming from a node. */
  public CompletableFuture<String> importing(int slot, String from) {
    return setSlot(slot, "IMPORTING", from);
  }

  /** Marks a slot as going to a node. */
  public CompletableFuture<String> migrating(int slot, String to) {
    return setSlot(slot, "MIGRATING", to);
  }

  /** Takes a node for the owner of a slot; the node itself also tells everybody. */
  public CompletableFuture<String> owner(int slot, String id) {
    return setSlot(slot, "NODE", id);
  }

  /** Takes away both marks of a slot. */
  public CompletableFuture<String> stable(int slot) {
    return node.text("CLUSTER", "SETSLOT", Integer.toString(slot), "STABLE");
  }

  private CompletableFuture<String> setSlot(int slot, String how, String id) {
    return node.text("CLUSTER", "SETSLOT", Integer.toString(slot), how, id);
  }

  /** Some of the keys of a slot that this node holds, whoever owns the slot. */
  public CompletableFuture<List<byte[]>> keys(int slot, int limit) {
    return node.sendBytes(
        "CLUSTER",
        List.of(ascii("GETKEYSINSLOT"), ascii(slot), ascii(limit)),
        new BytesListOutput());
  }

  /** How many keys of a slot this node holds, whoever owns the slot. */
  public CompletableFuture<Long> count(int slot) {
    return node.sendBytes(
        "CLUSTER",
        List.of(ascii("COUNTKEYSINSLOT"), ascii(slot)),
        new IntegerOutput<>(StringCodec.UTF8));
  }

  /** How many keys this node holds. */
  public CompletableFuture<Long> size() {
    return node.sendBytes("DBSIZE", List.of(), new IntegerOutput<>(StringCodec.UTF8));
  }

  /**
   * The bytes that a key and its value take at this node, to go by; -1 if it has no such key. Fails
   * on servers before 4.0.
   */
  public CompletableFuture<Long> memory(byte[] key) {
    return node.sendBytes("MEMORY", List.of(ascii("USAGE"), key), new IntegerOrNilOutput());
  }

  /**
   * Sends keys to another node and deletes those here that it has confirmed; nothing else happens
   * on this node meanwhile.
   *
   * @param target where to
   * @param keys all of one slot
   * @param limit how long the two nodes may take
   * @param replace whether to overwrite what the target has; if not, a key that it has stays here
   *     and the command fails with BUSYKEY, but the others are moved
   */
  public CompletableFuture<String> migrate(
      NodeAddress target, List<byte[]> keys, Duration limit, boolean replace) {
    List<byte[]> words = head(target, new byte[0], limit, replace);
    words.add(ascii("KEYS"));
    words.addAll(keys);
    return migrate(words, limit);
  }

  /** {@link #migrate} for one key, in the form that servers before 3.0.6 have, too. */
  public CompletableFuture<String> migrateOne(
      NodeAddress target, byte[] key, Duration limit, boolean replace) {
    return migrate(head(target, key, limit, replace), limit);
  }

  private List<byte[]> head(NodeAddress target, byte[] key, Duration limit, boolean replace) {
    List<byte[]> words = new ArrayList<>();
    words.add(utf8(target.host()));
    words.add(ascii(target.port()));
    words.add(key);
    words.add(ascii(0));
    words.add(ascii((int) limit.toMillis()));
    if (replace) {
      words.add(ascii("REPLACE"));
    }
    credentials.ifPresent(c -> c.forMigrate().forEach(word -> words.add(utf8(word))));
    return words;
  }

  private CompletableFuture<String> migrate(List<byte[]> words, Duration limit) {
    return node.within(limit.plus(MIGRATE_MARGIN))
        .sendBytes("MIGRATE", words, new ValueOutput<>(StringCodec.UTF8));
  }

  /**
   * A key's serialized value, also while its slot is coming here; empty if there is no such key.
   */
  public CompletableFuture<Optional<byte[]>> dump(byte[] key) {
    return node.askingBytes("DUMP", List.of(key), new BytesListOutput())
        .thenApply(payload -> payload.stream().findFirst());
  }

  /** Milliseconds that a key has left; -1 if it does not expire, -2 if there is no such key. */
  public CompletableFuture<Long> timeToLive(byte[] key) {
    return node.askingBytes("PTTL", List.of(key), new IntegerOutput<>(StringCodec.UTF8));
  }

  /** Deletes a key, also while its slot is coming here. */
  public CompletableFuture<Long> delete(byte[] key) {
    return node.askingBytes("DEL", List.of(key), new IntegerOutput<>(StringCodec.UTF8));
  }

  /** Puts a value back that {@link #dump} gave. */
  public CompletableFuture<String> restore(
      byte[] key, long timeToLive, byte[] payload, boolean replace) {
    List<byte[]> words = new ArrayList<>(List.of(key, ascii(Long.toString(timeToLive)), payload));
    if (replace) {
      words.add(ascii("REPLACE"));
    }
    return node.sendBytes("RESTORE", words, new ValueOutput<>(StringCodec.UTF8));
  }

  private static byte[] ascii(int number) {
    return ascii(Integer.toString(number));
  }

  private static byte[] ascii(String word) {
    return word.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] utf8(String word) {
    return word.getBytes(StandardCharsets.UTF_8);
  }
}
