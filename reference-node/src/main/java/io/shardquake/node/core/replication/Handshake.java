package io.shardquake.node.core.replication;

import io.shardquake.node.core.config.Configuration;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What a replica says to its master before it gets data, and what it makes of the answers: PING,
 * AUTH, REPLCONF, PSYNC. Knows no connection. Not thread-safe.
 */
final class Handshake {
  /** What follows from a line of the master's. */
  sealed interface Step {}

  /** Nothing yet. */
  record Wait() implements Step {}

  /** Something has to be said. */
  @SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
  record Say(byte[] bytes) implements Step {}

  /** The stream goes on where it stopped; under another ID if the master names one. */
  record Resume(Optional<String> id) implements Step {}

  /** The whole data set comes, and then the stream from an offset on. */
  record Synchronize(String id, long offset) implements Step {}

  /** The master knows no PSYNC: the whole data set comes if it is asked for in the old way. */
  record OldSynchronize() implements Step {}

  /**
   * It is not to be had from this master now.
   *
   * @param refused whether the master has refused to synchronize, rather than to talk at all
   */
  record GiveUp(String reason, boolean refused) implements Step {}

  private static final List<String> HARMLESS_ERRORS =
      List.of("-NOAUTH", "-NOPERM", "-ERR operation not permitted");

  private final Configuration configuration;
  private final byte[] psync;
  private final Deque<String> unanswered = new ArrayDeque<>(List.of("ping"));

  /**
   * A handshake that has not begun.
   *
   * @param psync what to ask for in the end
   */
  Handshake(Configuration configuration, byte[] psync) {
    this.configuration = configuration;
    this.psync = psync;
  }

  /**
   * The request for synchronization.
   *
   * @param resumable whether what this node has is part of its history, so that it needs the rest
   * @param lastWords what it ends with
   */
  static byte[] psync(ReplicationHistory history, boolean resumable, List<String> lastWords) {
    List<String> words = new ArrayList<>(List.of("PSYNC"));
    words.add(resumable ? history.id() : "?");
    words.add(resumable ? Long.toString(history.offset() + 1) : "-1");
    words.addAll(lastWords);
    return ReplicationLog.encode(words.toArray(String[]::new));
  }

  /** The first words. */
  byte[] greeting() {
    return ReplicationLog.encode("PING");
  }

  /** Takes a line of the master's. */
  Step heard(String line) {
    String request = unanswered.poll();
    if (request == null) {
      return answer(line);
    }
    boolean refused = line.startsWith("-");
    switch (request) {
      case "ping" -> {
        if (refused && HARMLESS_ERRORS.stream().noneMatch(line::startsWith)) {
          return new GiveUp("Error reply to PING from master: '" + line + "'", false);
        }
        return new Say(introduction());
      }
      case "auth" -> {
        if (refused) {
          return new GiveUp("Unable to AUTH to MASTER: " + line, false);
        }
      }
      default -> {}
    }
    return unanswered.isEmpty() ? new Say(psync) : new Wait();
  }

  /** All that the replica says of itself, in one burst. */
  private byte[] introduction() {
    List<byte[]> requests = new ArrayList<>();
    String password = configuration.text("masterauth");
    String user = configuration.text("masteruser");
    if (!password.isEmpty()) {
      requests.add(
          user.isEmpty()
              ? ReplicationLog.encode("AUTH", password)
              : ReplicationLog.encode("AUTH", user, password));
      unanswered.add("auth");
    }
    long port = configuration.number("replica-announce-port");
    String announced = Long.toString(port != 0 ? port : ownPort());
    requests.add(ReplicationLog.encode("REPLCONF", "listening-port", announced));
    unanswered.add("port");
    String ip = configuration.text("replica-announce-ip");
    if (!ip.isEmpty()) {
      requests.add(ReplicationLog.encode("REPLCONF", "ip-address", ip));
      unanswered.add("ip");
    }
    requests.add(ReplicationLog.encode("REPLCONF", "capa", "eof", "capa", "psync2"));
    unanswered.add("capa");
    ByteArrayOutputStream burst = new ByteArrayOutputStream();
    requests.forEach(burst::writeBytes);
    return burst.toByteArray();
  }

  private long ownPort() {
    long secure = configuration.yes("tls-replication") ? configuration.number("tls-port") : 0;
    return secure != 0 ? secure : configuration.number("port");
  }

  /** What the answer to PSYNC means. */
  private static Step answer(String line) {
    if (line.isEmpty()) {
      return new Wait(); // The master prepares a snapshot, and shows that it lives.
    }
    String[] words = line.split(" +", -1);
    if (words[0].equals("+CONTINUE")) {
      boolean named = words.length > 1 && words[1].length() == ReplicationHistory.NO_ID.length();
      return new Resume(named ? Optional.of(words[1]) : Optional.empty());
    }
    if (words[0].equals("+FULLRESYNC") && words.length == 3) {
      try {
        return new Synchronize(words[1], Long.parseLong(words[2]));
      } catch (NumberFormatException e) {
        return new GiveUp("Master replied with wrong +FULLRESYNC syntax: '" + line + "'", true);
      }
    }
    if (line.startsWith("-NOMASTERLINK") || line.startsWith("-LOADING")) {
      return new GiveUp(
          "Master is currently unable to PSYNC but should be in the future: " + line.substring(1),
          true);
    }
    return new OldSynchronize();
  }
}
