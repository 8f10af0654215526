package io.shardquake.workloads.keys;

import io.shardquake.checkers.history.Value;
import io.shardquake.workloads.generator.RandomSource;
import java.util.Optional;

/**
 * The keys in use. A key that has taken its share of operations is retired, and a fresh one takes
 * its place, so that no history grows without bound while the number of keys in use stays the same.
 * Immutable.
 *
 * <p>Kept in blocks, because a change copies one block and the list of blocks: with thousands of
 * keys, copying them all at each operation would cost more than the operation.
 */
public final class ActiveKeys {
  private static final int BLOCK = 64;

  private final SlotKeys names;
  private final String stem;
  private final int size;
  private final int operationsPerKey;
  private final ActiveKey[][] blocks;

  private ActiveKeys(
      SlotKeys names, String stem, int size, int operationsPerKey, ActiveKey[][] blocks) {
    this.names = names;
    this.stem = stem;
    this.size = size;
    this.operationsPerKey = operationsPerKey;
    this.blocks = blocks;
  }

  /**
   * The first {@code size} keys, unused.
   *
   * @param stem what all names begin with; no digits, no braces
   */
  public static ActiveKeys fresh(String stem, int size, int operationsPerKey) {
    SlotKeys names = new SlotKeys();
    ActiveKey[][] blocks = new ActiveKey[(size + BLOCK - 1) / BLOCK][];
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] = new ActiveKey[Math.min(BLOCK, size - i * BLOCK)];
      for (int j = 0; j < blocks[i].length; j++) {
        long ordinal = (long) i * BLOCK + j;
        blocks[i][j] = ActiveKey.fresh(ordinal, name(names, stem, ordinal));
      }
    }
    return new ActiveKeys(names, stem, size, operationsPerKey, blocks);
  }

  /** One of the keys, all with the same probability. */
  public ActiveKey any(RandomSource random) {
    return at(random.nextInt(size));
  }

  /** The keys after an operation on one of them, which is retired if that was its last. */
  public ActiveKeys afterOperation(ActiveKey key, boolean numberUsed) {
    ActiveKey used = key.afterOperation(numberUsed);
    if (used.operations() < operationsPerKey) {
      return with(used);
    }
    long ordinal = key.ordinal() + size;
    return with(ActiveKey.fresh(ordinal, name(names, stem, ordinal)));
  }

  /** The keys when one of them was seen to have a value; the same if it is retired by now. */
  public ActiveKeys afterSeeing(Value name, Value value) {
    return find(name).map(key -> with(key.withSeen(value))).orElse(this);
  }

  private Optional<ActiveKey> find(Value name) {
    if (!(name instanceof Value.Text text)) {
      return Optional.empty();
    }
    long ordinal = 0;
    for (int i = stem.length(); i < text.value().length() && text.value().charAt(i) != ':'; i++) {
      ordinal = 10 * ordinal + (text.value().charAt(i) - '0');
    }
    ActiveKey key = at((int) Math.floorMod(ordinal, (long) size));
    return key.name().equals(name) ? Optional.of(key) : Optional.empty();
  }

  private ActiveKey at(int index) {
    return blocks[index / BLOCK][index % BLOCK];
  }

  private ActiveKeys with(ActiveKey key) {
    int index = (int) (key.ordinal() % size);
    ActiveKey[][] changed = blocks.clone();
    changed[index / BLOCK] = changed[index / BLOCK].clone();
    changed[index / BLOCK][index % BLOCK] = key;
    return new ActiveKeys(names, stem, size, operationsPerKey, changed);
  }

  /** {@code stem}, ordinal, colon, and what puts it into its slot. */
  private static Value name(SlotKeys names, String stem, long ordinal) {
    return Value.of(names.key(stem + ordinal + ":", ordinal));
  }
}
