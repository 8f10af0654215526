package io.shardquake.harness.conformance.bench;

import io.shardquake.checkers.topology.ClusterInfo;
import io.shardquake.checkers.topology.ClusterNodes;
import io.shardquake.checkers.topology.ClusterView;
import io.shardquake.checkers.topology.NodeFlag;
import io.shardquake.checkers.topology.NodeView;
import io.shardquake.harness.conformance.wire.Reply;
import io.shardquake.harness.conformance.wire.WireConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A node of the cluster under test, as a client sees it. Used by one thread. */
public final class Member implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final Duration BREATH = Duration.ofMillis(20);
  private static final int BATCH = 500;
  private static final int BUS_OFFSET = 10_000;

  private final String name;
  private final String host;
  private final int port;
  private final Evidence evidence;
  private Optional<WireConnection> connection = Optional.empty();

  Member(String name, String host, int port, Evidence evidence) {
    this.name = name;
    this.host = host;
    this.port = port;
    this.evidence = evidence;
  }

  /** The harness's name of it. */
  public String name() {
    return name;
  }

  public String host() {
    return host;
  }

  public int port() {
    return port;
  }

  public int busPort() {
    return port + BUS_OFFSET;
  }

  /** As redirections name it. */
  public String address() {
    return host + ":" + port;
  }

  /** Another connection to it, which the caller closes. */
  public Line open() throws IOException {
    return new Line(name, WireConnection.open(host, port), evidence);
  }

  /** Sends a command and keeps what was said. */
  public Reply ask(String... words) throws IOException {
    evidence.add(name + " <- " + String.join(" ", words));
    Reply reply = look(words);
    evidence.add(name + " -> " + reply);
    return reply;
  }

  /** Sends a command of which there will be many; nothing is kept. */
  public Reply look(String... words) throws IOException {
    try {
      if (connection.isEmpty()) {
        connection = Optional.of(WireConnection.open(host, port));
      }
      return tell(connection.get(), words);
    } catch (IOException broken) {
      close();
      throw new IOException(name + " did not answer " + words[0] + ": " + broken, broken);
    }
  }

  /** Asks again as long as it says that it is loading, as any client has to after a restart. */
  private static Reply tell(WireConnection connection, String... words) throws IOException {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (true) {
      connection.send(words);
      Reply reply = connection.read(LIMIT);
      if (!reply.isError("LOADING") || System.nanoTime() > end) {
        return reply;
      }
      Watch.comes(BREATH, () -> false);
    }
  }

  /** Sends many commands at once; nothing is kept. */
  public List<Reply> lookAll(List<List<String>> commands) throws IOException {
    List<Reply> replies = new ArrayList<>();
    for (int from = 0; from < commands.size(); from += BATCH) {
      List<List<String>> batch = commands.subList(from, Math.min(commands.size(), from + BATCH));
      replies.add(look(batch.get(0).toArray(String[]::new)));
      WireConnection open = connection.orElseThrow();
      for (List<String> words : batch.subList(1, batch.size())) {
        open.send(words.toArray(String[]::new));
      }
      for (int i = 1; i < batch.size(); i++) {
        replies.add(open.read(LIMIT));
      }
    }
    return replies;
  }

  /** Sends a command that has to succeed for the test to go on. */
  public Reply must(String... words) throws IOException {
    Reply reply = ask(words);
    if (reply.error().isPresent()) {
      throw new Outcomes.Inconclusive(
          name + " refuses " + String.join(" ", words) + ": " + reply.error().get());
    }
    return reply;
  }

  /** Its identifier in the cluster. */
  public String id() throws IOException {
    return myself().id();
  }

  /** The cluster in its eyes. */
  public ClusterView view() throws IOException {
    return new ClusterView(
        ClusterNodes.parse(text("CLUSTER", "NODES")), ClusterInfo.parse(text("CLUSTER", "INFO")));
  }

  private String text(String... words) throws IOException {
    Reply reply = look(words);
    if (reply.error().isPresent()) {
      throw new IOException(name + " refuses " + String.join(" ", words) + ": " + reply.text());
    }
    return reply.text();
  }

  /** Itself in its eyes. */
  public NodeView myself() throws IOException {
    return view().myself().orElseThrow(() -> new IOException(name + " does not list itself"));
  }

  /** Whether it holds itself to be a master. */
  public boolean isMaster() throws IOException {
    return myself().is(NodeFlag.MASTER);
  }

  /** Another node in its eyes. */
  public Optional<NodeView> sees(String id) throws IOException {
    return view().node(id);
  }

  /** Whether it has this flag on another node. */
  public boolean flags(String id, NodeFlag flag) throws IOException {
    return sees(id).filter(node -> node.is(flag)).isPresent();
  }

  /** A field of INFO; empty if it is not there. */
  public String info(String section, String field) throws IOException {
    return look("INFO", section)
        .text()
        .lines()
        .filter(line -> line.startsWith(field + ":"))
        .findFirst()
        .map(line -> line.substring(field.length() + 1).strip())
        .orElse("");
  }

  /** Keeps what it says of the cluster. */
  public void showView() throws IOException {
    evidence.add(name + " sees " + look("CLUSTER", "NODES").text());
  }

  @Override
  public void close() {
    connection.ifPresent(
        open -> {
          try {
            open.close();
          } catch (IOException gone) {
            evidence.add(name + ": " + gone.getMessage());
          }
        });
    connection = Optional.empty();
  }

  @Override
  public String toString() {
    return name;
  }
}
