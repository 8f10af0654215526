package io.shardquake.workloads.register;

import static io.shardquake.workloads.cluster.ScriptedTransports.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardquake.checkers.history.Attribution;
import io.shardquake.checkers.history.Value;
import io.shardquake.workloads.ClusterAccess;
import io.shardquake.workloads.client.Client;
import io.shardquake.workloads.client.ClientFactory;
import io.shardquake.workloads.client.OperationError;
import io.shardquake.workloads.client.Outcome;
import io.shardquake.workloads.cluster.ClusterClients;
import io.shardquake.workloads.cluster.ManualTimer;
import io.shardquake.workloads.cluster.ScriptedTransports;
import io.shardquake.workloads.cluster.ScriptedTransports.Reaction;
import io.shardquake.workloads.generator.Request;
import io.shardquake.workloads.protocol.Command;
import io.shardquake.workloads.protocol.Reply;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each operation of a register, turn by turn, against nodes that react as each test says. */
class RegisterCommandsTest {
  private static final Reply NUMBER_SEVEN = Reply.Text.of("7");
  private static final Reply ABSENT = Reply.Absent.ABSENT;
  private static final Reaction WATCHED_SEVEN = answer("OK", "OK", NUMBER_SEVEN);
  private static final Reaction EXECUTED = answer("OK", "QUEUED", array(Reply.OK));
  private static final String COMPARISON = "7001: UNWATCH; WATCH k; GET k";
  private static final String TRANSACTION = "7001: MULTI; SET k 8; EXEC";

  private final Deque<Reaction> reactions = new ArrayDeque<>();
  private final ManualTimer timer = new ManualTimer();
  private final ScriptedTransports transports =
      new ScriptedTransports(
          (to, batch) ->
              batch.get(0) == Command.CLUSTER_SLOTS
                  ? new Reaction.Silence(true)
                  : reactions.remove());

  @Test
  void aReadGetsANumber() {
    assertThat(read(answer(NUMBER_SEVEN))).isEqualTo(ok(Value.of(7)));
    assertThat(transports.sent()).containsExactly("7001: GET k");
  }

  @Test
  void aReadOfAnAbsentKeyGetsNil() {
    assertThat(read(answer(ABSENT))).isEqualTo(ok(Value.nil()));
  }

  @Test
  void aReadOfWhatNobodyWroteGetsItsText() {
    assertThat(read(answer(Reply.Text.of("garbage")))).isEqualTo(ok(Value.of("garbage")));
  }

  @Test
  void aReadThatGetsSomethingElseThanAStringProvesNothing() {
    assertThat(read(answer(array()))).isEqualTo(info("unexpected-reply"));
  }

  @Test
  void aWriteSetsTheKey() {
    assertThat(invoke("write", Value.of(8), answer("OK"))).isEqualTo(ok(Value.of(8)));
    assertThat(transports.sent()).containsExactly("7001: SET k 8");
  }

  @Test
  void aCompareAndSetWatchesComparesAndSets() {
    assertThat(cas(WATCHED_SEVEN, EXECUTED)).isEqualTo(ok(pair(7, 8)));
    assertThat(transports.sent()).containsExactly(COMPARISON, TRANSACTION);
  }

  @Test
  void aCompareAndSetFailsIfTheValueDiffers() {
    assertThat(cas(answer("OK", "OK", Reply.Text.of("6")))).isEqualTo(fail("cas-mismatch"));
    assertThat(transports.sent()).containsExactly(COMPARISON);
  }

  @Test
  void aCompareAndSetFailsIfTheKeyIsAbsent() {
    assertThat(cas(answer("OK", "OK", ABSENT))).isEqualTo(fail("cas-mismatch"));
  }

  @Test
  void aCompareAndSetFailsIfTheKeyChangedMeanwhile() {
    assertThat(cas(WATCHED_SEVEN, answer("OK", "QUEUED", ABSENT))).isEqualTo(fail("cas-conflict"));
  }

  @ParameterizedTest
  @CsvSource({"CONNECTION_LOST, connection-lost", "TIMEOUT, timeout"})
  void aCompareAndSetThatIsLostWhileReadingCertainlyDidNotHappen(
      OperationError error, String label) {
    assertThat(cas(new Reaction.Failure(error, true))).isEqualTo(failUnreached(label));
  }

  @ParameterizedTest
  @CsvSource({"CONNECTION_LOST, connection-lost", "TIMEOUT, timeout"})
  void aCompareAndSetThatIsLostInItsTransactionIsUnknown(OperationError error, String label) {
    assertThat(cas(WATCHED_SEVEN, new Reaction.Failure(error, true))).isEqualTo(info(label));
  }

