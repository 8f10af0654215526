package io.shardquake.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLinesTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir Path directory;

  private int execute(String... arguments) {
    Console console =
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            false);
    return CommandLines.execute(console, arguments);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private void assertRefused(int code, String reason) {
    assertThat(code).as(err()).isEqualTo(64);
    assertThat(err()).contains(reason).hasLineCount(1);
    assertThat(out()).isEmpty();
  }

  @Test
  void helpNamesTheVerbsAndTheExitCodes() {
    assertThat(execute("--help")).isZero();
    assertThat(out()).contains("run", "check", "report", "64", "70").doesNotContain("\u001b");
  }

  @Test
  void aHeapThatIsTooSmallIsToldAndIsNoVerdict() {
    OutputStream tooMuch =
        new OutputStream() {
          @Override
          public void write(int octet) {
            throw new OutOfMemoryError("Java heap space");
          }
        };
    PrintStream told = new PrintStream(err, true, StandardCharsets.UTF_8);
    Console console =
        new Console(new PrintStream(tooMuch, true, StandardCharsets.UTF_8), told, false, false);

    assertThat(CommandLines.execute(console, "--help")).isEqualTo(70);
    assertThat(err()).contains("heap is too small", "-Xmx").hasLineCount(1);
  }

  @Test
  void defectsAreKnownByNameAndBelongToReferenceNodes() {
    assertRefused(execute("run", "--defect", "vote-thrice"), "no defect is called 'vote-thrice'");
    err.reset();
    assertRefused(
        execute("run", "--target", "redis", "--defect", "vote-twice"), "for reference nodes");
  }

  @Test
  void eachVerbHasHelp() {
    for (String verb : List.of("run", "check", "report")) {
      assertThat(execute(verb, "--help")).isZero();
      assertThat(out()).contains("shardquake " + verb);
    }
  }

  @Test
  void versionIsOneLine() {
    assertThat(execute("--version")).isZero();
    assertThat(out()).startsWith("shardquake ").hasLineCount(1);
  }

  @Test
  void withoutAVerbItSaysWhichThereAre() {
    assertRefused(execute(), "run");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--time abc | not a length of time: 'abc'",
        "--time 0s | the time must be longer than 0s",
        "--time -5s | not a length of time: '-5s'",
        "--masters 2 | a cluster needs at least 3 masters",
        "--masters x | '--masters'",
        "--replicas -1 | replicas per master cannot be -1",
        "--node-timeout 1ms | the node timeout must be at least 100 ms",
        "--seed one | '--seed'",
        "--contract strict | no contract is called 'strict'",
        "--faults kill,frob | unknown kind of fault 'frob'",
        "--intensity mad | no intensity is called 'mad'",
        "--workload bookshop | no workload is called 'bookshop'",
        "--keys 0 | at least one active key",
        "--concurrency 0 | the concurrency must be from 1 to 10000",
        "--rate 0 | the rate must be a positive number",
        "--rate NaN | the rate must be a positive number",
        "--op-timeout 0s | the operation time-out must be longer than 0s",
        "--recovery 0s | the recovery bound must be longer than 0s",
        "--plan /nonexistent.json | cannot read the plan /nonexistent.json",
        "--server /nonexistent | /nonexistent does not exist",
        "--server /etc/passwd | /etc/passwd is not executable",
        "--target sim | no target is called 'sim'",
        "--frobnicate | Unknown option: '--frobnicate'",
        "surplus | Unmatched argument at index",
      })
  void refusesWhatMakesNoSense(String options, String reason) {
    List<String> arguments = new ArrayList<>(List.of("run", "--target", "redis"));
    if (options.startsWith("--target")) {
      arguments.remove(2);
      arguments.remove(1);
    }
    arguments.addAll(List.of("--dir", directory.toString()));
    arguments.addAll(List.of(options.strip().split(" ")));

    assertRefused(execute(arguments.toArray(String[]::new)), reason);
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void aTargetThatThereIsNotIsRefusedWithThoseThereAre() {
    assertRefused(
        execute("run", "--target", "none"),
        "there are reference, redis, mixed, container and external");
  }

  @Test
  void aPlanThatIsNoneIsNamedWithItsProblem() throws IOException {
    Path plan = Files.writeString(directory.resolve("plan.json"), "{\"faults\": 7}");

    assertRefused(execute("run", "--target", "redis", "--plan", plan.toString()), plan.toString());
  }

  @Test
  void aPlanAndKindsOfFaultExcludeEachOther() throws IOException {
    Path plan = Files.writeString(directory.resolve("plan.json"), "{\"faults\": []}");

    assertRefused(
        execute("run", "--target", "redis", "--plan", plan.toString(), "--faults", "kill"),
        "--plan and --faults exclude each other");
  }

  @Test
  void listsTheKindsOfFault() {
    assertThat(execute("run", "--target", "redis", "--list-faults")).isZero();
    assertThat(out()).contains("kill", "pause", "rolling-restart");
  }

  @Test
  void checkSaysThatAFileIsMissing() {
    Path missing = directory.resolve("none.jsonl");

    assertRefused(execute("check", missing.toString()), missing + " does not exist");
  }

  @Test
  void checkSaysThatADirectoryIsNoRun() {
    assertRefused(execute("check", directory.toString()), "is not a run directory");
  }

  @Test
  void reportSaysThatADirectoryIsNoRun() {
    assertRefused(execute("report", directory.toString()), "is not a run directory");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "check | HOST:PORT",
        "check 7000 | '7000' is not an address: write host:port",
        "check 127.0.0.1:0 | '127.0.0.1:0' is not an address",
        "check 127.0.0.1:1 --timeout 0s | the time-out must be longer than 0s",
        "check 127.0.0.1:1 --user joe | --user needs a password",
        "create 127.0.0.1:1 127.0.0.1:2 | a cluster needs at least 3 masters",
        "create 127.0.0.1:1 127.0.0.1:1 127.0.0.1:2 | a node is named twice",
        "create 127.0.0.1:1 127.0.0.1:2 127.0.0.1:3 --masters 4 | not 4 of 3 nodes",
        "create 127.0.0.1:1 --masters 1 --replicas 1 | exclude each other",
        "create 127.0.0.1:1 --replicas -1 | the number of replicas cannot be -1",
        "reshard 127.0.0.1:1 --slots 5 | --to",
        "rebalance 127.0.0.1:1 --weight a=x | --weight",
        "failover 127.0.0.1:1 --frob | Unknown option: '--frob'",
        "restore 127.0.0.1:1 none.jsonl | none.jsonl does not exist",
      })
  void clusterRefusesWhatMakesNoSense(String arguments, String reason) {
    assertRefused(execute(("cluster " + arguments.strip()).split(" ")), reason);
  }

  @Test
  void clusterSaysThatANodeCannotBeReached() {
    assertThat(execute("cluster", "check", "127.9.8.7:1")).isEqualTo(70);
    assertThat(err()).contains("127.9.8.7:1: Connection refused").hasLineCount(1);
  }

  @Test
  void eachClusterVerbHasHelp() {
    List<String> verbs =
        List.of(
            "create",
            "check",
            "info",
            "fix",
            "restore",
            "reshard",
            "rebalance",
            "add-node",
            "del-node",
            "failover",
            "forget",
            "reset",
            "call");
    for (String verb : verbs) {
      assertThat(execute("cluster", verb, "--help")).isZero();
      assertThat(out()).contains("shardquake cluster " + verb);
    }
  }

  @Test
  void withoutAClusterVerbItSaysWhichThereAre() {
    assertRefused(execute("cluster"), "reshard");
  }

  @Test
  void aRunCannotBeKeptWhereAFileIs() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));

    int code = execute("run", "--target", "redis", "--time", "1s", "--dir", file.toString());

    assertThat(code).isEqualTo(70);
    assertThat(err()).contains("cannot write " + file).hasLineCount(1);
  }
}
