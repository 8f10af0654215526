package io.shardquake.workloads.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.checkers.history.Attribution;
import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.topology.SlotRange;
import io.shardquake.workloads.ClusterAccess;
import io.shardquake.workloads.client.OperationError;
import io.shardquake.workloads.client.Outcome;
import io.shardquake.workloads.protocol.Command;
import io.shardquake.workloads.protocol.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An operation meets every kind of answer, turn by turn. Slot 0 is believed to be served by n1. */
class PursuitTest {
  private static final int SLOT = 0;
  private static final PursuitLimits LIMITS =
      new PursuitLimits(4, Duration.ofNanos(100), Duration.ofNanos(250));

  private final SlotTable slots =
      new SlotTable(
          List.of(
              new ClusterAccess.Node("n1", "10.0.0.1", 7001),
              new ClusterAccess.Node("n2", "10.0.0.2", 7002),
              new ClusterAccess.Node("n3", "10.0.0.3", 7003)));
  private final List<String> unknownErrors = new ArrayList<>();

  @Test
  void asksTheNodeThatIsBelievedToServeTheSlot() {
    Pursuit write = write();
    assertSends(write.start(), "n1", "SET k 1");
    assertFinishes(
        write.answered(List.of(Reply.OK)),
        new Outcome.Ok(Value.of(1), new Attribution(List.of("n1"), 0)));
    assertThat(write.slotsDoubted()).isFalse();
  }

  @Test
  void asksForTheSlotsAgainAsLongAsNoReplicaIsKnown() {
    Pursuit read = atReplica();
    assertSends(read.start(), "n1", "GET k");
    assertThat(read.slotsDoubted()).isTrue();

    slots.assignReplicas(new SlotRange(SLOT, SLOT), List.of(slots.seeds().get(2)));
    Pursuit next = atReplica();
    assertSends(next.start(), "n3", "GET k");
    assertThat(next.slotsDoubted()).isFalse();
  }

  private Pursuit atReplica() {
    Turn turn =
        new SingleCommand(
            List.of(Command.keyed("GET", "k")), reply -> new Turn.Next.Done(reply.toValue()));
    return new Pursuit(
        new Conversation(SLOT, turn, Conversation.Partner.REPLICA),
        slots,
        LIMITS,
        unknownErrors::add);
  }

  @Test
  void hearsWhatIsPublishedInsteadOfSending() {
    Listening what = new Listening("k", true, 1);
    Turn turn =
        new Turn() {
          @Override
          public List<Command> commands() {
            return List.of(Command.keyed("SSUBSCRIBE", "k"));
          }

          @Override
          public Optional<Listening> listening() {
            return Optional.of(what);
          }

          @Override
          public boolean performs() {
            return false;
          }

          @Override
          public Next after(List<Reply> replies) {
            return replies.get(0) instanceof Reply.Failure failure
                ? new Next.Refused(failure.message())
                : new Next.Done(replies.get(1).toValue());
          }
        };
    Pursuit listen = new Pursuit(new Conversation(SLOT, turn), slots, LIMITS, unknownErrors::add);

    assertThat(listen.start()).isEqualTo(new Move.Listen(slots.owner(SLOT), what));
    assertThat(refuse(listen, "MOVED 0 10.0.0.2:7002"))
        .isEqualTo(new Move.Listen(slots.owner(SLOT), what));
    assertThat(slots.owner(SLOT).name()).isEqualTo("n2");
    assertFinishes(
        listen.answered(List.of(Reply.OK, Reply.Text.of("7"))),
        new Outcome.Ok(Value.of(7), from("n2", 1)));
  }

  @Test
  void followsMovedAndRemembersIt() {
    Pursuit write = write();
    write.start();
    assertSends(refuse(write, "MOVED 0 10.0.0.2:7002"), "n2", "SET k 1");
    assertFinishes(
        write.answered(List.of(Reply.OK)),
        new Outcome.Ok(Value.of(1), new Attribution(List.of("n2"), 1)));
    assertThat(slots.owner(SLOT).name()).isEqualTo("n2");
    assertThat(write.slotsDoubted()).isTrue();
    assertSends(write().start(), "n2", "SET k 1");
  }

  @Test
  void followsMovedToANodeThatNobodyKnew() {
    Pursuit write = write();
    write.start();
    assertSends(refuse(write, "MOVED 0 10.0.0.9:7009"), "10.0.0.9:7009", "SET k 1");
  }