  @Test
  void aCompareAndSetWhoseTransactionNeverLeftCertainlyDidNotHappen() {
    assertThat(cas(WATCHED_SEVEN, new Reaction.Failure(OperationError.CONNECTION_LOST, false)))
        .isEqualTo(fail("not-sent"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aCompareAndSetBeginsAgainWhereTheSlotWentWhileReading(int refused) {
    String moved = "-MOVED 7629 10.0.0.2:7002";
    Object get = refused == 0 ? moved : "OK";
    assertThat(cas(answer("OK", get, moved), WATCHED_SEVEN, EXECUTED))
        .isEqualTo(new Outcome.Ok(pair(7, 8), new Attribution(List.of("n2"), 1)));
    assertThat(transports.sent())
        .containsExactly(COMPARISON, "7002: UNWATCH; WATCH k; GET k", "7002: MULTI; SET k 8; EXEC");
  }

  @Test
  void aCompareAndSetReadsAgainAfterItsTransactionWasRefusedAtQueueing() {
    Reaction refused = answer("OK", "-MOVED 7629 10.0.0.2:7002", "-EXECABORT discarded");
    assertThat(cas(WATCHED_SEVEN, refused, WATCHED_SEVEN, EXECUTED))
        .isEqualTo(new Outcome.Ok(pair(7, 8), new Attribution(List.of("n2"), 1)));
    assertThat(transports.sent()).hasSize(4).last().isEqualTo("7002: MULTI; SET k 8; EXEC");
  }

  @Test
  void aCompareAndSetReadsAgainAfterExecItselfWasRedirected() {
    Reaction refused = answer("OK", "QUEUED", "-MOVED 7629 10.0.0.2:7002");
    assertThat(cas(WATCHED_SEVEN, refused, answer("OK", "OK", Reply.Text.of("6"))))
        .as("what was compared before the move proves nothing after it")
        .isEqualTo(new Outcome.Fail("cas-mismatch", new Attribution(List.of("n2"), 1)));
  }

  @Test
  void aCompareAndSetAsksAtAnImportingNodeBeforeEachCommandButNotWithinTheTransaction() {
    Reaction migrating = answer("OK", "-ASK 7629 10.0.0.2:7002", "-ASK 7629 10.0.0.2:7002");
    Reaction watched = answer("OK", "OK", "OK", "OK", NUMBER_SEVEN);
    Reaction executed = answer("OK", "OK", "QUEUED", array(Reply.OK));
    assertThat(cas(migrating, watched, executed))
        .isEqualTo(new Outcome.Ok(pair(7, 8), new Attribution(List.of("n2"), 1)));
    assertThat(transports.sent())
        .containsExactly(
            COMPARISON,
            "7002: UNWATCH; ASKING; WATCH k; ASKING; GET k",
            "7002: ASKING; MULTI; SET k 8; EXEC");
  }

  @Test
  void aCompareAndSetThatIsRefusedForGoodFailsForCertain() {
    assertThat(cas(WATCHED_SEVEN, answer("OK", "-OOM no memory", "-EXECABORT discarded")))
        .isEqualTo(fail("OOM"));
  }

  @Test
  void aCompareAndSetWhoseExecIsRefusedFailsForCertain() {
    assertThat(cas(WATCHED_SEVEN, answer("OK", "QUEUED", "-CLUSTERDOWN The cluster is down")))
        .isEqualTo(fail("CLUSTERDOWN"));
  }

  @Test
  void aCompareAndSetThatFailsWithinItsTransactionFailsForCertain() {
    Reaction failed = answer("OK", "QUEUED", array(new Reply.Failure("OOM no memory")));
    assertThat(cas(WATCHED_SEVEN, failed)).isEqualTo(fail("OOM"));
  }

  @Test
  void aSetThatSlipsOutOfItsTransactionIsUnknown() {
    Reaction slipped = answer("-LOADING data", "OK", "-ERR EXEC without MULTI");
    assertThat(cas(WATCHED_SEVEN, slipped)).isEqualTo(info("broken-transaction"));
  }

  @Test
  void aTransactionThatIsRefusedFromItsBeginningFailsForCertain() {
    Reaction refused = answer("-LOADING data", "-LOADING data", "-LOADING data");
    assertThat(cas(WATCHED_SEVEN, refused)).isEqualTo(fail("LOADING"));
  }

  @Test
  void aTransactionWithAnAnswerOfAnotherShapeIsUnknown() {
    assertThat(cas(WATCHED_SEVEN, answer("OK", "QUEUED", array())))
        .isEqualTo(info("unexpected-reply"));
    assertThat(cas(WATCHED_SEVEN, answer("OK", "QUEUED", "OK")))
        .isEqualTo(info("unexpected-reply"));
  }

  @Test
  void theTimeOutOfTheWholeOperationEndsASilentTransactionAsUnknown() {
    List<Outcome> outcomes = start("cas", pair(7, 8), WATCHED_SEVEN, new Reaction.Silence(true));
    timer.pass(Duration.ofMillis(999).toNanos());
    assertThat(outcomes).isEmpty();
    timer.pass(Duration.ofMillis(1).toNanos());
    assertThat(outcomes).containsExactly(info("timeout"));
  }

  @Test
  void theTimeOutOfTheWholeOperationCountsItsWaits() {
    Reaction later = answer("-TRYAGAIN later");
    List<Outcome> outcomes =
        start(
            "write",
            Value.of(8),
            later,
            later,
            later,
            later,
            later,
            later,
            new Reaction.Silence(false));
    timer.pass(Duration.ofSeconds(1).toNanos());
    assertThat(outcomes)
        .containsExactly(new Outcome.Fail("not-sent", new Attribution(List.of("n1"), 6)));
  }

  @Test
  void anOperationThatIsDoneLeavesNoTimerBehind() {
    start("write", Value.of(8), answer("OK"));
    assertThat(timer.waiting()).as("the question for slots only").isEqualTo(1);
  }

  @Test
  void aClosedClientFailsRequestsForCertain() {
    try (ClientFactory clients = clients()) {
      Client client = clients.open(0);
      client.close();
      List<Outcome> outcomes = new ArrayList<>();
      client.invoke(new Request("read", Value.of("k"), Value.nil()), outcomes::add);
      assertThat(outcomes).containsExactly(new Outcome.Fail("not-sent", Attribution.NONE));
    }
    assertThat(transports.isClosed()).isTrue();
  }

  @Test
  void closingEndsAnOpenRequestAsUnknown() {
    reactions.add(new Reaction.Silence(true));
    List<Outcome> outcomes = new ArrayList<>();
    Client client = clients().open(0);
    client.invoke(new Request("write", Value.of("k"), Value.of(8)), outcomes::add);
    client.close();
    assertThat(outcomes).containsExactly(info("client-closed"));
  }

  @Test
  void refusesWhatARegisterCannotDo() {
    RegisterCommands commands = new RegisterCommands(new StoredValue(0));
    assertThatThrownBy(
            () -> commands.conversation(new Request("append", Value.of("k"), Value.nil())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a register has no function append");
    assertThatThrownBy(() -> commands.conversation(new Request("cas", Value.of("k"), Value.of(1))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> commands.conversation(new Request("write", Value.of("k"), Value.nil())))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private Outcome read(Reaction... script) {
    return invoke("read", Value.nil(), script);
  }

  private Outcome cas(Reaction... script) {
    return invoke("cas", pair(7, 8), script);
  }

  private Outcome invoke(String function, Value argument, Reaction... script) {
    List<Outcome> outcomes = start(function, argument, script);
    assertThat(outcomes).hasSize(1);
    assertThat(reactions).as("reactions that no command was sent for").isEmpty();
    return outcomes.get(0);
  }

  private List<Outcome> start(String function, Value argument, Reaction... script) {
    reactions.addAll(Arrays.asList(script));
    List<Outcome> outcomes = new ArrayList<>();
    clients().open(0).invoke(new Request(function, Value.of("k"), argument), outcomes::add);
    return outcomes;
  }

  /** Of three nodes the first is believed to serve the slot of k, which is 7629. */
  private ClientFactory clients() {
    ClusterAccess access =
        new ClusterAccess(
            List.of(
                new ClusterAccess.Node("n1", "10.0.0.1", 7001),
                new ClusterAccess.Node("n2", "10.0.0.2", 7002),
                new ClusterAccess.Node("n3", "10.0.0.3", 7003)),
            Duration.ofSeconds(1));
    return new ClusterClients(access, new RegisterCommands(new StoredValue(0)), transports, timer);
  }

  private static Reply array(Reply... items) {
    return new Reply.Array(List.of(items));
  }

  private static Value pair(long expected, long fresh) {
    return Value.pair(Value.of(expected), Value.of(fresh));
  }

  private static Outcome ok(Value value) {
    return new Outcome.Ok(value, new Attribution(List.of("n1"), 0));
  }

  private static Outcome fail(String label) {
    return new Outcome.Fail(label, new Attribution(List.of("n1"), 0));
  }

  private static Outcome failUnreached(String label) {
    return new Outcome.Fail(label, Attribution.NONE);
  }

  private static Outcome info(String label) {
    return new Outcome.Info(label, new Attribution(List.of("n1"), 0));
  }
}
