package io.shardquake.workloads.lettuce;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.checkers.history.Value;
import io.shardquake.workloads.ClusterAccess;
import io.shardquake.workloads.client.Client;
import io.shardquake.workloads.client.ClientFactory;
import io.shardquake.workloads.client.Outcome;
import io.shardquake.workloads.cluster.Conversation;
import io.shardquake.workloads.cluster.SingleCommand;
import io.shardquake.workloads.cluster.Turn.Next;
import io.shardquake.workloads.generator.RandomSource;
import io.shardquake.workloads.generator.Request;
import io.shardquake.workloads.protocol.Command;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * A server that answers, falls silent, hangs up, hangs up in the middle of an answer or redirects
 * to itself, at random. What clients say of their operations is held against what it executed.
 */
class UnreliableServerTest {
  private static final int CLIENTS = 12;
  private static final int OPERATIONS_EACH = 150;

  private final Map<String, Integer> executed = new ConcurrentHashMap<>();
  private final Map<String, Outcome> outcomes = new ConcurrentHashMap<>();
  private final CountDownLatch done = new CountDownLatch(CLIENTS * OPERATIONS_EACH);
  private final RandomSource random = RandomSource.seeded(1);
  private volatile int port;

  @Test
  void noOperationIsExecutedTwiceAndEveryOutcomeIsTrue() throws Exception {
    try (ScriptedServer server = new ScriptedServer(this::answer)) {
      port = server.port();
      ClusterAccess access =
          new ClusterAccess(
              List.of(new ClusterAccess.Node("n1", "127.0.0.1", port)), Duration.ofMillis(500));
      List<Client> clients = new ArrayList<>();
      try (ClientFactory factory =
          LettuceTransports.clients(access, UnreliableServerTest::conversation)) {
        for (int process = 0; process < CLIENTS; process++) {
          Client client = factory.open(process);
          clients.add(client);
          next(client, process, 0);
        }
        assertThat(done.await(120, TimeUnit.SECONDS)).as("every operation ends").isTrue();
        clients.forEach(Client::close);
      }
    }
    assertThat(outcomes).hasSize(CLIENTS * OPERATIONS_EACH);
    outcomes.forEach(this::assertTrue);
    assertThat(outcomes.values())
        .as("the test would prove little if one kind were missing")
        .anyMatch(Outcome.Ok.class::isInstance)
        .anyMatch(Outcome.Fail.class::isInstance)
        .anyMatch(Outcome.Info.class::isInstance);
  }

  private void assertTrue(String operation, Outcome outcome) {
    int times = executed.getOrDefault(operation, 0);
    assertThat(times).as("%s was executed twice", operation).isLessThanOrEqualTo(1);
    if (outcome instanceof Outcome.Ok) {
      assertThat(times).as("%s is said to have happened", operation).isEqualTo(1);
    }
    if (outcome instanceof Outcome.Fail) {
      assertThat(times).as("%s is said not to have happened: %s", operation, outcome).isZero();
    }
  }

  private void next(Client client, int process, int number) {
    if (number == OPERATIONS_EACH) {
      return;
    }
    String operation = "operation-" + process + "-" + number;
    client.invoke(
        new Request("SET", Value.of(operation), Value.of(1)),
        outcome -> {
          outcomes.put(operation, outcome);
          done.countDown();
          next(client, process, number + 1);
        });
  }

  /** Called by one thread at a time. */
  private String answer(int ordinal, String command) {
    if (!command.startsWith("SET ")) {
      return "*0\r\n";
    }
    String operation = command.split(" ", -1)[1];
    int choice = random.nextInt(100);
    if (choice < 10) {
      return ScriptedServer.Script.HANG_UP;
    } else if (choice < 20) {
      return "-MOVED 0 127.0.0.1:" + port + "\r\n";
    } else if (choice < 23) {
      return "-TRYAGAIN later\r\n";
    } else if (choice < 30) {
      return "-CLUSTERDOWN The cluster is down\r\n";
    }
    executed.merge(operation, 1, Integer::sum);
    if (choice < 36) {
      return ScriptedServer.Script.HANG_UP;
    } else if (choice < 42) {
      return ScriptedServer.Script.HANG_UP_AFTER + "+O";
    } else if (choice < 45) {
      return ScriptedServer.Script.SILENCE;
    } else if (choice < 55) {
      return ScriptedServer.Script.HANG_UP_AFTER + "+OK\r\n";
    }
    return "+OK\r\n";
  }

  private static Conversation conversation(Request request) {
    String key = ((Value.Text) request.key()).value();
    return SingleCommand.on(
        0, Command.keyed("SET", key, "1"), reply -> new Next.Done(reply.toValue()));
  }
}
