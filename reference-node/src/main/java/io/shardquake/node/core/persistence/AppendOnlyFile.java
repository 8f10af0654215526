package io.shardquake.node.core.persistence;

import io.shardquake.node.core.Effect;
import io.shardquake.node.core.Outbox;
import io.shardquake.node.core.config.Configuration;
import io.shardquake.node.core.keyspace.Databases;
import io.shardquake.node.core.rdb.Snapshot;
import io.shardquake.node.core.rdb.SnapshotInfo;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The append-only file in its parts: which files it consists of, and how a rewrite replaces them.
 * At every moment the files that the manifest on disk names give all data that was acknowledged:
 *
 * <pre>
 *   before            base 1, increments 1
 *   a rewrite begins  base 1, increments 1 2     the snapshot is taken; effects go to 2
 *   it is complete    base 2, increments 2       base 1 and increment 1 are history
 *   at last           base 2, increments 2       and are deleted
 * </pre>
 *
 * Not thread-safe.
 */
final class AppendOnlyFile {
  private static final long FIRST_DELAY_MILLIS = 60_000;
  private static final long GREATEST_DELAY_MILLIS = 3_600_000;
  private static final int FAILURES_WITHOUT_DELAY = 3;

  /** Whether effects are logged. */
  private enum State {
    OFF,
    /** There is no base yet: effects are kept beside until there is one. */
    FIRST_REWRITE,
    ON
  }

  private final Configuration configuration;
  private final Databases databases;
  private final DiskRequests disk;
  private final Outbox outbox;
  private final LongSupplier now;
  private final AofNames names;
  private final AofWriter writer;
  private State state = State.OFF;
  private AofManifest manifest = AofManifest.empty();
  private Optional<SnapshotFile> rewriting = Optional.empty();
  private boolean asRdb;
  private boolean wanted;
  private boolean scheduled;
  private boolean lastFailed;
  private int failures;
  private long lastFailure;
  private long rewriteBegan;
  private long lastRewriteSeconds = -1;
  private long closedSize;
  private long sizeAfterRewrite;

  AppendOnlyFile(
      Configuration configuration,
      Databases databases,
      DiskRequests disk,
      Outbox outbox,
      LongSupplier now,
      AofWriter writer) {
    this.configuration = configuration;
    this.databases = databases;
    this.disk = disk;
    this.outbox = outbox;
    this.now = now;
    this.names = AofNames.of(configuration);
    this.writer = writer;
  }

  AofWriter writer() {
    return writer;
  }

  boolean isOn() {
    return state != State.OFF;
  }

  boolean isRewriting() {
    return rewriting.isPresent() || wanted;
  }

  boolean isScheduled() {
    return scheduled;
  }

  /** Whether the last rewrite failed. */
  boolean hasFailed() {
    return lastFailed;
  }

  long lastRewriteSeconds() {
    return lastRewriteSeconds;
  }

  long currentRewriteSeconds() {
    return rewriting.isPresent() ? (now.getAsLong() - rewriteBegan) / 1000 : -1;
  }

  /** Bytes of all files. */
  long size() {
    return closedSize + writer.size();
  }

  /** Bytes of all files after the last rewrite, or at the start. */
  long sizeAfterRewrite() {
    return sizeAfterRewrite;
  }

  /**
   * Goes on with the files that have been loaded.
   *
   * @param loaded what the manifest on disk says
   * @param allSizes bytes of all its files
   * @param lastSize bytes of its last increment
   */
  void resume(AofManifest loaded, long allSizes, long lastSize) {
    manifest = loaded;
    state = State.ON;
    closedSize = allSizes;
    if (manifest.files().isEmpty()) {
      writeFirstBase();
    }
    if (manifest.increments().isEmpty()) {
      openIncrement();
    } else {
      closedSize -= lastSize;
      AofManifest.Entry last = manifest.increments().get(manifest.increments().size() - 1);
      writer.open(names.in(last.file()), lastSize);
    }
    deleteHistory();
    sizeAfterRewrite = size();
  }

  /** Takes note of what the manifest on disk says, without logging anything. */
  void know(AofManifest onDisk) {
    manifest = onDisk;
  }

  /** A log that begins with an empty data set begins with an empty base, as in Redis. */
  private void writeFirstBase() {
    outbox.toDisk(new Effect.MakeDirectory(names.directory()));
    AofManifest.Entry base = names.base(1, configuration.yes("aof-use-rdb-preamble"));
    Snapshot snapshot = snapshot();
    byte[] content = snapshot.next(Integer.MAX_VALUE);
    snapshot.close();
    outbox.toDisk(new Effect.Replace(names.in(base.file()), content, true));
    manifest = manifest.withBase(base, 0);
    closedSize = content.length;
  }

  private Snapshot snapshot() {
    asRdb = configuration.yes("aof-use-rdb-preamble");
    return asRdb
        ? new Snapshot(databases, new SnapshotInfo(now.getAsLong(), Optional.empty(), true))
        : new Snapshot(databases, new CommandWriter());
  }

