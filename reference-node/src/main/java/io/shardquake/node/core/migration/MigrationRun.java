package io.shardquake.node.core.migration;

import io.shardquake.node.core.client.Blocked;
import io.shardquake.node.core.client.Client;
import io.shardquake.node.core.resp.ReplyBuffer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One MIGRATE from its first byte to the target until its last reply from there. Knows what was
 * sent and what the target has confirmed; what follows from it is {@link Migrations}'s business.
 * Not thread-safe.
 */
final class MigrationRun {
  private final Client client;
  private final Blocked blocked;
  private final int database;
  private final MigrateRequest request;
  private final List<Departure> departures;
  private final String restore;
  private final boolean dropsTtl;
  private final List<byte[]> confirmed = new ArrayList<>();
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private String targetError = "";
  private long connection;
  private long deadline;
  private boolean connected;
  private boolean retried;
  private int preambleLeft;
  private int preambleLength;
  private String preambleError = "";
  private int replies;

  /**
   * A run that has not begun.
   *
   * @param blocked how the client waits for it
   * @param database of this node, that the keys are in
   * @param restore the command that the target is to be sent
   * @param dropsTtl whether the time to live is left out
   */
  MigrationRun(
      Client client,
      Blocked blocked,
      int database,
      MigrateRequest request,
      List<Departure> departures,
      String restore,
      boolean dropsTtl) {
    this.client = client;
    this.blocked = blocked;
    this.database = database;
    this.request = request;
    this.departures = List.copyOf(departures);
    this.restore = restore;
    this.dropsTtl = dropsTtl;
  }

  Client client() {
    return client;
  }

  /** Whether the client still waits for this run. */
  @SuppressWarnings("ReferenceEquality") // This wait, not another one like it.
  boolean isAwaited() {
    return client.blocked().filter(by -> by == blocked).isPresent();
  }

  Blocked blocked() {
    return blocked;
  }

  int database() {
    return database;
  }

  MigrateRequest request() {
    return request;
  }

  long connection() {
    return connection;
  }

  boolean isConnected() {
    return connected;
  }

  /** Takes all keys as confirmed, whatever the target will say. */
  void confirmAll() {
    departures.forEach(departure -> confirmed.add(departure.key()));
  }

  /** Keys that the target has confirmed so far. */
  List<byte[]> confirmed() {
    return confirmed;
  }

  /** The target's first error, without its minus; empty if there was none. */
  String targetError() {
    return targetError;
  }

  boolean isGuarding(byte[] key) {
    return departures.stream().anyMatch(departure -> Arrays.equals(departure.key(), key));
  }

  /** Goes over a connection that is being opened. */
  void connectingOn(long number, long nowMillis) {
    connection = number;
    connected = false;
    waitAnew(nowMillis);
  }

  /** All that the target is to be sent, in one piece. */
  byte[] send(TargetConnections.Target target, long nowMillis) {
    connection = target.connection();
    connected = true;
    replies = 0;
    line.reset();
    preambleLength = 0;
    preambleError = "";
    ReplyBuffer out = new ReplyBuffer();
    if (!request.credentials().isEmpty()) {
      List<byte[]> auth = new ArrayList<>(List.of(ascii("AUTH")));
      auth.addAll(request.credentials());
      out.bulks(auth);
      preambleLength++;
    }
    if (target.database() != request.database()) {
      out.bulks(List.of(ascii("SELECT"), ascii(Long.toString(request.database()))));
      preambleLength++;
    }
    preambleLeft = preambleLength;
    for (Departure departure : departures) {
      out.array(request.replace() ? 5 : 4);
      out.bulk(restore);
      out.bulk(departure.key());
      out.bulk(Long.toString(dropsTtl ? 0 : departure.ttlMillis()));
      out.bulk(departure.payload());
      if (request.replace()) {
        out.bulk("REPLACE");
      }
    }
    waitAnew(nowMillis);
    return out.take();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Takes what the target answered; true when it has answered everything. */
  boolean received(byte[] data, long nowMillis) {
    for (byte b : data) {
      if (b == '\n') {
        reply(line.toString(StandardCharsets.UTF_8).stripTrailing());
        line.reset();
        waitAnew(nowMillis);
      } else {
        line.write(b);
      }
      if (isAnswered()) {
        return true;
      }
    }
    return false;
  }

  private boolean isAnswered() {
    return preambleLeft == 0 && replies == departures.size();
  }

  private void reply(String text) {
    boolean error = text.startsWith("-");
    if (preambleLeft > 0) {
      preambleLeft--;
      if (error && preambleError.isEmpty()) {
        preambleError = text.substring(1);
      }
      return;
    }
    Departure departure = departures.get(replies++);
    if (preambleError.isEmpty() && !error) {
      confirmed.add(departure.key());
    } else if (targetError.isEmpty()) {
      targetError = preambleError.isEmpty() ? text.substring(1) : preambleError;
    }
  }

  /** Whether the target has answered anything on the present connection. */
  private boolean hasBegunToAnswer() {
    return replies > 0;
  }

  /**
   * Whether it makes sense to try once more on a new connection after the present one failed; it
   * does so at most once.
   */
  boolean mayRetry() {
    boolean may = !retried && !hasBegunToAnswer();
    retried = true;
    return may;
  }

  private void waitAnew(long nowMillis) {
    deadline = nowMillis + request.timeoutMillis();
  }

  boolean isOverdue(long nowMillis) {
    return nowMillis >= deadline;
  }
}
