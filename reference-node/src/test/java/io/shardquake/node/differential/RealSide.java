package io.shardquake.node.differential;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;

/** A redis-server, with a connection that follows it as a replica would. */
final class RealSide implements Side {
  private static final int TIMEOUT_MILLIS = 5_000;

  /** In bytes: short, so that a bit at a random offset does not take half a gigabyte. */
  static final String LONGEST_ARGUMENT = "1048576";

  private final RedisServerProcess server;
  private final Map<String, Wire> wires = new TreeMap<>();
  private final Wire replica;
  private boolean resp3;
  private long marks;

  /** One connection. */
  private record Wire(Socket socket, InputStream in, String clientId) {
    static Wire open(RedisServerProcess server) throws IOException {
      Socket socket = new Socket();
      socket.connect(server.address(), TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      socket.getOutputStream().write(Request.of("CLIENT", "ID").encoded());
      return new Wire(socket, in, Reply.read(in).text());
    }

    void send(Request request) throws IOException {
      socket.getOutputStream().write(request.encoded());
    }
  }

  private RealSide(RedisServerProcess server, Wire replica) {
    this.server = server;
    this.replica = replica;
  }

  /** Starts a server, alone or as a cluster of one. */
  static RealSide start(boolean cluster) throws IOException {
    RedisServerProcess server =
        RedisServerProcess.start(
            "--cluster-enabled",
            cluster ? "yes" : "no",
            "--repl-diskless-sync-delay",
            "0",
            "--repl-ping-replica-period",
            "3600",
            "--repl-timeout",
            "36000",
            "--proto-max-bulk-len",
            LONGEST_ARGUMENT);
    RealSide side = new RealSide(server, Wire.open(server));
    side.ask("setup", Request.of("DEBUG", "SET-ACTIVE-EXPIRE", "0"));
    if (cluster) {
      side.ask("setup", Request.of("CLUSTER", "ADDSLOTSRANGE", "0", "16383"));
      Awaitility.await("the cluster of one to be up")
          .atMost(Duration.ofSeconds(20))
          .until(
              () -> side.ask("setup", Request.of("CLUSTER", "INFO")).text().contains("state:ok"));
    }
    side.follow();
    side.disconnect();
    return side;
  }

  /** Goes through a full resynchronisation, of which only the end matters. */
  private void follow() throws IOException {
    replica.send(Request.of("REPLCONF", "capa", "eof", "capa", "psync2"));
    Reply.read(replica.in());
    replica.send(Request.of("PSYNC", "?", "-1"));
    Reply.read(replica.in());
    StringBuilder head = new StringBuilder();
    for (int b = replica.in().read(); b != '\n' || head.isEmpty(); b = replica.in().read()) {
      if (b != '\n') {
        head.append((char) b);
      }
    }
    String mark = head.toString().strip().substring("$EOF:".length());
    StringBuilder tail = new StringBuilder();
    while (!tail.toString().endsWith(mark)) {
      tail.append((char) replica.in().read());
      if (tail.length() > 4 * mark.length()) {
        tail.delete(0, tail.length() - mark.length());
      }
    }
    // An acknowledgement that comes before the server has seen its child end is lost.
    Awaitility.await("the server to hold the transfer for done")
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(10))
        .until(
            () -> ask("setup", Request.of("INFO", "replication")).text().contains("state=online"));
    replica.send(Request.of("REPLCONF", "ACK", "0"));
  }

  @Override
  public void speakResp3(boolean yes) {
    this.resp3 = yes;
  }

  private Wire wire(String connection) throws IOException {
    Wire wire = wires.get(connection);
    if (wire == null) {
      wire = Wire.open(server);
      wires.put(connection, wire);
      if (resp3) {
        wire.send(Request.of("HELLO", "3"));
        Reply.read(wire.in());
      }
    }
    return wire;
  }

  @Override
  public void send(String connection, Request request) throws IOException {
    wire(connection).send(request);
  }

  /** Two connections are served in any order, unless the first is known to have been. */
  @Override
  public void awaitWaiting(String connection) throws IOException {
    Wire wire = wire(connection);
    Request ask = Request.of("CLIENT", "LIST", "ID", wire.clientId());
    Awaitility.await("the request on " + connection + " to wait or be answered")
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(2))
        .until(
            () ->
                wire.in().available() > 0
                    || ask("setup", ask).text().matches("(?s).* flags=[a-zA-Z]*b.*"));
  }

  @Override
  public Reply receive(String connection) throws IOException {
    return Reply.read(wire(connection).in());
  }

  @Override
  public void configure(String directive, String value) throws IOException {
    Reply reply = ask("setup", Request.of("CONFIG", "SET", directive, value));
    if (reply.isError()) {
      throw new IOException(reply.text());
    }
  }

  @Override
  public List<Request> propagated() throws IOException {
    String mark = "mark-" + marks++;
    ask("setup", Request.of("SET", "{end}", mark));
    ask("setup", Request.of("DEL", "{end}"));
    List<Request> stream = new ArrayList<>();
    boolean marked = false;
    while (true) {
      Request request = Request.of(Reply.read(replica.in()).texts());
      boolean end = request.words().size() > 1 && request.word(1).equals("{end}");
      if (end && marked) {
        return stream;
      }
      marked |= end;
      if (!end && !request.name().equals("SELECT") && !request.name().equals("PING")) {
        stream.add(request);
      }
    }
  }

  @Override
  public void disconnect() throws IOException {
    for (Wire wire : wires.values()) {
      wire.socket().close();
    }
    wires.clear();
  }

  @Override
  public void close() throws IOException {
    disconnect();
    replica.socket().close();
    server.close();
  }
}
