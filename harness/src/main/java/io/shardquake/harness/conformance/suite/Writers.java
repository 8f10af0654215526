package io.shardquake.harness.conformance.suite;

import io.shardquake.harness.conformance.bench.Bench;
import io.shardquake.harness.conformance.bench.Member;
import io.shardquake.harness.conformance.wire.Reply;
import io.shardquake.harness.conformance.wire.WireConnection;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Clients that append numbers to lists, a client and a list for each key, and remember which were
 * acknowledged and when. They follow redirections, never send a number twice, and go on with the
 * next one after an answer that says nothing.
 */
final class Writers implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(1);
  private static final Duration END = Duration.ofSeconds(10);
  private static final int MOST_HOPS = 16;
  private static final long PAUSE_NANOS = 1_000_000;

  private final Map<String, Member> nodes = new LinkedHashMap<>();
  private final List<Writer> writers = new ArrayList<>();
  private final Bench bench;
  private volatile boolean over;

  /**
   * What was acknowledged.
   *
   * @param number that was appended
   * @param sent when it was sent, as {@link System#nanoTime}
   * @param acknowledged when the answer came
   * @param by which node
   */
  record Write(long number, long sent, long acknowledged, Member by) {}

  private Writers(Bench bench) {
    this.bench = bench;
    bench.members().forEach(member -> nodes.put(member.address(), member));
  }

  /** One client for each key. */
  static Writers start(Bench bench, List<String> keys) {
    Writers writers = new Writers(bench);
    for (String key : keys) {
      Writer writer = writers.new Writer(key, bench.members().get(0));
      writers.writers.add(writer);
      writer.thread.setDaemon(true);
      writer.thread.start();
    }
    return writers;
  }

  /** Lets them come to an end. */
  void stop() throws InterruptedException {
    over = true;
    for (Writer writer : writers) {
      writer.thread.join(END.toMillis());
    }
  }

  /** What was acknowledged to the client of a key, in order. */
  List<Write> acknowledged(String key) {
    Writer writer = writers.stream().filter(it -> it.key.equals(key)).findFirst().orElseThrow();
    synchronized (writer.done) {
      return List.copyOf(writer.done);
    }
  }

  /** How many were acknowledged to all. */
  long total() {
    return writers.stream().mapToLong(writer -> acknowledged(writer.key).size()).sum();
  }

  /** Whether each of them had one acknowledged that was sent after this. */
  boolean allServedSince(long nanos) {
    return writers.stream()
        .map(writer -> acknowledged(writer.key))
        .allMatch(done -> !done.isEmpty() && done.get(done.size() - 1).sent() > nanos);
  }

  /** Those acknowledged numbers of a key that its list does not have. */
  static List<Write> lost(List<Write> acknowledged, Reply list) {
    List<String> present = list.elements().stream().map(Reply::text).toList();
    Map<String, Boolean> known = new LinkedHashMap<>();
    present.forEach(number -> known.put(number, true));
    return acknowledged.stream()
        .filter(write -> !known.containsKey(Long.toString(write.number())))
        .toList();
  }

  /** Whether a list has a number twice. */
  static boolean hasDuplicates(Reply list) {
    List<String> numbers = list.elements().stream().map(Reply::text).toList();
    return numbers.stream().distinct().count() != numbers.size();
  }

  private final class Writer {
    private final String key;
    private final List<Write> done = new ArrayList<>();
    private final Thread thread;
    private Member at;
    private Optional<WireConnection> connection = Optional.empty();

    Writer(String key, Member first) {
      this.key = key;
      this.at = first;
      this.thread = new Thread(this::writeAll, "writer");
    }

    private void writeAll() {
      for (long number = 0; !over; number++) {
        long sent = System.nanoTime();
        boolean served = false;
        try {
          served = write(number);
        } catch (IOException unknown) {
          disconnect();
          at = other();
        }
        if (served) {
          synchronized (done) {
            done.add(new Write(number, sent, System.nanoTime(), at));
          }
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
      disconnect();
    }

    private Member other() {
      List<Member> all = List.copyOf(nodes.values());
      return all.get((all.indexOf(at) + 1) % all.size());
    }

    private boolean write(long number) throws IOException {
      boolean asking = false;
      for (int hop = 0; hop < MOST_HOPS && !over; hop++) {
        Reply reply = push(number, asking);
        if (reply.isFine()) {
          return true;
        }
        asking = reply.isError("ASK");
        if (!asking && !reply.isError("MOVED")) {
          return false;
        }
        String to = reply.text().substring(reply.text().lastIndexOf(' ') + 1);
        Member next = Optional.ofNullable(nodes.get(to)).orElse(at);
        if (next != at) {
          disconnect();
          at = next;
        }
      }
      return false;
    }

    private Reply push(long number, boolean asking) throws IOException {
      if (connection.isEmpty()) {
        connection = Optional.of(WireConnection.open(at.host(), at.port()));
      }
      WireConnection open = connection.get();
      if (asking) {
        open.send("ASKING");
        open.read(LIMIT);
      }
      open.send("RPUSH", key, Long.toString(number));
      try {
        return open.read(LIMIT);
      } catch (SocketTimeoutException late) {
        throw new IOException("no answer", late);
      }
    }

    private void disconnect() {
      try {
        if (connection.isPresent()) {
          connection.get().close();
        }
      } catch (IOException gone) {
        bench.note("closing the connection to " + at + ": " + gone.getMessage());
      }
      connection = Optional.empty();
    }
  }

  @Override
  public void close() {
    over = true;
  }
}
