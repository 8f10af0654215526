package io.shardquake.node.core.persistence;

import io.shardquake.node.core.Effect;
import io.shardquake.node.core.Outbox;
import io.shardquake.node.core.config.Configuration;
import io.shardquake.node.core.keyspace.Databases;
import io.shardquake.node.core.rdb.Snapshot;
import io.shardquake.node.core.rdb.SnapshotInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Saves all data to the RDB file: when asked to, and as the save points say. Not thread-safe. */
final class RdbSaves {
  private static final String TEMPORARY = "temp-save.rdb";
  private static final long RETRY_MILLIS = 5000;

  private final Configuration configuration;
  private final Databases databases;
  private final DiskRequests disk;
  private final Outbox outbox;
  private final LongSupplier now;
  private final List<Consumer<String>> waiting = new ArrayList<>();
  private List<SavePoint> savePoints;
  private Optional<SnapshotFile> running = Optional.empty();
  private boolean wanted;
  private boolean scheduled;
  private boolean lastFailed;
  private long lastSave;
  private long lastTry;
  private long changesSaved;
  private long changesAtStart;
  private long startedAt;
  private long lastSeconds = -1;

  RdbSaves(
      Configuration configuration,
      Databases databases,
      DiskRequests disk,
      Outbox outbox,
      LongSupplier now) {
    this.configuration = configuration;
    this.databases = databases;
    this.disk = disk;
    this.outbox = outbox;
    this.now = now;
    this.lastSave = now.getAsLong();
    this.savePoints = SavePoint.parse(configuration.text("save"));
    configuration.onChange(directive -> savePoints = SavePoint.parse(configuration.text("save")));
  }

  /** What was loaded needs no saving. */
  void loaded() {
    changesSaved = databases.changes();
    lastSave = now.getAsLong();
  }

  boolean isRunning() {
    return running.isPresent() || wanted;
  }

  /** Whether a save is to begin when nothing else is being written. */
  boolean isScheduled() {
    return scheduled;
  }

  /** Begins at the end of the turn, when no transaction is half done. */
  void begin() {
    wanted = true;
    scheduled = false;
  }

  /** Begins as soon as nothing else is being written. */
  void schedule() {
    scheduled = true;
  }

  /** Calls {@code then} with what went wrong, or an empty text, when the running save is over. */
  void awaitEnd(Consumer<String> then) {
    waiting.add(then);
  }

  /** Ends a turn. */
  void endTurn() {
    if (wanted) {
      wanted = false;
      start();
    }
  }

  /** Saves what is there now, giving up what is being saved. */
  void start() {
    running.ifPresent(SnapshotFile::cancel);
    changesAtStart = databases.changes();
    startedAt = now.getAsLong();
    lastTry = startedAt;
    outbox.log(Effect.Level.NOTICE, "Background saving started");
    Snapshot snapshot = new Snapshot(databases, SnapshotInfo.at(startedAt));
    running = Optional.of(new SnapshotFile(snapshot, TEMPORARY, disk, outbox, this::finished));
  }

  private void finished(String error) {
    running = Optional.empty();
    lastFailed = !error.isEmpty();
    lastSeconds = (now.getAsLong() - startedAt) / 1000;
    if (lastFailed) {
      outbox.log(Effect.Level.WARNING, "Background saving error: " + error);
    } else {
      outbox.toDisk(new Effect.Rename(TEMPORARY, configuration.text("dbfilename")));
      changesSaved = changesAtStart;
      lastSave = now.getAsLong();
      outbox.log(Effect.Level.NOTICE, "Background saving terminated with success");
    }
    List<Consumer<String>> told = List.copyOf(waiting);
    waiting.clear();
    told.forEach(then -> then.accept(error));
  }

  /** Whether a save point has been reached. */
  boolean isDue() {
    long millis = now.getAsLong();
    if (lastFailed && millis - lastTry <= RETRY_MILLIS) {
      return false;
    }
    for (SavePoint point : savePoints) {
      if (changes() >= point.changes() && millis - lastSave > point.seconds() * 1000) {
        return true;
      }
    }
    return false;
  }

  boolean hasSavePoints() {
    return !savePoints.isEmpty();
  }

  /** Changes since the last save. */
  long changes() {
    return databases.changes() - changesSaved;
  }

  /** Unix milliseconds of the last save that succeeded, or of the start. */
  long lastSave() {
    return lastSave;
  }

  /** Whether the last save failed. */
  boolean hasFailed() {
    return lastFailed;
  }

  /** How long the last save took, in seconds; -1 if there was none. */
  long lastSeconds() {
    return lastSeconds;
  }

  /** How long the running save has been under way, in seconds; -1 if there is none. */
  long currentSeconds() {
    return running.isPresent() ? (now.getAsLong() - startedAt) / 1000 : -1;
  }
}
