package io.shardquake.workloads;

import io.shardquake.workloads.acknowledgement.WaitWorkload;
import io.shardquake.workloads.append.AppendWorkload;
import io.shardquake.workloads.bank.BankWorkload;
import io.shardquake.workloads.bigkeys.BigKeysWorkload;
import io.shardquake.workloads.counter.CounterWorkload;
import io.shardquake.workloads.expiry.ExpiryWorkload;
import io.shardquake.workloads.lock.LockWorkload;
import io.shardquake.workloads.mix.Mixture;
import io.shardquake.workloads.mix.Part;
import io.shardquake.workloads.multikey.MultiKeyWorkload;
import io.shardquake.workloads.pubsub.PubSubWorkload;
import io.shardquake.workloads.queue.QueueWorkload;
import io.shardquake.workloads.register.CasRegisterWorkload;
import io.shardquake.workloads.register.RegisterWorkload;
import io.shardquake.workloads.replicaread.StaleReadWorkload;
import io.shardquake.workloads.set.SetWorkload;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The workloads that there are, by name, alone or mixed. */
public final class StandardWorkloads {
  /** The name of the mixture that runs if nothing else is chosen. */
  public static final String MIXED = "mixed";

  private static final List<Workload> ALL =
      List.of(
          new RegisterWorkload(),
          new CasRegisterWorkload(),
          new AppendWorkload(),
          new SetWorkload(),
          new CounterWorkload(),
          new QueueWorkload(),
          new BankWorkload(),
          new LockWorkload(),
          new ExpiryWorkload(),
          new WaitWorkload(),
          new StaleReadWorkload(),
          new MultiKeyWorkload(),
          new BigKeysWorkload(),
          PubSubWorkload.ofCluster(),
          PubSubWorkload.ofShards());

  private static final String USUAL_MIXTURE =
      "register=6,cas-register=2,append=2,set=2,counter=2,queue=2,bank=2,lock,expiry=2,wait=2,stale-read=2"
          + ",multi-key=2";

  private StandardWorkloads() {}

  /** Every workload. */
  public static List<Workload> all() {
    return ALL;
  }

  /**
   * The workload that a text names: one by its name ({@code register}), several with their weights
   * ({@code register=4,set}, where a missing weight is 1), or {@link #MIXED}.
   *
   * @throws IllegalArgumentException with one line for the user
   */
  public static Workload parse(String text) {
    String resolved = text.equals(MIXED) ? USUAL_MIXTURE : text;
    List<Part> parts = new ArrayList<>();
    for (String word : resolved.split(",", -1)) {
      parts.add(part(word.strip()));
    }
    return parts.size() == 1 ? parts.get(0).workload() : new Mixture(parts);
  }

  private static Part part(String text) {
    int equals = text.indexOf('=');
    String name = equals < 0 ? text : text.substring(0, equals);
    int weight = equals < 0 ? 1 : weight(name, text.substring(equals + 1));
    return new Part(named(name), weight);
  }

  private static int weight(String name, String digits) {
    if (!digits.matches("[1-9][0-9]{0,5}")) {
      throw new IllegalArgumentException(
          "the weight of '"
              + name
              + "' must be a whole number from 1 to 999999, not '"
              + digits
              + "'");
    }
    return Integer.parseInt(digits);
  }

  private static Workload named(String name) {
    return ALL.stream()
        .filter(workload -> workload.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no workload is called '" + name + "' (there are " + names() + ")"));
  }

  /** What a workload is called in the names of runs: itself, or {@link #MIXED} if it is several. */
  public static String shortName(String workload) {
    return workload.indexOf(',') < 0 ? workload : MIXED;
  }

  private static String names() {
    return ALL.stream().map(Workload::name).collect(Collectors.joining(", ")) + ", and " + MIXED;
  }
}
