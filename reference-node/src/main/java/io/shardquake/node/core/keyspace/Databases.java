package io.shardquake.node.core.keyspace;

import io.shardquake.node.core.Randomness;
import java.util.List;
import java.util.stream.IntStream;

/** The node's databases: one in cluster mode, else as many as configured. */
public final class Databases {
  private final List<Keyspace> keyspaces;
  private final AccessClock accesses;
  private FunctionStore functions = FunctionStore.NONE;

  public Databases(boolean clusterEnabled, int count, Randomness random) {
    this.accesses = new AccessClock(random);
    this.keyspaces =
        IntStream.range(0, clusterEnabled ? 1 : count)
            .mapToObj(i -> new Keyspace(clusterEnabled, random))
            .toList();
  }

  /** Notes when or how often values are accessed. */
  public AccessClock accesses() {
    return accesses;
  }

  /** The libraries of functions that belong to the data. */
  public FunctionStore functions() {
    return functions;
  }

  /** Keeps libraries of functions from now on. */
  public void keepFunctionsIn(FunctionStore store) {
    this.functions = store;
  }

  public int count() {
    return keyspaces.size();
  }

  public Keyspace get(int index) {
    return keyspaces.get(index);
  }

  public List<Keyspace> all() {
    return keyspaces;
  }

  /** Changes in all of them since the start. */
  public long changes() {
    long sum = 0;
    for (Keyspace keyspace : keyspaces) {
      sum += keyspace.changes();
    }
    return sum;
  }
}
