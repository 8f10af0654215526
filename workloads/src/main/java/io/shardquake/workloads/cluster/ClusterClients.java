package io.shardquake.workloads.cluster;

import io.shardquake.workloads.ClusterAccess;
import io.shardquake.workloads.client.Client;
import io.shardquake.workloads.client.ClientFactory;
import java.time.Duration;
import java.util.function.Consumer;

/** Clients of one cluster, which share what they know of its slots. */
public final class ClusterClients implements ClientFactory {
  private static final Duration REFRESH_ANSWER = Duration.ofMillis(500);
  private static final Duration REFRESH_PAUSE = Duration.ofMillis(100);

  private final CommandMapping mapping;
  private final TransportFactory transports;
  private final Timer timer;
  private final long timeoutNanos;
  private final SlotTable slots;
  private final SlotTableRefresh refresh;
  private final Consumer<String> unknownErrors = new UnknownErrors();

  /**
   * Clients that speak through the given transports; begins to ask who serves which slot.
   *
   * @param transports closed together with this factory
   */
  public ClusterClients(
      ClusterAccess access, CommandMapping mapping, TransportFactory transports, Timer timer) {
    this.mapping = mapping;
    this.transports = transports;
    this.timer = timer;
    this.timeoutNanos = access.operationTimeout().toNanos();
    this.slots = new SlotTable(access.nodes());
    this.refresh =
        new SlotTableRefresh(slots, transports.open(), timer, REFRESH_ANSWER, REFRESH_PAUSE);
    refresh.request();
  }

  @Override
  public Client open(int process) {
    return new ClusterClient(this, transports.open());
  }

  @Override
  public void close() {
    refresh.close();
    transports.close();
  }

  Pursuit pursuit(Conversation conversation) {
    return new Pursuit(conversation, slots, PursuitLimits.DEFAULT, unknownErrors);
  }

  CommandMapping mapping() {
    return mapping;
  }

  /** Calls back when an operation that begins now has had its time. */
  Timer.Scheduled deadline(Runnable task) {
    return timer.schedule(timeoutNanos, task);
  }

  long timeoutNanos() {
    return timeoutNanos;
  }

  Timer timer() {
    return timer;
  }

  void doubtSlots() {
    refresh.request();
  }
}
