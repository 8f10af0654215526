package io.shardquake.harness.sim.disk;

import io.shardquake.node.core.Effect;
import io.shardquake.node.core.Input;
import io.shardquake.workloads.generator.RandomSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A machine's disk, seen through its page cache: what was written is there for every later process,
 * and for the machine itself after a loss of power as far as it was synced. Not thread-safe.
 */
public final class SimDisk {
  private static final byte[] NOTHING = new byte[0];

  private final Map<String, SimFile> files = new TreeMap<>();

  /** Performs an effect that the node waits for; false if it is not one on files. */
  public boolean perform(Effect effect) {
    if (effect instanceof Effect.Append append) {
      file(append.file()).append(append.data());
    } else if (effect instanceof Effect.Sync sync) {
      file(sync.file()).sync();
    } else if (effect instanceof Effect.Replace replace) {
      file(replace.file()).replace(replace.data(), replace.durable());
    } else if (effect instanceof Effect.Rename rename) {
      SimFile moved = file(rename.from());
      files.remove(rename.from());
      moved.sync();
      files.put(rename.to(), moved);
    } else if (effect instanceof Effect.Delete delete) {
      files.remove(delete.file());
    } else if (effect instanceof Effect.Truncate truncate) {
      file(truncate.file()).truncate(truncate.length());
    } else {
      return effect instanceof Effect.MakeDirectory;
    }
    return true;
  }

  /** Whether the effect is one that is done beside the loop. */
  public static boolean isBackground(Effect effect) {
    return effect instanceof Effect.AppendLater
        || effect instanceof Effect.SyncLater
        || effect instanceof Effect.ReadFile;
  }

  /** Performs an effect beside the loop; gives its answer. */
  public Input performInBackground(Effect effect) {
    if (effect instanceof Effect.AppendLater later) {
      file(later.file()).append(later.data());
      return new Input.Done(later.ticket(), "");
    }
    if (effect instanceof Effect.SyncLater later) {
      file(later.file()).sync();
      return new Input.Done(later.ticket(), "");
    }
    Effect.ReadFile read = (Effect.ReadFile) effect;
    SimFile file = files.get(read.file());
    if (file == null) {
      return new Input.FilePiece(read.ticket(), NOTHING, true, false);
    }
    byte[] piece = file.read(read.offset(), read.length());
    boolean last = read.offset() + piece.length >= file.length();
    return new Input.FilePiece(read.ticket(), piece, last, true);
  }

  private SimFile file(String name) {
    return files.computeIfAbsent(name, unknown -> new SimFile());
  }

  /** A file's content, if there is one of this name. */
  public Optional<byte[]> content(String name) {
    return Optional.ofNullable(files.get(name)).map(file -> file.read(0, file.length()));
  }

  /** Whether everything that was written to these files is on disk. */
  public boolean isSynced(Predicate<String> which) {
    for (Map.Entry<String, SimFile> file : files.entrySet()) {
      if (which.test(file.getKey()) && !file.getValue().isSynced()) {
        return false;
      }
    }
    return true;
  }

  /**
   * The machine loses power: of each file some of what was not synced is gone, torn anywhere.
   *
   * @return how many bytes are lost
   */
  public long losePower(RandomSource random) {
    long lost = 0;
    for (SimFile file : files.values()) {
      int before = file.length();
      file.lose(file.unsynced() > 0 ? random.nextInt(file.unsynced() + 1) : 0);
      lost += Math.max(0, before - file.length());
    }
    return lost;
  }
}
