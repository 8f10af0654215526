package io.shardquake.workloads.lettuce;

import io.shardquake.workloads.WorkloadOptions;
import io.shardquake.workloads.client.Client;
import io.shardquake.workloads.client.ClientFactory;
import io.shardquake.workloads.client.Outcome;
import io.shardquake.workloads.generator.Request;
import io.shardquake.workloads.register.RegisterWorkload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/**
 * Operations per second of the register workload's client against a bare loop over Lettuce with as
 * many connections and the same commands, in turns, on three masters and three replicas.
 *
 * <p>Run it with {@code ./mvnw -q -Pbench -Dquick -pl workloads -am verify -DskipTests}; {@code
 * -Dbench.arguments="20 7 3 50"} gives the number of processes, of rounds, of seconds a round, and
 * how many percent of the updates are compare-and-sets.
 */
public final class ClientBenchmark {
  private static final int KEYS = 1_000;
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private ClientBenchmark() {}

  /** A loop that keeps every process busy until it is stopped. */
  interface Loop extends AutoCloseable {
    /** Starts and returns; completed operations are counted. */
    void start(LongAdder completed);

    /** Stops asking for more. */
    void stop();

    @Override
    void close();
  }

  public static void main(String[] arguments) throws Exception {
    int processes = argument(arguments, 0, 20);
    int rounds = argument(arguments, 1, 7);
    int seconds = argument(arguments, 2, 3);
    double compareShare = argument(arguments, 3, 50) / 100.0;
    Path directory = Files.createTempDirectory("client-benchmark");
    try (RealNodes nodes = RealNodes.start(3, 3, directory)) {
      List<Double> bare = new ArrayList<>();
      List<Double> ours = new ArrayList<>();
      for (int round = 0; round <= rounds; round++) {
        double bareRate = rate(new BareLoop(nodes, mixes(processes, compareShare)), seconds);
        double ourRate = rate(new ClientLoop(nodes, mixes(processes, compareShare)), seconds);
        System.out.printf(
            "round %d: bare %,.0f/s, client %,.0f/s, ratio %.3f%s%n",
            round, bareRate, ourRate, ourRate / bareRate, round == 0 ? " (warm-up)" : "");
        if (round > 0) {
          bare.add(bareRate);
          ours.add(ourRate);
        }
      }
      System.out.printf(
          "%d processes, medians of %d rounds of %d s: bare %,.0f/s, client %,.0f/s, ratio %.3f%n",
          processes, rounds, seconds, median(bare), median(ours), median(ours) / median(bare));
    }
  }

  /** The keys are written from the beginning again, so that no round meets what another left. */
  private static List<RequestMix> mixes(int processes, double compareShare) {
    return IntStream.range(0, processes)
        .mapToObj(process -> new RequestMix(process, KEYS, compareShare))
        .toList();
  }

  private static int argument(String[] arguments, int index, int fallback) {
    return arguments.length > index ? Integer.parseInt(arguments[index]) : fallback;
  }

  private static double median(List<Double> rates) {
    double[] sorted = rates.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  private static double rate(Loop loop, int seconds) throws InterruptedException {
    try (loop) {
      LongAdder completed = new LongAdder();
      loop.start(completed);
      TimeUnit.SECONDS.sleep(1);
      long before = completed.sum();
      long begin = System.nanoTime();
      TimeUnit.SECONDS.sleep(seconds);
      double rate = (completed.sum() - before) * 1e9 / (System.nanoTime() - begin);
      loop.stop();
      TimeUnit.MILLISECONDS.sleep(300);
      return rate;
    }
  }

  /** The client under measurement, each process asking again as soon as it is answered. */
  private static final class ClientLoop implements Loop {
    private final ClientFactory factory;
    private final Client[] clients;
    private final List<RequestMix> mixes;
    private volatile boolean running = true;

    ClientLoop(RealNodes nodes, List<RequestMix> mixes) {
      this.mixes = mixes;
      factory =
          LettuceTransports.clients(
              nodes.access(TIMEOUT), new RegisterWorkload().commands(WorkloadOptions.DEFAULT));
      clients = new Client[mixes.size()];
      Arrays.setAll(clients, factory::open);
    }

    @Override
    public void start(LongAdder completed) {
      for (int process = 0; process < clients.length; process++) {
        next(clients[process], mixes.get(process), completed);
      }
    }

    private void next(Client client, RequestMix mix, LongAdder completed) {
      Request request = mix.next();
      client.invoke(
          request,
          outcome -> {
            if (!(outcome instanceof Outcome.Ok)) {
              throw new IllegalStateException(request + " ended as " + outcome);
            }
            completed.increment();
            if (running) {
              next(client, mix, completed);
            }
          });
    }

    @Override
    public void stop() {
      running = false;
    }

    @Override
    public void close() {
      for (Client client : clients) {
        client.close();
      }
      factory.close();
    }
  }
}
