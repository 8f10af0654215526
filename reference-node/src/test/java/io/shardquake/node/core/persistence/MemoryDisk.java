package io.shardquake.node.core.persistence;

import io.shardquake.node.core.Effect;
import io.shardquake.node.core.Input;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A directory in memory, which performs a node's effects on files one by one. */
final class MemoryDisk {
  private final Map<String, byte[]> files = new TreeMap<>();
  private String syncError = "";

  Map<String, byte[]> files() {
    return files;
  }

  /** Lets syncs beside the loop fail from now on, or succeed again if the error is empty. */
  void failSyncs(String error) {
    syncError = error;
  }

  byte[] file(String name) {
    byte[] content = files.get(name);
    if (content == null) {
      throw new AssertionError("there is no " + name + ", only " + files.keySet());
    }
    return content;
  }

  /** Performs an effect; gives its answer, if it has one. Effects on connections do nothing. */
  Optional<Input> perform(Effect effect) {
    if (effect instanceof Effect.Append append) {
      append(append.file(), append.data());
    } else if (effect instanceof Effect.AppendLater later) {
      append(later.file(), later.data());
      return Optional.of(new Input.Done(later.ticket(), ""));
    } else if (effect instanceof Effect.SyncLater later) {
      return Optional.of(new Input.Done(later.ticket(), syncError));
    } else if (effect instanceof Effect.Replace replace) {
      files.put(replace.file(), replace.data());
    } else if (effect instanceof Effect.Rename rename) {
      files.put(rename.to(), file(rename.from()));
      files.remove(rename.from());
    } else if (effect instanceof Effect.Delete delete) {
      files.remove(delete.file());
    } else if (effect instanceof Effect.Truncate truncate) {
      files.put(truncate.file(), Arrays.copyOf(file(truncate.file()), (int) truncate.length()));
    } else if (effect instanceof Effect.ReadFile read) {
      return Optional.of(read(read));
    }
    return Optional.empty();
  }

  private void append(String name, byte[] data) {
    byte[] old = files.getOrDefault(name, new byte[0]);
    byte[] grown = Arrays.copyOf(old, old.length + data.length);
    System.arraycopy(data, 0, grown, old.length, data.length);
    files.put(name, grown);
  }

  private Input read(Effect.ReadFile read) {
    byte[] content = files.get(read.file());
    if (content == null) {
      return new Input.FilePiece(read.ticket(), new byte[0], true, false);
    }
    int from = (int) Math.min(read.offset(), content.length);
    int to = Math.min(from + read.length(), content.length);
    return new Input.FilePiece(
        read.ticket(), Arrays.copyOfRange(content, from, to), to == content.length, true);
  }
}
