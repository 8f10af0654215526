package io.shardquake.workloads.lettuce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.shardquake.checkers.history.Value;
import io.shardquake.workloads.ClusterAccess;
import io.shardquake.workloads.client.Client;
import io.shardquake.workloads.client.ClientFactory;
import io.shardquake.workloads.client.Outcome;
import io.shardquake.workloads.cluster.Conversation;
import io.shardquake.workloads.cluster.SingleCommand;
import io.shardquake.workloads.cluster.Turn.Next;
import io.shardquake.workloads.generator.Request;
import io.shardquake.workloads.protocol.Command;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/**
 * An increment that is sent twice counts twice. Here a server reads it, drops the connection
 * instead of answering, and counts how often it comes.
 */
class AtMostOnceTest {
  @Test
  void anIncrementWhoseReplyIsLostIsNotSentAgain() throws Exception {
    try (ScriptedServer server = new ScriptedServer(droppingTheFirstIncrement());
        ClientFactory clients = clients(server.port(), Duration.ofSeconds(10));
        Client client = clients.open(0)) {
      assertThat(invoke(client, "INCR"))
          .isInstanceOfSatisfying(
              Outcome.Info.class,
              info -> {
                assertThat(info.error()).isEqualTo("connection-lost");
                assertThat(info.attribution().nodes()).containsExactly("n1");
              });
      assertThat(invoke(client, "PING")).isInstanceOf(Outcome.Ok.class);
      assertThat(increments(server))
          .as("the increment is sent once, although the client has a new connection by now")
          .isEqualTo(1);
    }
  }

  @Test
  void theSameServerCatchesAClientThatResends() throws Exception {
    try (ScriptedServer server = new ScriptedServer(droppingTheFirstIncrement())) {
      RedisClient resending = RedisClient.create("redis://127.0.0.1:" + server.port());
      try {
        RedisAsyncCommands<String, String> commands = resending.connect().async();
        assertThat(commands.incr("k").get(10, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(increments(server))
            .as("Lettuce's own reconnection sends what was not answered again")
            .isEqualTo(2);
      } finally {
        resending.shutdown(0, 1, TimeUnit.SECONDS);
      }
    }
  }

  @Test
  void anIncrementThatIsNotAnsweredInTimeIsUnknownAndItsLateAnswerIsNobodys() throws Exception {
    ScriptedServer.Script late =
        (ordinal, command) ->
            command.startsWith("INCR") ? ScriptedServer.Script.SILENCE : "+PONG\r\n";
    try (ScriptedServer server = new ScriptedServer(late);
        ClientFactory clients = clients(server.port(), Duration.ofMillis(200));
        Client client = clients.open(0)) {
      assertThat(invoke(client, "INCR"))
          .isInstanceOfSatisfying(
              Outcome.Info.class, info -> assertThat(info.error()).isEqualTo("timeout"));
      int before = server.connections();
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> invoke(client, "PING") instanceof Outcome.Ok);
      assertThat(server.connections())
          .as("the old connection is not used again")
          .isGreaterThan(before);
      assertThat(increments(server)).isEqualTo(1);
    }
  }

  @Test
  void anIncrementThatFindsNoServerCertainlyFails() throws Exception {
    try (ClientFactory clients = clients(unusedPort(), Duration.ofSeconds(10));
        Client client = clients.open(0)) {
      assertThat(invoke(client, "INCR"))
          .isInstanceOfSatisfying(
              Outcome.Fail.class,
              fail -> {
                assertThat(fail.error()).isEqualTo("connection-refused");
                assertThat(fail.attribution().nodes()).isEmpty();
              });
    }
  }

  @Test
  void anIncrementOnAConnectionThatTheServerHasClosedIsSentOnceOrCertainlyNot() throws Exception {
    ScriptedServer.Script closesAfterPing =
        (ordinal, command) -> command.startsWith("INCR") ? ":1\r\n" : ScriptedServer.Script.HANG_UP;
    try (ScriptedServer server = new ScriptedServer(closesAfterPing);
        ClientFactory clients = clients(server.port(), Duration.ofSeconds(10));
        Client client = clients.open(0)) {
      invoke(client, "PING");
      Outcome outcome = invoke(client, "INCR");
      if (outcome instanceof Outcome.Fail) {
        assertThat(increments(server)).isZero();
      } else {
        assertThat(outcome).isInstanceOf(Outcome.Ok.class);
        assertThat(increments(server)).isEqualTo(1);
      }
    }
  }

  @Test
  void closingTheClientEndsItsOpenRequest() throws Exception {
    ScriptedServer.Script silent = (ordinal, command) -> ScriptedServer.Script.SILENCE;
    try (ScriptedServer server = new ScriptedServer(silent);
        ClientFactory clients = clients(server.port(), Duration.ofMinutes(10))) {
      Client client = clients.open(0);
      CompletableFuture<Outcome> outcome = new CompletableFuture<>();
      client.invoke(new Request("INCR", Value.nil(), Value.nil()), outcome::complete);
      await().until(() -> increments(server) == 1);
      client.close();
      assertThat(outcome.get(10, TimeUnit.SECONDS))
          .isInstanceOfSatisfying(
              Outcome.Info.class, info -> assertThat(info.error()).isEqualTo("client-closed"));
    }
  }

  private static ScriptedServer.Script droppingTheFirstIncrement() {
    AtomicBoolean dropped = new AtomicBoolean();
    return (ordinal, command) -> {
      if (command.startsWith("INCR")) {
        return dropped.getAndSet(true) ? ":1\r\n" : ScriptedServer.Script.HANG_UP;
      }
      return command.startsWith("PING") ? "+PONG\r\n" : "-ERR unknown command\r\n";
    };
  }

  private static long increments(ScriptedServer server) {
    return server.commands().stream().filter(command -> command.startsWith("INCR")).count();
  }

  private static ClientFactory clients(int port, Duration timeout) {
    ClusterAccess access =
        new ClusterAccess(List.of(new ClusterAccess.Node("n1", "127.0.0.1", port)), timeout);
    return LettuceTransports.clients(access, AtMostOnceTest::conversation);
  }

  private static Conversation conversation(Request request) {
    return SingleCommand.on(
        0, Command.keyed(request.function(), "k"), reply -> new Next.Done(reply.toValue()));
  }

  private static Outcome invoke(Client client, String command) throws Exception {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    client.invoke(new Request(command, Value.nil(), Value.nil()), outcome::complete);
    return outcome.get(20, TimeUnit.SECONDS);
  }

  private static int unusedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
