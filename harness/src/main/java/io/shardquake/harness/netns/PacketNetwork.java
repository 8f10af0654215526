package io.shardquake.harness.netns;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.shardquake.faults.network.Direction;
import io.shardquake.faults.network.Impairment;
import io.shardquake.faults.network.Imposition;
import io.shardquake.faults.network.Network;
import io.shardquake.faults.network.Traffic;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The network between nodes in the namespace that this process lives in, made to go wrong by a
 * packet filter. Thread-safe.
 */
public final class PacketNetwork implements Network, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PacketNetwork.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long REFRESH_MILLIS = 200;

  private final PacketRules rules;
  private final List<Filter> filters = new ArrayList<>();
  private volatile Map<String, Long> dropped = Map.of();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread own = new Thread(task, "packet-filter");
            own.setDaemon(true);
            return own;
          });

  private PacketNetwork(PacketRules rules) {
    this.rules = rules;
  }

  /**
   * Puts a packet filter between these nodes, which at first lets everything through.
   *
   * @param nodes by name, in the cluster's order
   * @throws IOException if the kernel does not take it
   */
  public static PacketNetwork start(Map<String, FilteredNode> nodes) throws IOException {
    PacketRules rules = new PacketRules(new LinkedHashMap<>(nodes));
    Nft.load(rules.base());
    PacketNetwork network = new PacketNetwork(rules);
    ScheduledFuture<?> unused =
        network.thread.scheduleWithFixedDelay(
            network::count, REFRESH_MILLIS, REFRESH_MILLIS, TimeUnit.MILLISECONDS);
    return network;
  }

  @Override
  public Imposition impose(List<Direction> where, Impairment what) {
    return new Filter(where, what, Optional.empty());
  }

  @Override
  public Imposition flap(List<Direction> where, Impairment what, Duration on, Duration off) {
    return new Filter(where, what, Optional.of(new Rhythm(on, off)));
  }

  private record Rhythm(Duration on, Duration off) {}

  @Override
  public Traffic traffic(Direction direction) {
    long packets = dropped.getOrDefault(rules.counter(direction), 0L);
    // Of a rejected packet the connection is reset; which of the two it was the fault knows.
    return new Traffic(0, packets, 0, 0, 0, packets, 0, 0);
  }

  private void count() {
    try {
      Map<String, Long> counted = new LinkedHashMap<>();
      for (JsonNode item : JSON.readTree(Nft.counters()).path("nftables")) {
        JsonNode counter = item.path("counter");
        counted.put(counter.path("name").asText(), counter.path("packets").asLong());
      }
      dropped = counted;
    } catch (IOException e) {
      LOG.warn("the packet filter's counters cannot be read: {}", e.getMessage());
    }
  }

  /** Loads all that is in force at this moment. On the filter's thread. */
  private void apply() {
    List<PacketRules.Rule> all = new ArrayList<>();
    for (Filter filter : filters) {
      filter.where.forEach(direction -> all.add(new PacketRules.Rule(direction, filter.what)));
    }
    try {
      Nft.load(rules.only(all));
    } catch (IOException e) {
      throw new CompletionException(e.getMessage(), e);
    }
  }

  private CompletableFuture<Void> onThread(Runnable work) {
    return CompletableFuture.runAsync(work, thread);
  }

  /** Something that is filtered out until it is lifted. */
  private final class Filter implements Imposition {
    private final List<Direction> where;
    private final Impairment what;
    private final Optional<Rhythm> rhythm;
    private final CompletableFuture<Void> inForce;
    private Optional<ScheduledFuture<?>> next = Optional.empty();
    private boolean lifted;

    Filter(List<Direction> where, Impairment what, Optional<Rhythm> rhythm) {
      if (!PacketRules.can(what)) {
        throw new IllegalArgumentException(
            "a packet filter can drop and reset only: for this, use --network proxy");
      }
      where.forEach(rules::counter);
      this.where = List.copyOf(where);
      this.what = what;
      this.rhythm = rhythm;
      this.inForce = onThread(this::come);
    }

    private void come() {
      if (!lifted) {
        filters.add(this);
        apply();
        rhythm.ifPresent(times -> after(times.on(), this::go));
      }
    }

    private void go() {
      if (!lifted) {
        filters.remove(this);
        apply();
        rhythm.ifPresent(times -> after(times.off(), this::come));
      }
    }

    private void after(Duration time, Runnable step) {
      next = Optional.of(thread.schedule(step, time.toNanos(), TimeUnit.NANOSECONDS));
    }

    @Override
    public CompletionStage<Void> inForce() {
      return inForce.minimalCompletionStage();
    }

    @Override
    public CompletionStage<Void> lift() {
      return onThread(
          () -> {
            lifted = true;
            next.ifPresent(step -> step.cancel(false));
            filters.remove(this);
            apply();
            count();
          });
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
    try {
      Nft.unload();
    } catch (IOException e) {
      LOG.warn("the packet filter stays, until its namespace goes: {}", e.getMessage());
    }
  }
}
