package io.shardquake.node.core.notification;

import io.shardquake.node.core.client.Client;
import io.shardquake.node.core.command.CommandObserver;
import io.shardquake.node.core.command.CommandSpec;
import io.shardquake.node.core.config.Configuration;
import io.shardquake.node.core.keyspace.Databases;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Publishes what happens to keys, as far as {@code notify-keyspace-events} asks for it. Which event
 * it is follows from the command that ran and the keys that it changed. Not thread-safe.
 */
public final class KeyspaceEvents implements CommandObserver {
  private final Configuration configuration;
  private final Databases databases;
  private final Publisher publisher;
  private final EventNames names = new EventNames();
  private final List<Change> changes = new ArrayList<>();
  private String classes = "";

  /** Takes messages to this node's subscribers. */
  @FunctionalInterface
  public interface Publisher {
    void publish(byte[] channel, byte[] message);
  }

  @SuppressWarnings("ArrayRecordComponent") // Compared by its key where it matters.
  private record Change(int database, byte[] key, boolean isNew) {}

  public KeyspaceEvents(Configuration configuration, Databases databases, Publisher publisher) {
    this.configuration = configuration;
    this.databases = databases;
    this.publisher = publisher;
    configuration.onChange(
        name -> {
          if (name.equals("notify-keyspace-events")) {
            read();
          }
        });
    read();
  }

  private void read() {
    classes = configuration.text("notify-keyspace-events");
  }

  private boolean isOn() {
    return classes.indexOf('K') >= 0 || classes.indexOf('E') >= 0;
  }

  /** A key is about to change; {@code exists} tells whether it is there before that. */
  public void aboutToChange(int database, byte[] key, boolean exists) {
    if (isOn() && !exists && find(database, key) < 0) {
      changes.add(new Change(database, key, true));
    }
  }

  /** A key has changed. */
  public void changed(int database, byte[] key) {
    if (isOn() && find(database, key) < 0) {
      changes.add(new Change(database, key, false));
    }
  }

  private int find(int database, byte[] key) {
    for (int i = 0; i < changes.size(); i++) {
      if (changes.get(i).database() == database && Arrays.equals(changes.get(i).key(), key)) {
        return i;
      }
    }
    return -1;
  }

  /** A key has been removed because its time had come. */
  public void expired(int database, byte[] key) {
    removed(database, key, 'x', "expired");
  }

  /** A key has been removed because memory was short. */
  public void evicted(int database, byte[] key) {
    removed(database, key, 'e', "evicted");
  }

  private void removed(int database, byte[] key, char group, String event) {
    int known = find(database, key);
    if (known >= 0) {
      changes.remove(known);
    }
    publish(database, group, event, key);
  }

  @Override
  public void begins(Client client, CommandSpec spec) {
    changes.clear();
  }

  @Override
  public void ran(Client client, CommandSpec spec, byte[][] arguments, Outcome outcome) {
    if (changes.isEmpty()) {
      return;
    }
    List<Change> happened = List.copyOf(changes);
    changes.clear();
    if (spec.name().startsWith("rename")) {
      renamed(client.database(), arguments, happened);
      return;
    }
    if (spec.name().endsWith("move") || spec.name().contains("poplpush")) {
      moved(client.database(), spec.name(), arguments, happened);
      return;
    }
    EventNames.Events events = names.of(spec.name());
    if (events == null) {
      return;
    }
    for (int i = 0; i < happened.size(); i++) {
      tell(happened.get(i), events, i == 0 ? events.first() : events.second(), spec, arguments);
    }
  }

