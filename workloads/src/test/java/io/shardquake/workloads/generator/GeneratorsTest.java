package io.shardquake.workloads.generator;

import static io.shardquake.workloads.generator.Simulation.IMPERFECT;
import static io.shardquake.workloads.generator.Simulation.PERFECT;
import static io.shardquake.workloads.generator.Simulation.lines;
import static io.shardquake.workloads.generator.Simulation.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardquake.checkers.history.Value;
import io.shardquake.workloads.generator.GeneratorEvent.Invoked;
import io.shardquake.workloads.generator.GeneratorEvent.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class GeneratorsTest {
  private static final Request READ = request("read");
  private static final Request WRITE = request("write");

  @Test
  void onceAsksOnce() {
    assertThat(schedule(1, Generators.once(READ))).containsExactly("0 0 read");
  }

  @Test
  void nothingAsksForNothing() {
    assertThat(schedule(2, Generators.nothing())).isEmpty();
  }

  @Test
  void repeatKeepsEveryProcessBusyAndWaitsForCompletions() {
    assertThat(schedule(2, Generators.limit(6, Generators.repeat(READ))))
        .containsExactly(
            "0 0 read", "0 1 read", "10 0 read", "10 1 read", "20 0 read", "20 1 read");
  }

  @Test
  void cycleStartsOverAsOftenAsAsked() {
    Generator round = Generators.sequence(List.of(Generators.once(READ), Generators.once(WRITE)));
    assertThat(schedule(1, Generators.cycle(2, round)))
        .containsExactly("0 0 read", "10 0 write", "20 0 read", "30 0 write");
  }

  @Test
  void cycleOfNothingEnds() {
    assertThat(schedule(1, Generators.cycle(1_000, Generators.nothing()))).isEmpty();
  }

  @Test
  void sequenceDoesNotWaitForOpenOperations() {
    assertThat(
            schedule(
                3, Generators.sequence(List.of(Generators.once(READ), Generators.once(WRITE)))))
        .hasSize(2)
        .allMatch(line -> line.startsWith("0 "));
  }

  @Test
  void phasesWaitForOpenOperations() {
    Generator reads = Generators.limit(3, Generators.repeat(READ));
    Generator writes = Generators.limit(2, Generators.repeat(WRITE));
    assertThat(schedule(2, Generators.phases(List.of(reads, writes))))
        .containsExactly("0 0 read", "0 1 read", "10 1 read", "20 0 write", "20 1 write");
  }

  @Test
  void aRetiredProcessIsSucceededOnItsWorker() {
    assertThat(lines(Simulation.run(1, 1, Generators.limit(5, Generators.repeat(READ)), IMPERFECT)))
        .containsExactly("0 0 read", "10 0 read", "20 0 read", "30 1 read", "40 1 read");
  }

  @Test
  void untilTimeAsksForNothingAtOrAfterItsEnd() {
    assertThat(schedule(1, Generators.untilTime(20, Generators.repeat(READ))))
        .containsExactly("0 0 read", "10 0 read");
  }

  @Test
  void untilTimeWakesAPendingGeneratorAtItsEnd() {
    GeneratorContext busy = GeneratorContext.start(1, RandomSource.seeded(1)).withBusy(0);
    Step step = Generators.untilTime(20, Generators.repeat(READ)).next(busy);
    assertThat(step)
        .isInstanceOfSatisfying(
            Step.Pending.class, pending -> assertThat(pending.wakeNanos()).isEqualTo(20));
    assertThat(Generators.untilTime(20, Generators.repeat(READ)).next(busy.at(20)))
        .isEqualTo(Step.exhausted());
  }

  @Test
  void aTimeLimitCountsFromTheFirstAsking() {
    Generator limited = Generators.timeLimit(Duration.ofNanos(25), Generators.repeat(WRITE));
    Generator first = Generators.limit(2, Generators.repeat(READ));
    assertThat(schedule(1, Generators.sequence(List.of(first, limited))))
        .as("asked at 10, when the first generator has nothing more, for 25 nanoseconds")
        .containsExactly("0 0 read", "10 0 read", "20 0 write", "30 0 write");
  }

  @Test
  void delayKeepsTheIntervalExactly() {
    Generator delayed =
        Generators.delay(Duration.ofNanos(3), Generators.limit(5, Generators.repeat(READ)));
    assertThat(times(run(10, delayed))).containsExactly(0L, 3L, 6L, 9L, 12L);
  }

  @Test
  void delayDoesNotCatchUpAfterAllProcessesWereBusy() {
    Generator delayed =
        Generators.delay(Duration.ofNanos(3), Generators.limit(5, Generators.repeat(READ)));
    assertThat(times(run(1, delayed))).containsExactly(0L, 10L, 20L, 30L, 40L);
  }

  @Test
  void staggerKeepsTheMeanInterval() {
    Generator staggered =
        Generators.stagger(Duration.ofNanos(100), Generators.limit(5_000, Generators.repeat(READ)));
    List<Long> times = times(run(50, staggered));
    assertThat(times).isSorted();
    double mean = (double) times.get(times.size() - 1) / (times.size() - 1);
    assertThat(mean).isBetween(97.0, 103.0);
  }

  @Test
  void staggerGivesTheSameScheduleForTheSameSeed() {
    Generator staggered =
        Generators.stagger(Duration.ofNanos(5), Generators.limit(6, Generators.repeat(READ)));
    assertThat(lines(Simulation.run(2, 7, staggered, PERFECT)))
        .isEqualTo(lines(Simulation.run(2, 7, staggered, PERFECT)))
        .isNotEqualTo(lines(Simulation.run(2, 8, staggered, PERFECT)));
  }

  @Test
  void mixChoosesByWeight() {
    Generator mixed =
        Generators.mix(
            List.of(new Share(3, Generators.repeat(READ)), new Share(1, Generators.repeat(WRITE))));
    Map<String, Long> counts = countByFunction(run(4, Generators.limit(8_000, mixed)));
    assertThat(counts.get("read")).isBetween(5_850L, 6_150L);
    assertThat(counts.get("read") + counts.get("write")).isEqualTo(8_000L);
  }

  @Test
  void mixLeavesOutExhaustedPartsAndEndsWithTheLast() {
    Generator mixed =
        Generators.mix(
            List.of(
                new Share(1, Generators.limit(3, Generators.repeat(READ))),
                new Share(1, Generators.limit(5, Generators.repeat(WRITE)))));
    assertThat(countByFunction(run(2, mixed)))
        .isEqualTo(new TreeMap<>(Map.of("read", 3L, "write", 5L)));
  }

  @Test
  void perProcessGivesEachProcessItsOwnCopy() {
    Generator two = Generators.limit(2, Generators.repeat(READ));
    assertThat(schedule(3, Generators.perProcess(two)))
        .containsExactlyInAnyOrder(
            "0 0 read", "0 1 read", "0 2 read", "10 0 read", "10 1 read", "10 2 read");
  }

  @Test
  void perProcessBeginsAnewForASuccessor() {
    Generator three = Generators.limit(3, Generators.repeat(READ));
    Generator bounded = Generators.limit(7, Generators.perProcess(three));
    assertThat(lines(Simulation.run(1, 1, bounded, IMPERFECT)))
        .containsExactly(
            "0 0 read",
            "10 0 read",
            "20 0 read",
            "30 1 read",
            "40 1 read",
            "50 1 read",
            "60 2 read");
  }

  @Test
  void reserveKeepsWorkersApart() {
    Generator reserved =
        Generators.reserve(
            List.of(
                new Reservation(2, Generators.repeat(READ)),
                new Reservation(1, Generators.repeat(WRITE))),
            Generators.repeat(request("cas")));
    List<Invoked> operations = run(5, Generators.limit(50, reserved));
    assertThat(operations)
        .allSatisfy(
            operation ->
                assertThat(operation.request().function())
                    .isEqualTo(
                        List.of("read", "read", "write", "cas", "cas").get(operation.process())));
    assertThat(countByFunction(operations).get("write")).isEqualTo(10L);
  }

  @Test
  void reserveTakesWhatIsDueSoonest() {
    Generator reserved =
        Generators.reserve(
            List.of(
                new Reservation(
                    1, Generators.delay(Duration.ofNanos(50), Generators.repeat(READ)))),
            Generators.delay(Duration.ofNanos(20), Generators.repeat(WRITE)));
    assertThat(schedule(2, Generators.untilTime(101, reserved)))
        .containsExactlyInAnyOrder(
            "0 0 read",
            "0 1 write",
            "20 1 write",
            "40 1 write",
            "50 0 read",
            "60 1 write",
            "80 1 write",
            "100 0 read",
            "100 1 write");
  }

  @Test
  void reserveRefusesMoreWorkersThanThereAre() {
    Generator reserved =
        Generators.reserve(
            List.of(new Reservation(6, Generators.repeat(READ))), Generators.nothing());
    assertThatThrownBy(() -> run(5, reserved))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("reservations ask for 6 workers, but there are only 5");
  }

  @Test
  void reserveWithoutRemainingWorkersLeavesNoneForTheRest() {
    Generator reserved =
        Generators.reserve(
            List.of(new Reservation(2, Generators.limit(4, Generators.repeat(READ)))),
            Generators.repeat(WRITE));
    assertThat(countByFunction(run(2, reserved))).isEqualTo(new TreeMap<>(Map.of("read", 4L)));
  }

  @Test
  void onKeysGivesEachGroupKeysOfItsOwnUntilAllAreUsedUp() {
    Generator keyed = Generators.onKeys(2, 5, key -> Generators.limit(3, requestsOn(key)));
    List<Invoked> operations = run(4, keyed);
    assertThat(operations).hasSize(15);
    Map<Value, List<Integer>> groupsOfKey = new TreeMap<>((a, b) -> key(a).compareTo(key(b)));
    for (Invoked operation : operations) {
      groupsOfKey
          .computeIfAbsent(operation.request().key(), key -> new ArrayList<>())
          .add(operation.process() / 2);
    }
    assertThat(groupsOfKey).hasSize(5);
    assertThat(groupsOfKey.values())
        .allSatisfy(groups -> assertThat(groups).hasSize(3).containsOnly(groups.get(0)));
  }

  @Test
  void onKeysPutsTheRemainingWorkersOnAKeyToo() {
    Generator keyed = Generators.onKeys(2, 2, key -> Generators.perProcess(oneOn(key)));
    assertThat(run(3, keyed)).extracting(Invoked::process).containsExactlyInAnyOrder(0, 1, 2);
  }

  @Test
  void aProcessRestsAfterFailuresInARowAndTheOthersGoOn() {
    Generator resting =
        Generators.untilTime(
            100, Generators.restAfterFailures(2, Duration.ofNanos(30), Generators.repeat(READ)));
    assertThat(timesOfProcess(0, Simulation.run(2, 1, resting, failing(0, 1, 2, 3))))
        .as("both processes fail twice")
        .containsExactly(0L, 10L, 50L, 60L, 70L, 80L, 90L);
  }

  @Test
  void aSingleFailureDoesNotMakeAProcessRest() {
    Generator resting =
        Generators.limit(
            6, Generators.restAfterFailures(2, Duration.ofNanos(30), Generators.repeat(READ)));
    assertThat(times(Simulation.run(1, 1, resting, failing(0, 2, 4))))
        .containsExactly(0L, 10L, 20L, 30L, 40L, 50L);
  }

  @Test
  void aRestingProcessLeavesItsWorkToTheOthers() {
    Generator resting =
        Generators.limit(
            8, Generators.restAfterFailures(1, Duration.ofNanos(1000), Generators.repeat(READ)));
    List<Invoked> operations = Simulation.run(2, 1, resting, failing(0));
    int failed = operations.get(0).process();
    assertThat(operations).filteredOn(o -> o.process() == failed).hasSize(1);
    assertThat(operations).filteredOn(o -> o.process() != failed).hasSize(7);
  }

  @Test
  void aWholeScheduleIsTheSameForTheSameSeedInEveryRun() {
    Generator traffic =
        Generators.stagger(
            Duration.ofNanos(4),
            Generators.mix(
                List.of(
                    new Share(2, Generators.repeat(READ)),
                    new Share(1, Generators.perProcess(Generators.repeat(WRITE))))));
    Generator whole =
        Generators.phases(
            List.of(
                Generators.untilTime(40, traffic), Generators.limit(2, Generators.repeat(READ))));
    assertThat(lines(Simulation.run(3, 42, whole, IMPERFECT)))
        .containsExactly(
            "0 0 write",
            "2 1 read",
            "3 2 write",
            "10 0 write",
            "12 1 read",
            "16 5 read",
            "21 0 read",
            "22 1 read",
            "26 8 read",
            "33 1 write",
            "35 0 read",
            "45 11 read",
            "45 1 read");
  }

  private static List<Invoked> run(int workers, Generator generator) {
    return Simulation.run(workers, 1, generator, PERFECT);
  }

  private static List<String> schedule(int workers, Generator generator) {
    List<String> lines = new ArrayList<>(lines(run(workers, generator)));
    lines.sort(
        (a, b) -> {
          int byTime = Long.compare(number(a, 0), number(b, 0));
          return byTime != 0 ? byTime : Long.compare(number(a, 1), number(b, 1));
        });
    return lines;
  }

  private static long number(String line, int field) {
    return Long.parseLong(line.split(" ", -1)[field]);
  }

  private static Simulation.Cluster failing(long... ordinals) {
    List<Long> failed = Arrays.stream(ordinals).boxed().toList();
    return (ordinal, request) ->
        new Simulation.End(10, failed.contains(ordinal) ? Result.FAIL : Result.OK, Value.nil());
  }

  private static List<Long> timesOfProcess(int process, List<Invoked> operations) {
    return times(operations.stream().filter(o -> o.process() == process).toList());
  }

  private static List<Long> times(List<Invoked> operations) {
    return operations.stream().map(Invoked::timeNanos).toList();
  }

  private static Map<String, Long> countByFunction(List<Invoked> operations) {
    return operations.stream()
        .collect(
            Collectors.groupingBy(
                o -> o.request().function(), TreeMap::new, Collectors.counting()));
  }

  private static Generator requestsOn(long key) {
    return Generators.repeat(new Request("read", Value.of(key), Value.nil()));
  }

  private static Generator oneOn(long key) {
    return Generators.limit(1, requestsOn(key));
  }

  private static Long key(Value value) {
    return ((Value.Int) value).value();
  }
}
