package io.shardquake.node.core.memory;

import io.shardquake.node.core.Randomness;
import io.shardquake.node.core.client.Client;
import io.shardquake.node.core.client.Transaction;
import io.shardquake.node.core.command.CommandFlag;
import io.shardquake.node.core.command.CommandSpec;
import io.shardquake.node.core.command.Gatekeeper;
import io.shardquake.node.core.config.Configuration;
import io.shardquake.node.core.info.ProcessFacts;
import io.shardquake.node.core.keyspace.Databases;
import io.shardquake.node.core.keyspace.Keyspace;
import io.shardquake.node.core.propagation.Propagation;
import io.shardquake.node.core.value.Value;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps to {@code maxmemory}: evicts keys as {@code maxmemory-policy} says, and refuses commands
 * that need memory if that is not enough. What is used is the heap as it was last measured, less
 * what has been evicted since by estimate. Not thread-safe.
 */
public final class Eviction implements Gatekeeper {
  private static final String REFUSAL = "OOM command not allowed when used memory > 'maxmemory'.";

  /** Keys evicted for one request at most, so that it does not take long. */
  private static final int MOST_AT_ONCE = 1000;

  private final Configuration configuration;
  private final Databases databases;
  private final ProcessFacts process;
  private final Propagation propagation;
  private final Randomness random;
  private final BooleanSupplier isReplica;
  private final Evicted evicted;
  private long measured = -1;
  private long freed;
  private long count;

  /** Hears of every key that is evicted. */
  @FunctionalInterface
  public interface Evicted {
    void evicted(int database, byte[] key);
  }

  /** Puts it together. */
  public Eviction(
      Configuration configuration,
      Databases databases,
      ProcessFacts process,
      Propagation propagation,
      Randomness random,
      BooleanSupplier isReplica,
      Evicted evicted) {
    this.configuration = configuration;
    this.databases = databases;
    this.process = process;
    this.propagation = propagation;
    this.random = random;
    this.isReplica = isReplica;
    this.evicted = evicted;
  }

  /** Keys evicted since the start. */
  public long count() {
    return count;
  }

  private boolean isShort() {
    long used = process.vitals().usedHeap();
    if (used != measured) {
      measured = used;
      freed = 0;
    }
    return used - freed > configuration.number("maxmemory");
  }

  @Override
  public Optional<String> refusal(Client client, CommandSpec spec, byte[][] request) {
    if (configuration.number("maxmemory") == 0 || !needsMemory(client, spec)) {
      return Optional.empty();
    }
    if (isReplica.getAsBoolean() && configuration.yes("replica-ignore-maxmemory")) {
      return Optional.empty();
    }
    for (int i = 0; i < MOST_AT_ONCE && isShort(); i++) {
      if (!evictOne()) {
        return Optional.of(REFUSAL);
      }
    }
    return isShort() ? Optional.of(REFUSAL) : Optional.empty();
  }

  private static boolean needsMemory(Client client, CommandSpec spec) {
    return spec.is(CommandFlag.DENYOOM)
        || (spec.name().equals("exec")
            && client.transaction().map(Transaction::hasWrites).orElse(false));
  }

  private boolean evictOne() {
    String policy = configuration.text("maxmemory-policy");
    if (policy.equals("noeviction")) {
      return false;
    }
    for (int i = 0; i < databases.count(); i++) {
      byte[] key = choose(policy, databases.get(i));
      if (key != null) {
        evict(i, key);
        return true;
      }
    }
    return false;
  }

  private void evict(int database, byte[] key) {
    Keyspace keyspace = databases.get(database);
    Value value = keyspace.get(key);
    freed += value == null ? 0 : MemoryEstimate.of(key, value, 5);
    keyspace.remove(key);
    count++;
    propagation.add("DEL", key);
    propagation.endUnwrapped(database);
    evicted.evicted(database, key);
  }

  /** The best of some keys drawn at random; null if there is none to choose from. */
  private byte @Nullable [] choose(String policy, Keyspace keyspace) {
    byte @Nullable [] best = null;
    double bestScore = Double.NEGATIVE_INFINITY;
    long samples = policy.endsWith("random") ? 1 : configuration.number("maxmemory-samples");
    for (int i = 0; i < samples; i++) {
      byte @Nullable [] key = draw(policy, keyspace);
      Value value = key == null ? null : keyspace.get(key);
      if (key == null || value == null) {
        return best;
      }
      double score = score(policy, keyspace, key, value);
      if (score > bestScore) {
        best = key;
        bestScore = score;
      }
    }
    return best;
  }

  private byte @Nullable [] draw(String policy, Keyspace keyspace) {
    if (policy.startsWith("allkeys")) {
      return keyspace.randomKey(random);
    }
    return keyspace.expirable() == 0 ? null : keyspace.expiries().random(random::below).key();
  }

  private double score(String policy, Keyspace keyspace, byte[] key, Value value) {
    return switch (policy.substring(policy.indexOf('-') + 1)) {
      case "lru" -> databases.accesses().idleSeconds(value);
      case "lfu" -> -databases.accesses().frequency(value);
      case "ttl" -> -keyspace.expiry(key);
      default -> 0;
    };
  }
}
