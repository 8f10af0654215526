package io.shardquake.node.core.replication;

import io.shardquake.node.core.client.Client;
import io.shardquake.node.core.client.Clients;
import java.util.Arrays;

/**
 * The commands of the master, and how far they have been applied. What was applied goes, byte for
 * byte, to this node's own backlog and replicas; a transaction counts when it is complete, so that
 * a link lost in the middle resumes at its beginning. Not thread-safe.
 */
final class MasterStream {
  private final Client client;
  private final ReplicationLog log;
  private final boolean keepsLast;
  private byte[] unapplied = new byte[1024];
  private int start;
  private int end;
  private byte[] lastApplied = new byte[0];

  /**
   * A stream of which nothing has arrived.
   *
   * @param keepsLast whether the last request applied is kept, to be applied again
   */
  MasterStream(Client client, ReplicationLog log, boolean keepsLast) {
    this.client = client;
    this.log = log;
    this.keepsLast = keepsLast;
  }

  /**
   * Begins to obey a master.
   *
   * @param database selected at this point of its stream
   */
  static MasterStream begin(
      Clients clients,
      MasterConnection connection,
      int database,
      ReplicationLog log,
      long nowMillis,
      boolean keepsLast) {
    Client client =
        clients.add(
            connection.number(),
            connection.host() + ":" + connection.port(),
            connection.localAddress(),
            nowMillis);
    client.become(Client.Kind.MASTER);
    client.reply().mute(true);
    client.select(database);
    return new MasterStream(client, log, keepsLast);
  }

  Client client() {
    return client;
  }

  /** The last request, or transaction, that was applied, if it is kept; else empty. */
  byte[] lastApplied() {
    return lastApplied;
  }

  /** Has requests applied that do not count as part of the stream. */
  void repeat(byte[] requests) {
    client.parser().feed(requests);
  }

  /** Bytes have arrived. */
  void feed(byte[] data) {
    if (unapplied.length - end < data.length) {
      int used = end - start;
      byte[] target =
          used + data.length <= unapplied.length / 2
              ? unapplied
              : new byte[Math.max(2 * unapplied.length, used + data.length)];
      System.arraycopy(unapplied, start, target, 0, used);
      unapplied = target;
      start = 0;
      end = used;
    }
    System.arraycopy(data, 0, unapplied, end, data.length);
    end += data.length;
    client.parser().feed(data);
  }

  /** Whether what comes next is no request of the kind that masters send. */
  boolean isBroken() {
    return start < end
        && unapplied[start] != '*'
        && unapplied[start] != '\r'
        && unapplied[start] != '\n';
  }

  /** The offset up to which the stream has arrived. */
  long received() {
    return log.history().offset() + end - start;
  }

  /** The client's command has been carried out. */
  void handled() {
    if (client.transaction().isPresent()) {
      return;
    }
    int applied = end - start - client.parser().pending();
    log.relay(unapplied, start, applied);
    if (keepsLast && applied > 0) {
      lastApplied = Arrays.copyOfRange(unapplied, start, start + applied);
    }
    start += applied;
    if (start == end) {
      start = 0;
      end = 0;
    }
  }
}
