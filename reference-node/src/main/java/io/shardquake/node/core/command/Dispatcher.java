package io.shardquake.node.core.command;

import io.shardquake.node.core.client.Blocked;
import io.shardquake.node.core.client.Client;
import io.shardquake.node.core.client.Transaction;
import io.shardquake.node.core.client.WaitingClients;
import io.shardquake.node.core.config.Configuration;
import io.shardquake.node.core.defect.Defect;
import io.shardquake.node.core.resp.ReplyBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Takes requests from clients: checks each one in the order of Redis's processCommand, then
 * refuses, queues or runs it. Not thread-safe.
 */
public final class Dispatcher {
  /** Commands that take effect at once even inside MULTI. */
  private static final Set<String> NEVER_QUEUED =
      new TreeSet<>(List.of("exec", "discard", "multi", "watch", "quit", "reset"));

  /** How the cluster's refusals begin, which EXEC passes on as they are. */
  private static final Set<String> BY_CLUSTER =
      new TreeSet<>(List.of("ASK", "CLUSTERDOWN", "CROSSSLOT", "MOVED", "TRYAGAIN"));

  private final CommandTable table;
  private final CommandRunner runner;
  private final TransactionCommands transactions;
  private final WaitingClients waiting;
  private final Predicate<Client> needsAuthentication;
  private final SlotGate slotGate;
  private final List<Gatekeeper> gatekeepers;
  private final Pause pause;
  private final RequestHold hold;
  private final Configuration configuration;
  private final boolean transactionsPiecemeal;
  private Runnable afterRequest = () -> {};
  private Gatekeeper access = (client, spec, request) -> Optional.empty();
  private SpecVariants variants = (spec, request) -> spec;

  /**
   * A dispatcher.
   *
   * @param needsAuthentication whether a client has yet to authenticate
   * @param gatekeepers asked in this order after the cluster has agreed
   * @param pause may put a request back that all have agreed to
   * @param hold may let a request wait that all have agreed to
   */
  public Dispatcher(
      CommandTable table,
      CommandRunner runner,
      TransactionCommands transactions,
      WaitingClients waiting,
      Predicate<Client> needsAuthentication,
      SlotGate slotGate,
      List<Gatekeeper> gatekeepers,
      Pause pause,
      RequestHold hold,
      Configuration configuration) {
    this.table = table;
    this.runner = runner;
    this.transactions = transactions;
    this.waiting = waiting;
    this.needsAuthentication = needsAuthentication;
    this.slotGate = slotGate;
    this.gatekeepers = List.copyOf(gatekeepers);
    this.pause = pause;
    this.hold = hold;
    this.configuration = configuration;
    this.transactionsPiecemeal = configuration.has(Defect.HALF_APPLY_TRANSACTION);
    if (transactionsPiecemeal) {
      transactions.checkEach(this::refusalElsewhere);
    }
  }

  /** Lets what a request asks for have a say in the flags of its command. */
  public void varyBy(SpecVariants by) {
    this.variants = by;
  }

  /**
   * Runs a command for a script that a client's request runs.
   *
   * @return the error that the command is refused with in a script, a minus before it; empty if it
   *     has run, and its reply is in the client's buffer
   */
  Optional<String> runInScript(Client client, CommandSpec spec, byte[][] request, long nowMicros) {
    for (Gatekeeper gatekeeper : gatekeepers) {
      Optional<String> objection = gatekeeper.refusal(client, spec, request);
      if (objection.isPresent()) {
        return Optional.of("-" + objection.get());
      }
    }
    runner.run(client, spec, request, nowMicros, false, null);
    return Optional.empty();
  }

  /** Why a client does not have the right to a command; empty if it has. */
  Optional<String> refusalByAccess(Client client, CommandSpec spec, byte[][] request) {
    return client.kind() == Client.Kind.MASTER
        ? Optional.empty()
        : access.refusal(client, spec, request);
  }

  /** Why a cluster does not let a command run here; empty if it does. */
  Optional<String> refusalBySlot(Client client, CommandSpec spec, List<byte[]> keys) {
    return slotGate.refusal(client, spec, keys);
  }

  /** The keys that a command names. */
  static List<byte[]> keysOf(CommandSpec spec, byte[][] request) {
    List<byte[]> keys = new ArrayList<>();
    if (spec.hasKeys()) {
      collectKeys(spec, request, keys);
    }
    return keys;
  }

  /** Asks whether clients have the right to what they ask for. */
  public void checkAccess(Gatekeeper by) {
    this.access = by;
  }

  /** Does something after every request that was run or refused. */
  public void afterEachRequest(Runnable what) {
    this.afterRequest = what;
  }

  /**
   * Handles one request of a client that is neither blocked nor closing.
   *
   * @return false if the request has been put back because of a pause
   */
  public boolean handle(Client client, byte[][] request, long nowMicros) {
    if (isCrossProtocolScript(request[0])) {
      client.close();
      return true;
    }
    CommandSpec spec;
    try {
      spec = table.lookUp(request);
    } catch (ErrorReply error) {
      refuse(client, table.findFor(request).orElse(null), error.getMessage());
      client.requestEnded();
      return true;
    }
    spec = variants.of(spec, request);
    client.interacted(nowMicros / 1000, spec.name());
    boolean wasAsking = client.isAsking();
    Optional<String> refusal = refusal(client, spec, request);
    if (refusal.isPresent()) {
      refuse(client, spec, refusal.get());
    } else if (pause.holds(client, spec, request)) {
      return false;
    } else if (isHeld(client, spec, request)) {
      return true;
    } else {
      admit(client, spec, request, nowMicros);
    }
    if (wasAsking && !configuration.has(Defect.KEEP_ASKING)) {
      client.ask(false);
    }
    client.requestEnded();
    afterRequest.run();
    return true;
  }

