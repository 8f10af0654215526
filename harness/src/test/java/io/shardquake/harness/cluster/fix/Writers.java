package io.shardquake.harness.cluster.fix;

import io.shardquake.harness.cluster.ClusterConnections;
import io.shardquake.harness.cluster.Failures;
import io.shardquake.harness.cluster.NodeAddress;
import io.shardquake.harness.cluster.NodeConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/**
 * Clients that write ever greater numbers to keys of one slot, each key by one client only, follow
 * MOVED and ASK, send nothing twice, and remember the last number that they were told was written.
 */
final class Writers implements AutoCloseable {
  private static final int THREADS = 4;

  private final ClusterConnections connections = new ClusterConnections(Duration.ofMillis(500));
  private final List<NodeAddress> nodes;
  private final List<String> keys;
  private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();
  private final LongAdder writes = new LongAdder();
  private final AtomicBoolean stop = new AtomicBoolean();
  private final List<Thread> threads = new ArrayList<>();

  Writers(List<NodeAddress> nodes, List<String> keys) {
    this.nodes = nodes;
    this.keys = keys;
  }

  void start() {
    for (int i = 0; i < THREADS; i++) {
      Writer writer = new Writer(i);
      Thread thread = new Thread(writer::run, "writer-" + i);
      threads.add(thread);
      thread.start();
    }
  }

  /** The last number that was acknowledged for each key that was written. */
  Map<String, Long> acknowledged() {
    return acknowledged;
  }

  /** How many writes were acknowledged. */
  long writes() {
    return writes.sum();
  }

  void stop() throws InterruptedException {
    stop.set(true);
    for (Thread thread : threads) {
      thread.join();
    }
  }

  @Override
  public void close() {
    stop.set(true);
    connections.close();
  }

  /** One client. */
  private final class Writer {
    private final int number;
    private final SplittableRandom random;
    private final Map<NodeAddress, NodeConnection> open = new HashMap<>();
    private NodeAddress owner;

    Writer(int number) {
      this.number = number;
      this.random = new SplittableRandom(number);
      this.owner = nodes.get(number % nodes.size());
    }

    void run() {
      long value = 0;
      while (!stop.get()) {
        String key = keys.get(random.nextInt(keys.size() / THREADS) * THREADS + number);
        value++;
        if (write(key, Long.toString(value))) {
          acknowledged.put(key, value);
          writes.increment();
        }
      }
    }

    private boolean write(String key, String value) {
      NodeAddress next = owner;
      boolean asking = false;
      for (int attempt = 0; attempt < 10; attempt++) {
        try {
          NodeConnection node = connection(next);
          if (asking) {
            node.text("ASKING").join();
          }
          node.text("SET", key, value).join();
          return true;
        } catch (CompletionException e) {
          String[] reason = Failures.reason(e).split(" ", -1);
          if (!Failures.isErrorReply(e)) {
            // Perhaps it was written: the next value is greater.
            open.remove(next);
            owner = nodes.get(random.nextInt(nodes.size()));
            return false;
          }
          asking = reason[0].equals("ASK");
          if (reason[0].equals("MOVED")) {
            owner = NodeAddress.parse(reason[2]);
          }
          next = asking ? NodeAddress.parse(reason[2]) : owner;
        }
      }
      owner = nodes.get(random.nextInt(nodes.size()));
      return false;
    }

    private NodeConnection connection(NodeAddress address) {
      NodeConnection known = open.get(address);
      if (known != null && known.isOpen()) {
        return known;
      }
      NodeConnection opened = connections.connect(address).join();
      open.put(address, opened);
      return opened;
    }
  }
}
