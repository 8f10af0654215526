package io.shardquake.node.core.connection;

import io.shardquake.node.core.client.Client;
import io.shardquake.node.core.client.ClientTracking;
import io.shardquake.node.core.client.Subscriptions;
import io.shardquake.node.core.client.Transaction;

/** A client's line in CLIENT LIST and CLIENT INFO. */
public final class ClientText {
  private static final long MILLIS_PER_SECOND = 1000;

  /** What a client's buffers hold at least; told so that tools find the fields they know. */
  private static final int REPLY_BUFFER = 1024;

  private ClientText() {}

  /** The line of a client. */
  public static String of(Client client, long nowMillis) {
    int pending = client.parser().pending();
    int replies = client.reply().length();
    Subscriptions subscriptions = client.subscriptions();
    return String.join(
        " ",
        "id=" + client.id(),
        "addr=" + client.address(),
        "laddr=" + client.localAddress(),
        "fd=" + (client.connection() + 8),
        "name=" + client.name(),
        "age=" + (nowMillis - client.connectedAt()) / MILLIS_PER_SECOND,
        "idle=" + (nowMillis - client.lastInteraction()) / MILLIS_PER_SECOND,
        "flags=" + flags(client),
        "db=" + client.database(),
        "sub=" + subscriptions.names(Subscriptions.Kind.CHANNEL).size(),
        "psub=" + subscriptions.names(Subscriptions.Kind.PATTERN).size(),
        "ssub=" + subscriptions.names(Subscriptions.Kind.SHARD_CHANNEL).size(),
        "multi=" + client.transaction().map(Transaction::queued).map(q -> q.size()).orElse(-1),
        "qbuf=" + pending,
        "qbuf-free=0",
        "argv-mem=0",
        "multi-mem=0",
        "rbs=" + REPLY_BUFFER,
        "rbp=" + replies,
        "obl=" + replies,
        "oll=0",
        "omem=" + client.outputBytes(),
        "tot-mem=" + (REPLY_BUFFER + pending + replies + client.outputBytes()),
        "events=r",
        "cmd=" + client.lastCommand(),
        "user=" + client.user(),
        "redir=" + client.tracking().map(wishes -> wishes.redirect().orElse(0)).orElse(-1L),
        "resp=" + (client.reply().isResp3() ? 3 : 2));
  }

  private static String flags(Client client) {
    StringBuilder flags = new StringBuilder();
    switch (client.kind()) {
      case REPLICA -> flags.append('S');
      case MASTER -> flags.append('M');
      case NORMAL -> {}
    }
    append(flags, client.isMonitoring(), 'O');
    append(flags, !client.subscriptions().isEmpty(), 'P');
    append(flags, client.transaction().isPresent(), 'x');
    append(flags, client.blocked().isPresent(), 'b');
    client
        .tracking()
        .ifPresent(
            wishes -> {
              flags.append('t');
              append(flags, wishes.isRedirectBroken(), 'R');
              append(flags, wishes.mode() == ClientTracking.Mode.BROADCAST, 'B');
            });
    append(flags, client.isWatchBroken(), 'd');
    append(flags, client.isClosing(), 'c');
    append(flags, client.readsFromReplica(), 'r');
    append(flags, client.isKeptFromEviction(), 'e');
    return flags.isEmpty() ? "N" : flags.toString();
  }

  private static void append(StringBuilder flags, boolean applies, char flag) {
    if (applies) {
      flags.append(flag);
    }
  }
}
