package io.shardquake.node.core.acl;

import io.shardquake.node.core.config.Configuration;
import io.shardquake.node.core.resp.ReplyBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.Locale;

/** What was denied lately (ACL LOG), the latest first. Not thread-safe. */
final class AccessLog {
  private static final long GROUPING_MILLIS = 60_000;
  private static final double MILLIS_PER_SECOND = 1000;

  private final Configuration configuration;
  private final Deque<Entry> entries = new ArrayDeque<>();

  /** One kind of denial, with how often it happened. */
  private static final class Entry {
    private final Denial denial;
    private final String context;
    private final String user;
    private String client;
    private long at;
    private long count = 1;

    Entry(Denial denial, String context, String user, String client, long at) {
      this.denial = denial;
      this.context = context;
      this.user = user;
      this.client = client;
      this.at = at;
    }

    boolean isLike(Denial other, String otherContext, String otherUser, long nowMillis) {
      return denial.reason() == other.reason()
          && context.equals(otherContext)
          && user.equals(otherUser)
          && nowMillis - at <= GROUPING_MILLIS
          && Arrays.equals(denial.object(), other.object());
    }
  }

  AccessLog(Configuration configuration) {
    this.configuration = configuration;
  }

  void add(Denial denial, String context, String user, String client, long nowMillis) {
    Iterator<Entry> known = entries.iterator();
    for (int i = 0; i < 10 && known.hasNext(); i++) {
      Entry entry = known.next();
      if (entry.isLike(denial, context, user, nowMillis)) {
        entry.count++;
        entry.at = nowMillis;
        entry.client = client;
        known.remove();
        entries.addFirst(entry);
        return;
      }
    }
    entries.addFirst(new Entry(denial, context, user, client, nowMillis));
    while (entries.size() > configuration.number("acllog-max-len")) {
      entries.removeLast();
    }
  }

  void clear() {
    entries.clear();
  }

  /** Shows the latest. */
  void show(long most, ReplyBuffer reply, long nowMillis) {
    int count = (int) Math.min(most, entries.size());
    reply.array(count);
    Iterator<Entry> latest = entries.iterator();
    for (int i = 0; i < count; i++) {
      Entry entry = latest.next();
      reply.map(7);
      reply.bulk("count");
      reply.integer(entry.count);
      reply.bulk("reason");
      reply.bulk(entry.denial.reason().name().toLowerCase(Locale.ROOT));
      reply.bulk("context");
      reply.bulk(entry.context);
      reply.bulk("object");
      reply.bulk(entry.denial.object());
      reply.bulk("username");
      reply.bulk(entry.user);
      reply.bulk("age-seconds");
      reply.real((nowMillis - entry.at) / MILLIS_PER_SECOND);
      reply.bulk("client-info");
      reply.bulk(entry.client);
    }
  }
}
