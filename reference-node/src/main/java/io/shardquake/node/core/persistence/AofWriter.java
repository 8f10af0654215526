package io.shardquake.node.core.persistence;

import io.shardquake.node.core.Effect;
import io.shardquake.node.core.Outbox;
import io.shardquake.node.core.config.Configuration;
import io.shardquake.node.core.defect.Defect;
import io.shardquake.node.core.propagation.CommandSink;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Appends the effects of commands to the present increment of the append-only file, once a turn and
 * before the replies of that turn leave. So a reply that has arrived survives the death of the
 * process under every policy; the policies differ in what the death of the machine may cost:
 *
 * <pre>
 *   always    Append, Sync, then the replies       nothing
 *   everysec  Append, then the replies; a sync
 *             beside the loop every second         what came since the last sync: about a second
 *   no        Append, then the replies             what the operating system has not written
 * </pre>
 *
 * Not thread-safe.
 */
final class AofWriter implements CommandSink {
  private static final long SYNC_MILLIS = 1000;

  private final Configuration configuration;
  private final DiskRequests disk;
  private final Outbox outbox;
  private final LongSupplier now;
  private final BooleanSupplier writingSnapshot;
  private final ByteArrayOutputStream buffer = new ByteArrayOutputStream();
  private Optional<String> file = Optional.empty();
  private long size;
  private int selected = -1;
  private boolean unsynced;
  private boolean syncing;
  private boolean syncFailed;
  private long lastFlush;
  private long lastSync;
  private long lastStamp;

  /**
   * A writer without a file, which drops everything.
   *
   * @param writingSnapshot whether a snapshot is being written, during which {@code
   *     no-appendfsync-on-rewrite} may forbid to sync
   */
  AofWriter(
      Configuration configuration,
      DiskRequests disk,
      Outbox outbox,
      LongSupplier now,
      BooleanSupplier writingSnapshot) {
    this.configuration = configuration;
    this.disk = disk;
    this.outbox = outbox;
    this.now = now;
    this.writingSnapshot = writingSnapshot;
  }

  /**
   * Goes on with a file.
   *
   * @param path of the file
   * @param length that it has
   */
  void open(String path, long length) {
    close();
    file = Optional.of(path);
    size = length;
    selected = -1;
  }

  /** The file has got another name. */
  void renamed(String path) {
    file = Optional.of(path);
  }

  /** Leaves the file, with everything written and on its way to the disk. */
  void close() {
    flush();
    file.ifPresent(
        path -> {
          if (unsynced && !policy().equals("no")) {
            disk.sync(path, this::synced);
          }
        });
    unsynced = false;
    file = Optional.empty();
  }

  /** Bytes in the present file, those about to be appended included. */
  long size() {
    return size + buffer.size();
  }

  @Override
  public void append(int database, byte[] encoded) {
    if (file.isEmpty()) {
      return;
    }
    if (configuration.yes("aof-timestamp-enabled") && now.getAsLong() / 1000 > lastStamp) {
      lastStamp = now.getAsLong() / 1000;
      write("#TS:" + lastStamp + "\r\n");
    }
    if (database != selected) {
      String number = Integer.toString(database);
      write("*2\r\n$6\r\nSELECT\r\n$" + number.length() + "\r\n" + number + "\r\n");
      selected = database;
    }
    buffer.writeBytes(encoded);
  }

  private void write(String text) {
    buffer.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** Ends a turn: what its replies rest on is appended before they leave. */
  void endTurn() {
    boolean late = configuration.has(Defect.ACKNOWLEDGE_BEFORE_APPENDING);
    if (!late || now.getAsLong() - lastFlush >= SYNC_MILLIS) {
      flush();
    }
  }

  /** Appends what has come up. */
  void flush() {
    if (buffer.size() == 0 || file.isEmpty()) {
      return;
    }
    outbox.toDisk(new Effect.Append(file.get(), buffer.toByteArray()));
    size += buffer.size();
    buffer.reset();
    lastFlush = now.getAsLong();
    unsynced = true;
    if (policy().equals("always") && maySync()) {
      syncNow();
    }
  }

  /** Waits until everything is on disk, which makes good for an earlier failure. */
  void syncNow() {
    if (unsynced && file.isPresent()) {
      outbox.toDisk(new Effect.Sync(file.get()));
      unsynced = false;
      syncFailed = false;
      lastSync = now.getAsLong();
    }
  }

  private String policy() {
    return configuration.text("appendfsync");
  }

  private boolean maySync() {
    return !(configuration.yes("no-appendfsync-on-rewrite") && writingSnapshot.getAsBoolean());
  }

  /** Time has passed. */
  void tick() {
    boolean due =
        unsynced && !syncing && !policy().equals("no") && now.getAsLong() - lastSync >= SYNC_MILLIS;
    if (due && maySync() && file.isPresent()) {
      syncing = true;
      unsynced = false;
      lastSync = now.getAsLong();
      disk.sync(file.get(), this::synced);
    }
  }

  private void synced(String error) {
    syncing = false;
    syncFailed = !error.isEmpty();
    if (syncFailed) {
      unsynced = true;
      outbox.log(Effect.Level.WARNING, "Could not sync the append-only file: " + error);
    }
  }

  /** Whether the last sync failed. */
  boolean hasFailed() {
    return syncFailed;
  }

  /** Whether a sync is under way. */
  boolean isSyncing() {
    return syncing;
  }
}
