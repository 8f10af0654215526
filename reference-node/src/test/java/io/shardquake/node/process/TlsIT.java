package io.shardquake.node.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import io.lettuce.core.SslVerifyMode;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.shardquake.node.differential.RedisServerProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS with Redis's own tools and servers, and with Lettuce. */
@Tag("redis")
final class TlsIT {
  @TempDir private Path directory;

  /** A server of either kind, with a plain connection to it. */
  private record Member(int port, int securePort, Wire wire, Runnable end)
      implements AutoCloseable {
    String ask(String... words) throws IOException {
      return wire.ask(words).text();
    }

    @Override
    public void close() throws IOException {
      wire.close();
      end.run();
    }
  }

  @BeforeEach
  void makeCertificates() throws Exception {
    RedisServerProcess.assumeInstalled();
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/openssl"))
            && Files.isExecutable(Path.of("/usr/bin/redis-cli")),
        "SKIPPED: no openssl or redis-cli; on Debian: apt-get install openssl redis-tools");
    openssl("req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.crt -subj /CN=authority");
    openssl("req -newkey rsa:2048 -nodes -keyout node.key -out node.csr -subj /CN=node");
    openssl("x509 -req -in node.csr -CA ca.crt -CAkey ca.key -CAcreateserial -out node.crt");
  }

  private void openssl(String arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments.split(" ", -1)));
    run(0, command);
  }

  private String run(int exitCode, List<String> command) throws Exception {
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(output).isTrue();
    assertThat(process.exitValue()).as("%s:%n%s", command, output).isEqualTo(exitCode);
    return output;
  }

  private String file(String name) {
    return directory.resolve(name).toString();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private String[] options(int securePort, String... more) throws IOException {
    List<String> options =
        new ArrayList<>(List.of("--tls-port", Integer.toString(securePort), "--save", ""));
    options.addAll(
        List.of("--tls-cert-file", file("node.crt"), "--tls-key-file", file("node.key")));
    options.addAll(List.of("--tls-ca-cert-file", file("ca.crt")));
    options.addAll(List.of(more));
    return options.toArray(String[]::new);
  }

  private Member start(boolean reference) throws IOException {
    int securePort = freePort();
    String[] options =
        options(
            securePort,
            "--cluster-enabled",
            "yes",
            "--cluster-node-timeout",
            "3000",
            "--cluster-port",
            Integer.toString(freePort()),
            "--tls-cluster",
            "yes",
            "--tls-replication",
            "yes",
            "--repl-diskless-sync-delay",
            "0");
    if (reference) {
      Path own = Files.createDirectory(directory.resolve("n" + securePort));
      NodeProcess node = NodeProcess.start(own, options);
      return new Member(node.port(), securePort, new Wire(node.port()), node::close);
    }
    RedisServerProcess redis = RedisServerProcess.start(options);
    return new Member(redis.port(), securePort, new Wire(redis.port()), redis::close);
  }

  private String cli(int exitCode, int port, String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of("redis-cli", "--tls", "-c", "-p"));
    command.add(Integer.toString(port));
    command.addAll(List.of("--cacert", file("ca.crt")));
    command.addAll(List.of(words));
    return run(exitCode, command).strip();
  }

  private String certified(int port, String... words) throws Exception {
    List<String> all =
        new ArrayList<>(List.of("--cert", file("node.crt"), "--key", file("node.key")));
    all.addAll(List.of(words));
    return cli(0, port, all.toArray(String[]::new));
  }

  @Test
  void wantsCertificatesOfClientsUnlessToldOtherwise() throws Exception {
    int securePort = freePort();
    Path own = Files.createDirectory(directory.resolve("strict"));
    try (NodeProcess node = NodeProcess.start(own, options(securePort))) {
      assertThat(certified(securePort, "ping")).isEqualTo("PONG");
      assertThat(cli(1, securePort, "ping")).isNotEqualTo("PONG");
      try (Wire plain = new Wire(node.port())) {
        assertThat(plain.ask("PING").text()).isEqualTo("PONG");
      }
    }
    Path other = Files.createDirectory(directory.resolve("lenient"));
    try (NodeProcess node =
        NodeProcess.start(other, options(securePort, "--tls-auth-clients", "no"))) {
      assertThat(node.port()).isNotEqualTo(securePort);
      assertThat(cli(0, securePort, "ping")).isEqualTo("PONG");
    }
  }

  @Test
  void joinsAClusterOfRedis() throws Exception {
    try (Member redis = start(false);
        Member node = start(true);
        Member replica = start(true)) {
      form(List.of(redis, node, replica));

      assertThat(certified(redis.securePort(), "set", "a", "1")).isEqualTo("OK");
      assertThat(certified(node.securePort(), "get", "a")).isEqualTo("1");
      assertThat(certified(node.securePort(), "set", "b", "2")).isEqualTo("OK");
      assertThat(certified(redis.securePort(), "get", "b")).isEqualTo("2");
      // Each kind of client is sent to a port of its own kind.
      assertThat(node.ask("GET", "a")).isEqualTo("MOVED 15495 127.0.0.1:" + redis.port());
      assertThat(redis.ask("GET", "b")).isEqualTo("MOVED 3300 127.0.0.1:" + node.port());

      move("15495", redis, node);
      assertThat(certified(redis.securePort(), "get", "a")).isEqualTo("1");
      move("15495", node, redis);
      assertThat(certified(node.securePort(), "get", "a")).isEqualTo("1");
      replica.ask("READONLY");
      SixNodes.await("the replica to have what came", () -> replica.ask("GET", "a").equals("1"));
      lettuce(redis);
    }
  }

  private static void form(List<Member> members) throws IOException {
    Member redis = members.get(0);
    Member node = members.get(1);
    Member replica = members.get(2);
    String bus = redis.wire().ask("CONFIG", "GET", "cluster-port").elements().get(1).text();
    for (Member member : List.of(node, replica)) {
      member.ask("CLUSTER", "MEET", "127.0.0.1", Integer.toString(redis.securePort()), bus);
    }
    redis.ask("CLUSTER", "ADDSLOTSRANGE", "8000", "16383");
    node.ask("CLUSTER", "ADDSLOTSRANGE", "0", "7999");
    String master = redis.ask("CLUSTER", "MYID");
    SixNodes.await(
        "the replica to know its master",
        () -> replica.ask("CLUSTER", "REPLICATE", master).equals("OK"));
    for (Member member : members) {
      SixNodes.await(
          "all to call the cluster sound and know its members",
          () ->
              member.ask("CLUSTER", "INFO").contains("cluster_state:ok")
                  && member.ask("CLUSTER", "NODES").lines().count() == members.size()
                  && !member.ask("CLUSTER", "NODES").contains("handshake"));
    }
    SixNodes.await(
        "the replica to be in step",
        () -> replica.ask("INFO", "replication").contains("status:up"));
  }

  private static void move(String slot, Member from, Member to) throws IOException {
    String target = to.ask("CLUSTER", "MYID");
    to.ask("CLUSTER", "SETSLOT", slot, "IMPORTING", from.ask("CLUSTER", "MYID"));
    from.ask("CLUSTER", "SETSLOT", slot, "MIGRATING", target);
    String port = Integer.toString(to.securePort());
    assertThat(from.ask("MIGRATE", "127.0.0.1", port, "a", "0", "20000")).isEqualTo("OK");
    to.ask("CLUSTER", "SETSLOT", slot, "NODE", target);
    from.ask("CLUSTER", "SETSLOT", slot, "NODE", target);
  }

  private void lettuce(Member member) {
    try (RedisClusterClient client =
        RedisClusterClient.create(
            RedisURI.builder()
                .withHost("127.0.0.1")
                .withPort(member.securePort())
                .withSsl(true)
                .withVerifyPeer(SslVerifyMode.CA)
                .build())) {
      client.setOptions(
          ClusterClientOptions.builder()
              .sslOptions(
                  SslOptions.builder()
                      .jdkSslProvider()
                      .trustManager(directory.resolve("ca.crt").toFile())
                      .keyManager(
                          directory.resolve("node.crt").toFile(),
                          directory.resolve("node.key").toFile(),
                          null)
                      .build())
              .build());
      try (StatefulRedisClusterConnection<String, String> connection = client.connect()) {
        assertThat(connection.sync().get("a")).isEqualTo("1");
        assertThat(connection.sync().get("b")).isEqualTo("2");
        assertThat(connection.sync().set("c", "3")).isEqualTo("OK");
      }
    }
  }
}
