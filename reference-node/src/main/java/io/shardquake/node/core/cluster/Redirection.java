package io.shardquake.node.core.cluster;

import io.shardquake.node.core.client.Client;
import io.shardquake.node.core.command.CommandFlag;
import io.shardquake.node.core.command.CommandSpec;
import io.shardquake.node.core.command.SlotGate;
import io.shardquake.node.core.defect.Defect;
import io.shardquake.node.core.keyspace.HashSlot;
import io.shardquake.node.core.keyspace.Keyspace;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * Where a command on some keys has to go (Redis Cluster specification, "Redirection and
 * resharding"): here, or elsewhere with MOVED or ASK, or nowhere for now.
 */
final class Redirection implements SlotGate {
  private final ClusterState state;
  private final Keyspace keyspace;
  private final LongSupplier now;
  private final Map<Integer, ClusterNode> firstOwners = new TreeMap<>();

  Redirection(ClusterState state, Keyspace keyspace, LongSupplier now) {
    this.state = state;
    this.keyspace = keyspace;
    this.now = now;
  }

  @Override
  public Optional<String> refusal(Client client, CommandSpec spec, List<byte[]> keys) {
    int slot = slot(keys.get(0));
    ClusterNode owner = state.slots().owner(slot).orElse(null);
    if (owner == null) {
      return Optional.of("CLUSTERDOWN Hash slot not served");
    }
    boolean several = false;
    for (byte[] key : keys.subList(1, keys.size())) {
      if (!Arrays.equals(key, keys.get(0))) {
        if (slot(key) != slot && !state.has(Defect.ALLOW_CROSS_SLOT)) {
          return Optional.of("CROSSSLOT Keys in request don't hash to the same slot");
        }
        several = true;
      }
    }
    boolean shardChannels = spec.is(CommandFlag.PUBSUB);
    Optional<String> down = refusalWhileDown(client, spec, shardChannels);
    if (down.isPresent()) {
      return down;
    }
    ClusterNode target = owner.isMyself() ? state.slots().migrating().get(slot) : null;
    boolean importing = target == null && state.slots().importing().containsKey(slot);
    if (target != null || importing) {
      if (spec.name().equals("migrate")) {
        return Optional.empty();
      }
      int missing = shardChannels ? 0 : missing(keys);
      if (target != null && missing > 0 && !state.has(Defect.SERVE_MIGRATING_KEY_TWICE)) {
        return Optional.of(
            missing < keys.size() ? tryAgain() : "ASK " + slot + " " + endpoint(client, target));
      }
      if (importing && mayUseImported(client, spec)) {
        return several && missing > 0 ? Optional.of(tryAgain()) : Optional.empty();
      }
    }
    if (client.isAsking() && state.has(Defect.OBEY_ASKING_WITHOUT_IMPORT)) {
      return Optional.empty();
    }
    boolean readsHere =
        (client.readsFromReplica() || shardChannels || state.has(Defect.READ_AFTER_DEMOTION))
            && !writes(client, spec)
            && state.myself().master().orElse(null) == owner;
    return readsHere || owner.isMyself()
        ? Optional.empty()
        : Optional.of("MOVED " + slot + " " + endpoint(client, addressee(slot, owner)));
  }

  private boolean mayUseImported(Client client, CommandSpec spec) {
    return client.isAsking()
        || spec.is(CommandFlag.ASKING)
        || state.has(Defect.SERVE_IMPORT_UNASKED);
  }

  private int slot(byte[] key) {
    return state.has(Defect.IGNORE_HASH_TAGS) ? HashSlot.ofWhole(key) : HashSlot.of(key);
  }

  private ClusterNode addressee(int slot, ClusterNode owner) {
    return state.has(Defect.REDIRECT_TO_FORMER_OWNER)
        ? firstOwners.computeIfAbsent(slot, unknown -> owner)
        : owner;
  }

  @Override
  public Optional<String> refusalToWait(Client client, CommandSpec spec, byte[] key) {
    if (!state.isOk()) {
      return Optional.of("CLUSTERDOWN The cluster is down");
    }
    if (state.has(Defect.KEEP_BLOCKED_CLIENTS)) {
      return Optional.empty();
    }
    int slot = slot(key);
    ClusterNode owner = state.slots().owner(slot).orElse(null);
    boolean readsHere =
        client.readsFromReplica()
            && !spec.is(CommandFlag.WRITE)
            && owner != null
            && state.myself().master().orElse(null) == owner;
    if (readsHere
        || (owner != null && owner.isMyself())
        || state.slots().importing().containsKey(slot)) {
      return Optional.empty();
    }
    return Optional.of(
        owner == null
            ? "CLUSTERDOWN Hash slot not served"
            : "MOVED " + slot + " " + endpoint(client, owner));
  }

  private Optional<String> refusalWhileDown(
      Client client, CommandSpec spec, boolean shardChannels) {
    if (state.isOk()) {
      return Optional.empty();
    }
    if (shardChannels) {
      return state.configuration().yes("cluster-allow-pubsubshard-when-down")
          ? Optional.empty()
          : Optional.of("CLUSTERDOWN The cluster is down");
    }
    if (!state.configuration().yes("cluster-allow-reads-when-down")) {
      return Optional.of("CLUSTERDOWN The cluster is down");
    }
    return writes(client, spec)
        ? Optional.of("CLUSTERDOWN The cluster is down and only accepts read commands")
        : Optional.empty();
  }

  /** Whether a command, or any command of the transaction it ends, may write. */
  private static boolean writes(Client client, CommandSpec spec) {
    return spec.is(CommandFlag.WRITE)
        || (spec.name().equals("exec")
            && client.transaction().map(t -> t.hasWrites()).orElse(false));
  }

  private int missing(List<byte[]> keys) {
    int missing = 0;
    for (byte[] key : keys) {
      if (keyspace.get(key) == null || keyspace.isExpired(key, now.getAsLong())) {
        missing++;
      }
    }
    return missing;
  }

  private static String tryAgain() {
    return "TRYAGAIN Multiple keys request during rehashing of slot";
  }

  private String endpoint(Client client, ClusterNode node) {
    return Endpoints.text(state.configuration(), node)
        + ":"
        + Endpoints.port(state.configuration(), node, client.isSecure());
  }
}
