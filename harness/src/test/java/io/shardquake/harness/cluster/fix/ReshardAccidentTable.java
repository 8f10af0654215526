package io.shardquake.harness.cluster.fix;

import io.shardquake.harness.cli.Answer;
import io.shardquake.harness.cluster.fix.ReshardAccident.Case;
import io.shardquake.harness.cluster.fix.ReshardAccident.Toll;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Repairs every kind of interrupted reshard again and again and prints what that cost, one row a
 * kind: the table of docs/cluster-fix.md. Arguments: who repairs (shardquake, redis-cli, or
 * redis-cli-replace, which overwrites), how often, how many keys, and perhaps what the cases begin
 * with.
 */
final class ReshardAccidentTable {
  /** redis-cli is given so many attempts; its last exit code counts. */
  private static final int ATTEMPTS = 3;

  private ReshardAccidentTable() {}

  /** One repair. */
  private record Sample(int code, Toll toll, long millis) {}

  public static void main(String[] arguments) throws Exception {
    String repairer = arguments[0];
    int times = Integer.parseInt(arguments[1]);
    int keys = Integer.parseInt(arguments[2]);
    System.out.println("case | exit codes | unreachable | undone | rescued | seconds");
    String only = arguments.length > 3 ? arguments[3] : "";
    for (Case which : Case.all().stream().filter(c -> c.toString().startsWith(only)).toList()) {
      List<Sample> samples = new ArrayList<>();
      for (int i = 0; i < times; i++) {
        samples.add(sample(repairer, which, keys));
      }
      System.out.printf(
          "%s | %s | %s | %s | %s | %s%n",
          which,
          Arrays.toString(samples.stream().mapToInt(Sample::code).toArray()),
          range(samples.stream().mapToLong(s -> s.toll().unreachable().size()).toArray()),
          range(samples.stream().mapToLong(s -> s.toll().undone().size()).toArray()),
          range(samples.stream().mapToLong(s -> s.toll().rescued()).toArray()),
          range(samples.stream().mapToLong(s -> Math.round(s.millis() / 1000.0)).toArray()));
    }
  }

  private static String range(long[] values) {
    Arrays.sort(values);
    long least = values[0];
    long most = values[values.length - 1];
    return least == most ? Long.toString(most) : least + " to " + most;
  }

  private static Sample sample(String repairer, Case which, int keys) throws Exception {
    Path directory = Files.createTempDirectory("reshard-accident");
    List<String> directives =
        repairer.equals("redis-cli-replace") ? List.of("enable-debug-command yes") : List.of();
    try (ReshardAccident accident = new ReshardAccident(directory, keys, directives)) {
      accident.happen(which);
      String seed = accident.seed().toString();
      long start = System.nanoTime();
      int code =
          switch (repairer) {
            case "shardquake" ->
                Answer.to(InterruptedReshardIT.fix(seed, accident.rescueFile())).code();
            case "redis-cli" -> redisCli(directory, "--cluster", "fix", seed);
            case "redis-cli-replace" ->
                redisCli(directory, "--cluster", "fix", seed, "--cluster-replace");
            default -> throw new IllegalArgumentException(repairer);
          };
      long millis = (System.nanoTime() - start) / 1_000_000;
      return new Sample(code, accident.toll(), millis);
    }
  }

  private static int redisCli(Path directory, String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of("redis-cli"));
    command.addAll(List.of(words));
    command.add("--cluster-yes");
    int code = 1;
    for (int attempt = 0; attempt < ATTEMPTS && code != 0; attempt++) {
      Path output = directory.resolve("redis-cli." + attempt);
      code =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start()
              .waitFor();
    }
    return code;
  }
}