  @Test
  void takesAnEmptyHostInMovedForTheAnsweringOne() {
    Pursuit write = write();
    write.start();
    assertSends(refuse(write, "MOVED 0 :7777"), "10.0.0.1:7777", "SET k 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"MOVED 0 ?:7001", "MOVED", "ASK 0 nonsense"})
  void failsAtARedirectionThatNamesNoUsableNode(String message) {
    Pursuit write = write();
    write.start();
    String label = message.split(" ", 2)[0];
    assertFinishes(refuse(write, message), new Outcome.Fail(label, from("n1", 0)));
  }

  @Test
  void asksOnceAfterAskAndRemembersNothing() {
    Pursuit write = write();
    write.start();
    assertSends(refuse(write, "ASK 0 10.0.0.3:7003"), "n3", "ASKING", "SET k 1");
    assertFinishes(
        write.answered(List.of(Reply.OK, Reply.OK)), new Outcome.Ok(Value.of(1), from("n3", 1)));
    assertThat(slots.owner(SLOT).name()).isEqualTo("n1");
  }

  @Test
  void judgesTheCommandAfterAskingAndNotAsking() {
    Pursuit write = write();
    write.start();
    refuse(write, "ASK 0 10.0.0.3:7003");
    assertSends(
        write.answered(List.of(Reply.OK, new Reply.Failure("MOVED 0 10.0.0.2:7002"))),
        "n2",
        "SET k 1");
  }

  @Test
  void asksTheOwnerAgainForKeysThatItMayStillHave() {
    Turn last = new Scripted("INCR other", replies -> new Turn.Next.Done(replies.get(0).toValue()));
    Turn first = new Scripted("SET k 1", replies -> first(replies, last));
    Pursuit both = new Pursuit(new Conversation(SLOT, first), slots, LIMITS, unknownErrors::add);
    both.start();
    assertSends(refuse(both, "ASK 0 10.0.0.3:7003"), "n3", "ASKING", "SET k 1");
    assertSends(both.answered(List.of(Reply.OK, Reply.OK)), "n1", "INCR other");
    assertFinishes(
        both.failed(OperationError.TIMEOUT, true),
        new Outcome.Info("timeout", new Attribution(List.of("n1", "n3"), 1)));
  }

  private static Turn.Next first(List<Reply> replies, Turn last) {
    return replies.get(0) instanceof Reply.Failure failure
        ? new Turn.Next.Refused(failure.message())
        : new Turn.Next.SayOfOthers(last);
  }

  /** One command that performs. */
  private record Scripted(String words, Function<List<Reply>, Turn.Next> then) implements Turn {
    @Override
    public List<Command> commands() {
      return List.of(Command.keyed(words.split(" ", -1)));
    }

    @Override
    public boolean performs() {
      return true;
    }

    @Override
    public Turn.Next after(List<Reply> replies) {
      return then.apply(replies);
    }
  }

  @Test
  void waitsLongerAfterEachTryagainAndAsksTheSameNode() {
    Pursuit write = write();
    write.start();
    for (long nanos : new long[] {100, 200, 250, 250}) {
      assertThat(refuse(write, "TRYAGAIN later")).isEqualTo(new Move.Wait(nanos));
      assertSends(write.waited(), "n1", "SET k 1");
    }
    assertFinishes(
        refuse(write, "TRYAGAIN later"), new Outcome.Fail("too-many-redirects", from("n1", 4)));
  }

  @Test
  void keepsAskingAfterTryagainAtAnImportingNode() {
    Pursuit write = write();
    write.start();
    refuse(write, "ASK 0 10.0.0.3:7003");
    write.answered(List.of(Reply.OK, new Reply.Failure("TRYAGAIN later")));
    assertSends(write.waited(), "n3", "ASKING", "SET k 1");
  }

  @Test
  void endsALoopOfRedirections() {
    Pursuit write = write();
    write.start();
    for (int i = 0; i < 2; i++) {
      assertSends(refuse(write, "MOVED 0 10.0.0.2:7002"), "n2", "SET k 1");
      assertSends(refuse(write, "MOVED 0 10.0.0.1:7001"), "n1", "SET k 1");
    }
    assertFinishes(
        refuse(write, "MOVED 0 10.0.0.2:7002"),
        new Outcome.Fail("too-many-redirects", from("n1", 4)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"CLUSTERDOWN", "CROSSSLOT", "READONLY", "LOADING", "MASTERDOWN", "OOM", "MISCONF"})
  void failsForCertainAtAnErrorThatProvesIt(String label) {
    Pursuit write = write();
    write.start();
    assertFinishes(refuse(write, label + " and why"), new Outcome.Fail(label, from("n1", 0)));
  }

  @Test
  void knowsNothingAfterAnErrorThatProvesNothing() {
    Pursuit write = write();
    write.start();
    assertFinishes(refuse(write, "ERR boom"), new Outcome.Info("unknown-error", from("n1", 0)));
    assertThat(unknownErrors).containsExactly("ERR boom");
  }

  @Test
  void knowsNothingAfterAReplyThatTheCommandCannotHave() {
    Pursuit write = write();
    write.start();
    assertFinishes(
        write.answered(List.of(new Reply.Int(3))),
        new Outcome.Info("unexpected-reply", from("n1", 0)));
  }

  @ParameterizedTest
  @CsvSource({"CONNECTION_LOST", "TIMEOUT", "CLIENT_CLOSED"})
  void knowsNothingAfterAFailureWhenBytesMayHaveLeft(OperationError error) {
    Pursuit write = write();
    write.start();
    assertFinishes(write.failed(error, true), new Outcome.Info(error.label(), from("n1", 0)));
    assertThat(write.slotsDoubted()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "CONNECTION_REFUSED, connection-refused",
    "CONNECT_TIMEOUT, connect-timeout",
    "CONNECTION_LOST, not-sent",
    "TIMEOUT, not-sent",
  })
  void failsForCertainWhenNoByteLeft(OperationError error, String label) {
    Pursuit write = write();
    write.start();
    assertFinishes(write.failed(error, false), new Outcome.Fail(label, Attribution.NONE));
  }

  @Test
  void namesEveryNodeThatBytesMayHaveReached() {
    Pursuit write = write();
    write.start();
    refuse(write, "MOVED 0 10.0.0.2:7002");
    refuse(write, "MOVED 0 10.0.0.3:7003");
    refuse(write, "MOVED 0 10.0.0.2:7002");
    assertFinishes(
        write.failed(OperationError.TIMEOUT, true),
        new Outcome.Info("timeout", new Attribution(List.of("n1", "n2", "n3"), 3)));
  }

  @Test
  void namesTheNodeThatRedirectedIfTheNextOneIsNotReached() {
    Pursuit write = write();
    write.start();
    refuse(write, "MOVED 0 10.0.0.2:7002");
    assertFinishes(
        write.failed(OperationError.CONNECTION_REFUSED, false),
        new Outcome.Fail("connection-refused", from("n1", 1)));
  }

  @Test
  void failsWithWhatPutItOffWhenTimeRunsOutInAWait() {
    Pursuit write = write();
    write.start();
    refuse(write, "TRYAGAIN later");
    assertFinishes(write.outOfTime(), new Outcome.Fail("TRYAGAIN", from("n1", 1)));
  }

  @Test
  void failsForCertainWhenTimeRunsOutBetweenTwoNodes() {
    Pursuit write = write();
    write.start();
    refuse(write, "MOVED 0 10.0.0.2:7002");
    assertFinishes(write.outOfTime(), new Outcome.Fail("timeout", from("n1", 1)));
  }

  @Test
  void aMovedOfAnotherSlotIsRememberedForThatSlot() {
    slots.assign(new SlotRange(0, 16383), slots.seeds().get(0));
    Pursuit write = write();
    write.start();
    refuse(write, "MOVED 5 10.0.0.2:7002");
    assertThat(slots.owner(5).name()).isEqualTo("n2");
    assertThat(slots.owner(SLOT).name()).isEqualTo("n1");
  }

  private Pursuit write() {
    Conversation conversation =
        SingleCommand.on(
            SLOT,
            Command.keyed("SET", "k", "1"),
            reply ->
                reply.equals(Reply.OK)
                    ? new Turn.Next.Done(Value.of(1))
                    : new Turn.Next.Open(OperationError.UNEXPECTED_REPLY));
    return new Pursuit(conversation, slots, LIMITS, unknownErrors::add);
  }

  private static Attribution from(String node, int redirects) {
    return new Attribution(List.of(node), redirects);
  }

  private static Move refuse(Pursuit pursuit, String message) {
    return pursuit.answered(List.of(new Reply.Failure(message)));
  }

  private static void assertFinishes(Move move, Outcome expected) {
    assertThat(move).isEqualTo(new Move.Finish(expected));
  }

  static void assertSends(Move move, String node, String... commands) {
    assertThat(move)
        .isInstanceOfSatisfying(
            Move.Send.class,
            send -> {
              assertThat(send.to().name()).isEqualTo(node);
              assertThat(send.commands()).extracting(Command::toString).containsExactly(commands);
            });
  }
}
