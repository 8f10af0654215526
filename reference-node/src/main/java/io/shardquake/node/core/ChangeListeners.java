package io.shardquake.node.core;

import io.shardquake.node.core.client.WaitingClients;
import io.shardquake.node.core.client.WatchedKeys;
import io.shardquake.node.core.keyspace.Keyspace;
import io.shardquake.node.core.notification.KeyspaceEvents;
import io.shardquake.node.core.tracking.KeyTracking;
import io.shardquake.node.core.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * Tells those who watch keys of one database, wait for them, cache them or want to hear of them.
 */
final class ChangeListeners implements Keyspace.Observer {
  private final int database;
  private final WatchedKeys watchedKeys;
  private final WaitingClients waiting;
  private final KeyTracking tracking;
  private final KeyspaceEvents events;

  ChangeListeners(
      int database,
      WatchedKeys watchedKeys,
      WaitingClients waiting,
      KeyTracking tracking,
      KeyspaceEvents events) {
    this.database = database;
    this.watchedKeys = watchedKeys;
    this.waiting = waiting;
    this.tracking = tracking;
    this.events = events;
  }

  @Override
  public void aboutToChange(byte[] key, @Nullable Value value) {
    events.aboutToChange(database, key, value != null);
  }

  @Override
  public void changed(byte[] key) {
    watchedKeys.changed(database, key);
    waiting.changed(key);
    tracking.changed(key);
    events.changed(database, key);
  }

  @Override
  public void expired(byte[] key) {
    events.expired(database, key);
  }

  @Override
  public void aboutToClear(Keyspace.Content content) {
    tracking.clears();
  }
}
