package io.shardquake.node.core.persistence;

import io.shardquake.node.core.Effect;
import io.shardquake.node.core.Outbox;
import io.shardquake.node.core.config.Configuration;
import io.shardquake.node.core.defect.Defect;
import io.shardquake.node.core.keyspace.Databases;
import io.shardquake.node.core.value.EncodingLimits;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.function.Consumer;

/**
 * Loads the append-only file at the start of the node, and takes one over that is of the old kind
 * with a single file. Not thread-safe.
 */
final class AofStartup {
  /** Hears how it ends. */
  interface Listener {
    /**
     * Everything is loaded.
     *
     * @param allSizes bytes of all files
     * @param lastSize bytes of the last file
     */
    void loaded(AofManifest manifest, long allSizes, long lastSize);

    /** The node cannot start; {@code reason} in one line. */
    void failed(String reason);
  }

  /** Requests that {@link Defect#DROP_AOF_TAIL} loses. */
  private static final int DROPPED_TAIL = 8;

  private final Configuration configuration;
  private final Databases databases;
  private final EncodingLimits limits;
  private final Replay replay;
  private final DiskRequests disk;
  private final Outbox outbox;
  private final AofNames names;
  private final Listener listener;
  private AofManifest manifest = AofManifest.empty();
  private long allSizes;
  private long lastSize;

  AofStartup(
      Configuration configuration,
      Databases databases,
      EncodingLimits limits,
      Replay replay,
      DiskRequests disk,
      Outbox outbox,
      Listener listener) {
    this.configuration = configuration;
    this.databases = databases;
    this.limits = limits;
    this.replay = replay;
    this.disk = disk;
    this.outbox = outbox;
    this.names = AofNames.of(configuration);
    this.listener = listener;
  }

  void begin() {
    new FileReading(disk, names.manifest(), new ManifestReader()).begin();
  }

  private void exists(String file, Consumer<Boolean> then) {
    disk.read(file, 0, 1, piece -> then.accept(piece.exists()), listener::failed);
  }

  private void withoutManifest() {
    exists(
        names.file(),
        old -> {
          if (old) {
            adopt();
          } else {
            listener.loaded(manifest, 0, 0);
          }
        });
  }

  private void withManifest(byte[] content) {
    try {
      manifest = AofManifest.parse(content);
    } catch (IllegalArgumentException e) {
      listener.failed("the AOF manifest " + names.manifest() + " is broken: " + e.getMessage());
      return;
    }
    boolean mayBeHalfAdopted =
        manifest.increments().isEmpty()
            && manifest.base().filter(base -> base.file().equals(names.file())).isPresent();
    if (mayBeHalfAdopted) {
      exists(
          names.in(names.file()),
          moved -> {
            if (moved) {
              load(0);
            } else {
              adopt();
            }
          });
    } else {
      load(0);
    }
  }

  /** Takes a file of the old kind over as the base of a new one. */
  private void adopt() {
    outbox.log(
        Effect.Level.NOTICE, "Upgrading " + names.file() + " to an append-only file in parts");
    outbox.toDisk(new Effect.MakeDirectory(names.directory()));
    manifest = AofManifest.empty().withBase(new AofManifest.Entry(names.file(), 1), 0);
    outbox.toDisk(new Effect.Replace(names.manifest(), manifest.text(), true));
    outbox.toDisk(new Effect.Rename(names.file(), names.in(names.file())));
    load(0);
  }

  private void load(int index) {
    List<AofManifest.Entry> files = manifest.files();
    if (index == files.size()) {
      listener.loaded(manifest, allSizes, lastSize);
      return;
    }
    String path = names.in(files.get(index).file());
    FileListener each = new FileListener(path, index, index == files.size() - 1);
    new FileReading(disk, path, load(each)).begin();
  }

  private AofFileLoad load(FileListener listener) {
    int dropped = configuration.has(Defect.DROP_AOF_TAIL) ? DROPPED_TAIL : 0;
    return new AofFileLoad(databases, limits, replay, listener, dropped);
  }

  /** Collects the manifest. */
  private final class ManifestReader implements FileReading.Reader {
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();

    @Override
    public void piece(byte[] data) {
      content.writeBytes(data);
    }

    @Override
    public void end(boolean exists) {
      if (exists) {
        withManifest(content.toByteArray());
      } else {
        withoutManifest();
      }
    }

    @Override
    public void failed(String reason) {
      listener.failed(names.manifest() + ": " + reason);
    }
  }

  /** Goes on to the next file when one is loaded. */
  private final class FileListener implements AofFileLoad.Listener {
    private final String path;
    private final int index;
    private final boolean isLast;

    FileListener(String path, int index, boolean isLast) {
      this.path = path;
      this.index = index;
      this.isLast = isLast;
    }

    @Override
    public void loaded(long size) {
      allSizes += size;
      lastSize = size;
      load(index + 1);
    }

    @Override
    public void truncated(long valid, long size) {
      if (!isLast || !configuration.yes("aof-load-truncated")) {
        unusable(
            "it ends within a command after byte "
                + valid
                + (isLast ? " (see aof-load-truncated)" : " and is not the last file"));
        return;
      }
      outbox.log(
          Effect.Level.WARNING,
          path + " ends within a command: cutting " + (size - valid) + " bytes off its end");
      outbox.toDisk(new Effect.Truncate(path, valid));
      outbox.toDisk(new Effect.Sync(path));
      loaded(valid);
    }

    @Override
    public void unusable(String reason) {
      listener.failed("the append-only file " + path + " cannot be used: " + reason);
    }

    @Override
    public void missing() {
      unusable("it does not exist, but the manifest names it");
    }
  }
}