  /** An increment is there before the manifest names it: one that is missing would be fatal. */
  private void openIncrement() {
    AofManifest.Entry increment = names.increment(manifest.lastIncrement() + 1);
    String path = names.in(increment.file());
    outbox.toDisk(new Effect.Delete(path));
    outbox.toDisk(new Effect.Append(path, new byte[0]));
    long before = writer.size();
    writer.open(path, 0);
    closedSize += before;
    persist(manifest.withIncrement(increment));
  }

  private void persist(AofManifest changed) {
    manifest = changed;
    outbox.toDisk(new Effect.Replace(names.manifest(), manifest.text(), true));
  }

  private void deleteHistory() {
    if (manifest.history().isEmpty()) {
      return;
    }
    manifest.history().forEach(entry -> outbox.toDisk(new Effect.Delete(names.in(entry.file()))));
    persist(manifest.withoutHistory());
  }

  /** Logs from now on what happens, on a base that is made of what is there. */
  void begin() {
    state = State.FIRST_REWRITE;
    wanted = true;
  }

  /** Logs what happens on a new base, because all data has been replaced. */
  void beginAnew() {
    if (isOn()) {
      abandonRewrite();
      writer.close();
      begin();
    }
  }

  /** Ceases to log; the files stay. */
  void end() {
    abandonRewrite();
    writer.syncNow();
    writer.close();
    state = State.OFF;
    scheduled = false;
    wanted = false;
  }

  private void abandonRewrite() {
    rewriting.ifPresent(SnapshotFile::cancel);
    rewriting = Optional.empty();
  }

  /** Rewrites at the end of the turn, when no transaction is half done. */
  void rewrite() {
    wanted = true;
    scheduled = false;
  }

  /** Rewrites as soon as nothing else is being written. */
  void schedule() {
    scheduled = true;
  }

  /** Ends a turn: everything is appended that its replies rest on. */
  void endTurn() {
    writer.endTurn();
    if (wanted) {
      wanted = false;
      startRewrite();
    }
  }

  private void startRewrite() {
    rewriteBegan = now.getAsLong();
    outbox.log(Effect.Level.NOTICE, "Background append only file rewriting started");
    switch (state) {
      case ON -> openIncrement();
      case FIRST_REWRITE -> {
        outbox.toDisk(new Effect.MakeDirectory(names.directory()));
        outbox.toDisk(new Effect.Delete(AofNames.TEMPORARY_INCREMENT));
        outbox.toDisk(new Effect.Append(AofNames.TEMPORARY_INCREMENT, new byte[0]));
        writer.open(AofNames.TEMPORARY_INCREMENT, 0);
      }
      case OFF -> {}
    }
    rewriting =
        Optional.of(
            new SnapshotFile(snapshot(), AofNames.TEMPORARY_BASE, disk, outbox, this::rewritten));
  }

  private void rewritten(String error) {
    long baseSize = rewriting.map(SnapshotFile::size).orElse(0L);
    rewriting = Optional.empty();
    lastRewriteSeconds = (now.getAsLong() - rewriteBegan) / 1000;
    lastFailed = !error.isEmpty();
    if (lastFailed) {
      failures++;
      lastFailure = now.getAsLong();
      scheduled = state == State.FIRST_REWRITE;
      outbox.log(Effect.Level.WARNING, "Background AOF rewrite failed: " + error);
      return;
    }
    failures = 0;
    install(baseSize);
    outbox.log(Effect.Level.NOTICE, "Background AOF rewrite finished successfully");
  }

  private void install(long baseSize) {
    outbox.toDisk(new Effect.MakeDirectory(names.directory()));
    AofManifest.Entry base =
        names.base(manifest.base().map(AofManifest.Entry::sequence).orElse(0L) + 1, asRdb);
    outbox.toDisk(new Effect.Rename(AofNames.TEMPORARY_BASE, names.in(base.file())));
    switch (state) {
      case ON -> persist(manifest.withBase(base, 1));
      case FIRST_REWRITE -> {
        AofManifest.Entry increment = names.increment(manifest.lastIncrement() + 1);
        writer.flush();
        outbox.toDisk(new Effect.Rename(AofNames.TEMPORARY_INCREMENT, names.in(increment.file())));
        writer.renamed(names.in(increment.file()));
        persist(manifest.withBase(base, 0).withIncrement(increment));
        state = State.ON;
      }
      case OFF -> persist(manifest.withBase(base, 0));
    }
    deleteHistory();
    closedSize = baseSize;
    sizeAfterRewrite = size();
  }

  /** Time has passed. */
  void tick() {
    writer.tick();
  }

  /** Whether the file has grown so much since the last rewrite that the next one is due. */
  boolean isRewriteDue() {
    long percentage = configuration.number("auto-aof-rewrite-percentage");
    if (state != State.ON || percentage == 0 || now.getAsLong() - lastFailure < delay()) {
      return false;
    }
    long base = Math.max(1, sizeAfterRewrite);
    return size() > configuration.number("auto-aof-rewrite-min-size")
        && (size() - base) * 100 / base >= percentage;
  }

  /** After several failures the next try waits, twice as long each time. */
  private long delay() {
    if (failures < FAILURES_WITHOUT_DELAY) {
      return 0;
    }
    int doublings = Math.min(failures - FAILURES_WITHOUT_DELAY, 10);
    return Math.min(FIRST_DELAY_MILLIS << doublings, GREATEST_DELAY_MILLIS);
  }
}
