package io.shardquake.node.core.rdb;

import io.shardquake.node.core.dict.Dict;
import io.shardquake.node.core.keyspace.HashSlot;
import io.shardquake.node.core.keyspace.Keyspace;
import io.shardquake.node.core.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * Writes one database as it was when the walk began, part by part and within a part in the order of
 * {@link Dict#walk}.
 *
 * <pre>
 *   parts passed        | part being walked            | parts to come
 *   written: forget it  | place &lt; here: written        | a change writes the old value first
 * </pre>
 */
final class DatabaseWalk implements Keyspace.Observer {
  private final int database;
  private final Keyspace keyspace;
  private final Keyspace.Content content;
  private final SnapshotWriter writer;

  /** Keys that changed before the walk met them: those that existed are written already. */
  private final Dict<Boolean> changed = new Dict<>(0);

  private int part;
  private long place;
  private boolean detached;

  DatabaseWalk(int database, Keyspace keyspace, SnapshotWriter writer) {
    this.database = database;
    this.keyspace = keyspace;
    this.content = keyspace.content();
    this.writer = writer;
  }

  /** Writes some keys; false if none are left. */
  boolean step() {
    if (part == content.parts().length) {
      return false;
    }
    Dict<Value> dict = content.parts()[part];
    place = dict == null ? Dict.END : dict.walk(place, this::writeUnlessChanged);
    if (place == Dict.END) {
      part++;
      place = 0;
    }
    return true;
  }

  private void writeUnlessChanged(byte[] key, Value value) {
    if (!changed.contains(key)) {
      write(key, value);
    }
  }

  private void write(byte[] key, Value value) {
    Long expiry = content.expiries().isEmpty() ? null : content.expiries().get(key);
    writer.key(database, key, value, expiry == null ? -1 : expiry);
  }

  private boolean hasPassed(byte[] key) {
    int at = content.parts().length == 1 ? 0 : HashSlot.of(key);
    return at < part || (at == part && content.expiries().place(key) < place);
  }

  @Override
  public void aboutToChange(byte[] key, @Nullable Value value) {
    if (detached || hasPassed(key) || changed.contains(key)) {
      return;
    }
    changed.put(key, true);
    if (value != null) {
      write(key, value);
    }
  }

  @Override
  public void changed(byte[] key) {}

  /** What there was is ours alone now; what comes later is none of this walk's business. */
  @Override
  public void aboutToClear(Keyspace.Content gone) {
    detached = true;
  }

  void close() {
    keyspace.forget(this);
  }
}
