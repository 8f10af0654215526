package io.shardquake.workloads.cluster;

import static io.shardquake.workloads.cluster.ScriptedTransports.answer;
import static io.shardquake.workloads.cluster.SlotAssignmentTest.array;
import static io.shardquake.workloads.cluster.SlotAssignmentTest.entry;
import static io.shardquake.workloads.cluster.SlotAssignmentTest.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.workloads.ClusterAccess;
import io.shardquake.workloads.client.OperationError;
import io.shardquake.workloads.cluster.ScriptedTransports.Reaction;
import io.shardquake.workloads.protocol.Reply;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlotTableRefreshTest {
  private static final long ANSWER = 500;
  private static final long PAUSE = 100;
  private static final Reaction REFUSED =
      new Reaction.Failure(OperationError.CONNECTION_REFUSED, false);

  private final SlotTable table =
      new SlotTable(
          List.of(
              new ClusterAccess.Node("n1", "10.0.0.1", 7001),
              new ClusterAccess.Node("n2", "10.0.0.2", 7002)));
  private final Deque<Reaction> reactions = new ArrayDeque<>();
  private final List<Integer> asked = new ArrayList<>();
  private final ManualTimer timer = new ManualTimer();
  private final SlotTableRefresh refresh =
      new SlotTableRefresh(
          table,
          new ScriptedTransports(
                  (to, batch) -> {
                    asked.add(to.port());
                    return reactions.remove();
                  })
              .open(),
          timer,
          Duration.ofNanos(ANSWER),
          Duration.ofNanos(PAUSE));

  @Test
  void learnsEverySlotThatTheAnswerNames() {
    reactions.add(ownedBy(7003));
    refresh.request();
    assertThat(table.owner(0).name()).isEqualTo("10.0.0.3:7003");
    assertThat(table.owner(16383).name()).isEqualTo("10.0.0.3:7003");
  }

  @Test
  void keepsWhatTheAnswerDoesNotName() {
    reactions.add(answer(array(entry(0, 0, node("10.0.0.2", 7002)))));
    refresh.request();
    assertThat(table.owner(0).name()).isEqualTo("n2");
    assertThat(table.owner(2).name()).isEqualTo("n1");
  }

  @Test
  void asksAnotherNodeEachTimeAlsoOneThatItHeardOf() {
    for (int i = 0; i < 4; i++) {
      reactions.add(ownedBy(7003));
      refresh.request();
      timer.pass(PAUSE);
    }
    assertThat(asked).containsExactly(7001, 7002, 7003, 7001);
  }

  @Test
  void pausesAfterEachAnswerAndThenAsksOnceForAllRequestsMeanwhile() {
    reactions.add(ownedBy(7001));
    refresh.request();
    reactions.add(ownedBy(7002));
    refresh.request();
    refresh.request();
    assertThat(asked).hasSize(1);
    timer.pass(PAUSE - 1);
    assertThat(asked).hasSize(1);
    timer.pass(1);
    assertThat(asked).hasSize(2);
    timer.pass(10 * PAUSE);
    assertThat(asked).as("nobody asked again").hasSize(2);
    assertThat(timer.waiting()).isZero();
  }

  @Test
  void triesTheNextNodeAfterAFailureAndThenPauses() {
    reactions.add(REFUSED);
    reactions.add(REFUSED);
    refresh.request();
    assertThat(asked).containsExactly(7001, 7002);
    reactions.add(ownedBy(7001));
    refresh.request();
    assertThat(asked).hasSize(2);
    timer.pass(PAUSE);
    assertThat(asked).containsExactly(7001, 7002, 7001);
  }

  @Test
  void triesTheNextNodeIfOneDoesNotAnswerInTime() {
    reactions.add(new Reaction.Silence(true));
    reactions.add(ownedBy(7002));
    refresh.request();
    timer.pass(ANSWER);
    assertThat(asked).containsExactly(7001, 7002);
    assertThat(table.owner(0).name()).isEqualTo("n2");
  }

  @Test
  void triesTheNextNodeIfOneAnswersNothingUsable() {
    reactions.add(answer("-LOADING data"));
    reactions.add(answer(array()));
    refresh.request();
    assertThat(asked).containsExactly(7001, 7002);
  }

  @Test
  void asksNobodyOnceItIsClosed() {
    reactions.add(new Reaction.Silence(true));
    refresh.request();
    refresh.close();
    refresh.request();
    timer.pass(10 * ANSWER);
    assertThat(asked).hasSize(1);
    assertThat(timer.waiting()).isZero();
  }

  private static Reaction ownedBy(int port) {
    Reply reply = array(entry(0, 16383, node("10.0.0." + port % 10, port)));
    return answer(reply);
  }
}
