package io.shardquake.node.differential;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A redis-server and this project's core, side by side: runs scripts on both and compares every
 * reply, then what went to replicas, then the keyspace. Not thread-safe.
 */
final class Comparison implements AutoCloseable {
  private static final String OBSERVER = "observer";

  private static final List<Request> CLEANING =
      List.of(
          Request.of("FLUSHALL"),
          Request.of("FUNCTION", "FLUSH"),
          Request.of("SCRIPT", "FLUSH"),
          Request.of("ACL", "DELUSER", "alice"),
          Request.of("ACL", "LOG", "RESET"));

  private final Side theirs;
  private final Side ours;
  private final Tolerance tolerance = new Tolerance();

  private boolean broken;

  private Comparison(Side theirs, Side ours) {
    this.theirs = theirs;
    this.ours = ours;
  }

  /** Starts both sides, each alone or as a cluster of one. */
  static Comparison start(boolean cluster) {
    try {
      return new Comparison(
          RealSide.start(cluster),
          new OwnSide(cluster, () -> TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Runs a script on both sides.
   *
   * @throws AssertionError if they differ, with what was said up to there
   */
  void run(Script script, boolean resp3) {
    if (broken) {
      throw new IllegalStateException("one side has ceased to answer in an earlier script");
    }
    StringBuilder transcript = new StringBuilder(resp3 ? "RESP3: " : "RESP2: ");
    transcript.append(script.title()).append('\n');
    Map<String, String> configured = new TreeMap<>();
    try {
      begin(resp3);
      for (Script.Step step : script.steps()) {
        transcript.append("  ").append(step).append('\n');
        perform(step, script, transcript, configured);
      }
      compareStreams(transcript);
      compareKeyspaces(transcript);
    } catch (IOException e) {
      broken = true;
      throw new AssertionError(transcript + "one side did not answer: " + e, e);
    } finally {
      end(configured);
    }
  }

  private void begin(boolean resp3) {
    theirs.speakResp3(resp3);
    ours.speakResp3(resp3);
  }

  private void end(Map<String, String> configured) {
    if (broken) {
      return;
    }
    try {
      for (Map.Entry<String, String> directive : configured.entrySet()) {
        theirs.configure(directive.getKey(), directive.getValue());
        ours.configure(directive.getKey(), directive.getValue());
      }
      for (Side side : List.of(theirs, ours)) {
        side.disconnect();
        side.speakResp3(false);
        for (Request request : CLEANING) {
          side.ask(OBSERVER, request);
        }
        side.propagated();
        side.disconnect();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void perform(
      Script.Step step, Script script, StringBuilder transcript, Map<String, String> configured)
      throws IOException {
    if (step instanceof Script.Step.Send send) {
      theirs.send(send.connection(), send.request());
      ours.send(send.connection(), send.request());
      if (send.receive()) {
        compareReplies(send.request(), send.connection(), transcript);
      } else if (!send.silent()) {
        theirs.awaitWaiting(send.connection());
        ours.awaitWaiting(send.connection());
      }
    } else if (step instanceof Script.Step.Receive receive) {
      compareReplies(Request.of(script.title()), receive.connection(), transcript);
    } else if (step instanceof Script.Step.Configure configure) {
      Reply old = theirs.ask("setup", Request.of("CONFIG", "GET", configure.directive()));
      configured.putIfAbsent(configure.directive(), old.elements().get(1).text());
      theirs.configure(configure.directive(), configure.value());
      ours.configure(configure.directive(), configure.value());
    }
  }

  private void compareReplies(Request request, String connection, StringBuilder transcript)
      throws IOException {
    Reply expected = theirs.receive(connection);
    Reply actual = ours.receive(connection);
    transcript.append("    ").append(expected).append('\n');
    if (!tolerance.agree(request, expected, actual)) {
      throw new AssertionError(transcript + "but this node answers\n    " + actual);
    }
  }

  private void compareStreams(StringBuilder transcript) throws IOException {
    List<Request> expected = deletionsSorted(theirs.propagated());
    List<Request> actual = deletionsSorted(ours.propagated());
    boolean same = expected.size() == actual.size();
    for (int i = 0; same && i < expected.size(); i++) {
      same = Tolerance.same(expected.get(i), actual.get(i));
    }
    if (!same) {
      throw new AssertionError(
          transcript + "propagates\n    " + expected + "\nbut this node propagates\n    " + actual);
    }
  }

  /** Keys that a step through a table finds expired go in the order of that table. */
  private static List<Request> deletionsSorted(List<Request> stream) {
    List<Request> sorted = new ArrayList<>();
    List<Request> deletions = new ArrayList<>();
    for (Request request : stream) {
      if (request.name().equals("DEL") && request.words().size() == 2) {
        deletions.add(request);
      } else {
        addSorted(deletions, sorted);
        sorted.add(request);
      }
    }
    addSorted(deletions, sorted);
    return sorted;
  }

  private static void addSorted(List<Request> deletions, List<Request> sorted) {
    deletions.sort(Comparator.comparing(request -> request.word(1)));
    sorted.addAll(deletions);
    deletions.clear();
  }

  private void compareKeyspaces(StringBuilder transcript) throws IOException {
    List<String> expected = keyspace(theirs);
    List<String> actual = keyspace(ours);
    if (!expected.equals(actual)) {
      throw new AssertionError(
          transcript
              + "leaves\n    "
              + String.join("\n    ", expected)
              + "\nbut this node leaves\n    "
              + String.join("\n    ", actual));
    }
  }

  private static List<String> keyspace(Side side) throws IOException {
    side.speakResp3(false);
    Reply keys = side.ask(OBSERVER, Request.of("KEYS", "*")).sorted(1);
    List<String> lines = new ArrayList<>();
    lines.add(side.ask(OBSERVER, Request.of("DBSIZE")).text() + " keys: " + keys.texts());
    for (Reply key : side.ask(OBSERVER, Request.of("KEYS", "*")).elements()) {
      lines.add(describe(side, key.text()));
    }
    lines.sort(null);
    lines.add("DIGEST " + side.ask(OBSERVER, Request.of("DEBUG", "DIGEST")).text());
    return lines;
  }

  private static String describe(Side side, String key) throws IOException {
    Reply type = side.ask(OBSERVER, Request.of("TYPE", key));
    Reply encoding = side.ask(OBSERVER, Request.of("OBJECT", "ENCODING", key));
    Reply expiry = side.ask(OBSERVER, Request.of("PTTL", key));
    Reply content = side.ask(OBSERVER, content(type.text(), key));
    Reply digest = side.ask(OBSERVER, Request.of("DEBUG", "DIGEST-VALUE", key));
    boolean ordered = type.text().equals("list") || type.text().equals("zset");
    return String.join(
        " ",
        Request.of(key).toString(),
        type.text(),
        encoding.text(),
        expiry.text().equals("-1") ? "stays" : "expires",
        (ordered ? content : content.sorted(type.text().equals("hash") ? 2 : 1)).toString(),
        digest.texts().toString());
  }

  private static Request content(String type, String key) {
    return switch (type) {
      case "list" -> Request.of("LRANGE", key, "0", "-1");
      case "hash" -> Request.of("HGETALL", key);
      case "set" -> Request.of("SMEMBERS", key);
      case "zset" -> Request.of("ZRANGE", key, "0", "-1", "WITHSCORES");
      case "stream" -> Request.of("XRANGE", key, "-", "+");
      default -> Request.of("GET", key);
    };
  }

  @Override
  public void close() throws IOException {
    theirs.close();
    ours.close();
  }
}