  private void tell(
      Change change, EventNames.Events events, String event, CommandSpec spec, byte[][] request) {
    boolean exists = databases.get(change.database()).get(change.key()) != null;
    if (change.isNew() && exists) {
      publish(change.database(), 'n', "new", change.key());
    }
    boolean stores = event.endsWith("store") || spec.name().equals("bitop");
    if (exists || !(stores || event.equals("expire") || event.equals("del"))) {
      publish(change.database(), events.group(), adjusted(event, request), change.key());
    }
    boolean setsExpiry =
        exists
            && event.equals("set")
            && databases.get(change.database()).expiry(change.key()) >= 0
            && !has(request, "KEEPTTL");
    if (setsExpiry) {
      publish(change.database(), 'g', "expire", change.key());
    }
    if (!exists) {
      publish(change.database(), 'g', "del", change.key());
    }
  }

  /** Some commands say with their options what they do. */
  private static String adjusted(String event, byte[][] request) {
    return switch (event) {
      case "zadd" -> has(request, "INCR") ? "zincr" : event;
      case "zpopmin" -> has(request, "MAX") ? "zpopmax" : event;
      case "lpop" -> has(request, "RIGHT") ? "rpop" : event;
      case "expire" -> has(request, "PERSIST") ? "persist" : event;
      default -> event;
    };
  }

  private static boolean has(byte[][] request, String word) {
    for (int i = 1; i < request.length; i++) {
      if (request[i].length == word.length()
          && new String(request[i], StandardCharsets.ISO_8859_1).equalsIgnoreCase(word)) {
        return true;
      }
    }
    return false;
  }

  private void renamed(int database, byte[][] request, List<Change> happened) {
    tellIfNew(database, request[2], happened);
    publish(database, 'g', "rename_from", request[1]);
    publish(database, 'g', "rename_to", request[2]);
  }

  private void moved(int database, String command, byte[][] request, List<Change> happened) {
    if (command.equals("smove")) {
      publish(database, 's', "srem", request[1]);
      tellIfGone(database, request[1]);
      tellIfNew(database, request[2], happened);
      publish(database, 's', "sadd", request[2]);
      return;
    }
    if (command.equals("move")) {
      publish(database, 'g', "move_from", request[1]);
      int target = Integer.parseInt(new String(request[2], StandardCharsets.US_ASCII).strip());
      publish(target, 'g', "move_to", request[1]);
      return;
    }
    boolean ends = command.endsWith("lmove");
    String from = ends ? letter(request[3]) : "r";
    String to = ends ? letter(request[4]) : "l";
    tellIfNew(database, request[2], happened);
    publish(database, 'l', to + "push", request[2]);
    publish(database, 'l', from + "pop", request[1]);
    tellIfGone(database, request[1]);
  }

  private static String letter(byte[] end) {
    return new String(end, StandardCharsets.US_ASCII).substring(0, 1).toLowerCase(Locale.ROOT);
  }

  private void tellIfGone(int database, byte[] key) {
    if (databases.get(database).get(key) == null) {
      publish(database, 'g', "del", key);
    }
  }

  private void tellIfNew(int database, byte[] key, List<Change> happened) {
    if (happened.stream().anyMatch(each -> each.isNew() && Arrays.equals(each.key(), key))) {
      publish(database, 'n', "new", key);
    }
  }

  private void publish(int database, char group, String event, byte[] key) {
    boolean asked =
        classes.indexOf(group) >= 0 || (classes.indexOf('A') >= 0 && group != 'n' && group != 'm');
    if (!asked) {
      return;
    }
    byte[] name = event.getBytes(StandardCharsets.US_ASCII);
    if (classes.indexOf('K') >= 0) {
      publisher.publish(channel("__keyspace@" + database + "__:", key), name);
    }
    if (classes.indexOf('E') >= 0) {
      publisher.publish(channel("__keyevent@" + database + "__:", name), key);
    }
  }

  private static byte[] channel(String beginning, byte[] end) {
    ByteArrayOutputStream channel = new ByteArrayOutputStream();
    channel.writeBytes(beginning.getBytes(StandardCharsets.US_ASCII));
    channel.writeBytes(end);
    return channel.toByteArray();
  }
}
