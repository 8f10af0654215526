package io.shardquake.node.core.command;

import io.shardquake.node.core.client.Client;
import io.shardquake.node.core.client.Transaction;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Holds clients' requests back for a while: those that may write, or all (CLIENT PAUSE, failovers,
 * shutdown). Several purposes may do so at the same time; requests go on when none does any more.
 * Replicas, and the master, are never held. Not thread-safe.
 */
public final class Pause {
  /** Why requests are held back. Each purpose has at most one pause at a time. */
  public enum Purpose {
    CLIENT_COMMAND,
    SHUTDOWN,
    FAILOVER
  }

  /** Which requests are held back. */
  public enum Scope {
    WRITES,
    ALL
  }

  private record Held(Scope scope, long until) {}

  /** Commands without the flag "write" that replicas may nevertheless hear of. */
  private static final Set<String> MAY_REPLICATE =
      new TreeSet<>(List.of("eval", "evalsha", "fcall", "pfcount", "publish", "spublish"));

  private final Map<Purpose, Held> pauses = new EnumMap<>(Purpose.class);
  private final Set<Client> waiting = new LinkedHashSet<>();

  /**
   * Begins a pause, or changes the one of the same purpose: the wider scope and the later end hold.
   *
   * @param untilMillis Unix milliseconds; {@link Long#MAX_VALUE} for until it is ended
   */
  public void begin(Purpose purpose, Scope scope, long untilMillis) {
    pauses.merge(
        purpose,
        new Held(scope, untilMillis),
        (old, fresh) ->
            new Held(
                old.scope() == Scope.ALL ? Scope.ALL : fresh.scope(),
                Math.max(old.until(), fresh.until())));
  }

  /** Ends the pause of a purpose, if there is one. */
  public void end(Purpose purpose) {
    pauses.remove(purpose);
  }

  /** Whether any pause is in force. */
  public boolean isActive() {
    return !pauses.isEmpty();
  }

  /** Whether a purpose has requests held back. */
  public boolean isFor(Purpose purpose) {
    return pauses.containsKey(purpose);
  }

  /** Number of clients with a request that is being held back. */
  public int waiting() {
    return waiting.size();
  }

  /**
   * Holds a request back if it has to be: it is put back, to be read again.
   *
   * @return whether it was
   */
  public boolean holds(Client client, CommandSpec spec, byte[][] request) {
    if (pauses.isEmpty() || client.kind() != Client.Kind.NORMAL) {
      return false;
    }
    boolean all = pauses.values().stream().anyMatch(held -> held.scope() == Scope.ALL);
    if (!all && !mayReplicate(client, spec)) {
      return false;
    }
    client.parser().putBack(request);
    waiting.add(client);
    return true;
  }

  private static boolean mayReplicate(Client client, CommandSpec spec) {
    boolean writes =
        spec.name().equals("exec")
            && client.transaction().map(Transaction::hasWrites).orElse(false);
    return writes || mayReplicate(spec);
  }

  /** Whether replicas may hear of a command. */
  public static boolean mayReplicate(CommandSpec spec) {
    return spec.is(CommandFlag.WRITE) || MAY_REPLICATE.contains(spec.name());
  }

  /** Forgets a client that has gone. */
  public void forget(Client client) {
    waiting.remove(client);
  }

  /**
   * Ends what is over.
   *
   * @return the clients that may go on, in the order in which they were held
   */
  public List<Client> release(long nowMillis) {
    if (!pauses.isEmpty()) {
      pauses.values().removeIf(held -> held.until() <= nowMillis);
    }
    if (!pauses.isEmpty() || waiting.isEmpty()) {
      return List.of();
    }
    List<Client> released = List.copyOf(waiting);
    waiting.clear();
    return released;
  }
}