  private boolean isHeld(Client client, CommandSpec spec, byte[][] request) {
    return hold.isActive()
        && !isQueued(client, spec)
        && hold.holds(client, spec, request, keys(client, spec, request));
  }

  private static boolean isQueued(Client client, CommandSpec spec) {
    return client.transaction().isPresent() && !NEVER_QUEUED.contains(spec.name());
  }

  /**
   * Runs the request of a blocked client again, because what it waits for may have come; it stays
   * blocked if it still cannot be served.
   */
  void retry(Client client, Blocked blocked, byte @Nullable [] readyKey, long nowMicros) {
    CommandSpec spec = table.lookUp(blocked.request());
    if (runner.run(client, spec, blocked.request(), nowMicros, true, readyKey)) {
      waiting.release(client);
    }
    runner.endUnit(client, spec);
    afterRequest.run();
  }

  /** Why a blocked client must not wait here any longer; empty if it may. */
  Optional<String> refusalToWait(Client client, Blocked blocked) {
    return blocked.keys().isEmpty()
        ? Optional.empty()
        : slotGate.refusalToWait(client, table.lookUp(blocked.request()), blocked.keys().get(0));
  }

  private void admit(Client client, CommandSpec spec, byte[][] request, long nowMicros) {
    Optional<Transaction> transaction = client.transaction();
    if (transaction.isPresent() && isQueued(client, spec)) {
      transaction.get().queue(request, spec.is(CommandFlag.WRITE));
      client.reply().simple("QUEUED");
      return;
    }
    if (!runner.run(client, spec, request, nowMicros, true, null)) {
      client.blocked().ifPresent(blocked -> waiting.add(client, blocked));
    }
    runner.endUnit(client, spec);
  }

  private Optional<String> refusal(Client client, CommandSpec spec, byte[][] request) {
    if (needsAuthentication.test(client) && !spec.is(CommandFlag.NO_AUTH)) {
      return Optional.of("NOAUTH Authentication required.");
    }
    if (client.transaction().isPresent() && spec.is(CommandFlag.NO_MULTI)) {
      return Optional.of("ERR Command not allowed inside a transaction");
    }
    if (client.kind() == Client.Kind.MASTER) {
      return Optional.empty();
    }
    Optional<String> forbidden = access.refusal(client, spec, request);
    if (forbidden.isPresent()) {
      return forbidden;
    }
    Optional<String> elsewhere = refusalElsewhere(client, spec, request);
    if (elsewhere.isPresent()) {
      return elsewhere;
    }
    for (Gatekeeper gatekeeper : gatekeepers) {
      Optional<String> objection = gatekeeper.refusal(client, spec, request);
      if (objection.isPresent()) {
        return objection;
      }
    }
    return Optional.empty();
  }

  private Optional<String> refusalElsewhere(Client client, CommandSpec spec, byte[][] request) {
    boolean unchecked = transactionsPiecemeal && spec.name().equals("exec");
    List<byte[]> keys = unchecked ? List.of() : keys(client, spec, request);
    return keys.isEmpty() ? Optional.empty() : slotGate.refusal(client, spec, keys);
  }

  /** The keys of a request; of EXEC, those of all that is queued. */
  private List<byte[]> keys(Client client, CommandSpec spec, byte[][] request) {
    List<byte[]> keys = new ArrayList<>();
    if (spec.name().equals("exec")) {
      client
          .transaction()
          .filter(transaction -> !transaction.isBroken())
          .ifPresent(
              transaction ->
                  transaction
                      .queued()
                      .forEach(queued -> collectKeys(table.lookUp(queued), queued, keys)));
    } else if (spec.hasKeys()) {
      collectKeys(spec, request, keys);
    }
    return keys;
  }

  private static void collectKeys(CommandSpec spec, byte[][] request, List<byte[]> keys) {
    for (int index : spec.keysIn(request)) {
      keys.add(request[index]);
    }
  }

  private void refuse(Client client, @Nullable CommandSpec spec, String text) {
    runner.refused(client, spec, text);
    ReplyBuffer reply = client.reply();
    if (spec != null && spec.name().equals("exec")) {
      transactions.end(client);
      boolean redirection = BY_CLUSTER.contains(text.split(" ", 2)[0]);
      String reason = text.startsWith("ERR ") ? text.substring("ERR ".length()) : text;
      reply.error(redirection ? text : "EXECABORT Transaction discarded because of: " + reason);
      return;
    }
    client.transaction().ifPresent(Transaction::breakOff);
    reply.error(text);
  }

  /** Browsers that are tricked into speaking to us begin so. */
  private static boolean isCrossProtocolScript(byte[] name) {
    if (name.length != 4 && name.length != 5) {
      return false;
    }
    String word = new String(name, StandardCharsets.ISO_8859_1);
    return word.equalsIgnoreCase("post") || word.equalsIgnoreCase("host:");
  }
}
