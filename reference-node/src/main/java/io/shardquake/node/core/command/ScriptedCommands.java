package io.shardquake.node.core.command;

import io.shardquake.node.core.client.Client;
import io.shardquake.node.core.keyspace.HashSlot;
import io.shardquake.node.core.resp.ReplyBuffer;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Runs commands for scripts, as Redis's scriptCall does: with the rights of the client that runs
 * the script, but with errors of its own. Not thread-safe.
 */
public final class ScriptedCommands {
  private final CommandTable table;
  private final Dispatcher dispatcher;
  private final boolean clusterEnabled;
  private final Map<String, CommandSpec> variants = new TreeMap<>();

  /**
   * What one script may do.
   *
   * @param readOnly whether it must not write
   * @param crossesSlots whether it may use keys of several slots
   */
  public record Rights(boolean readOnly, boolean crossesSlots) {}

  /** What a script has done, and chosen, so far. */
  public static final class Progress {
    private int slot;
    private boolean wrote;

    /**
     * A script that has done nothing.
     *
     * @param slot of the keys it declares; -1 if it declares none
     */
    public Progress(int slot) {
      this.slot = slot;
    }

    /** Whether it has run a command that may write. */
    public boolean hasWritten() {
      return wrote;
    }
  }

  public ScriptedCommands(CommandTable table, Dispatcher dispatcher, boolean clusterEnabled) {
    this.table = table;
    this.dispatcher = dispatcher;
    this.clusterEnabled = clusterEnabled;
  }

  /**
   * A command with the flags that a script declares for itself.
   *
   * @param writes whether it may write
   * @param denyOutOfMemory whether it must not run when memory is short
   * @param stale whether it may run on a replica that has lost its master
   */
  public CommandSpec variant(
      CommandSpec spec, boolean writes, boolean denyOutOfMemory, boolean stale) {
    EnumSet<CommandFlag> declared = EnumSet.noneOf(CommandFlag.class);
    if (writes) {
      declared.add(CommandFlag.WRITE);
    }
    if (denyOutOfMemory) {
      declared.add(CommandFlag.DENYOOM);
    }
    if (stale) {
      declared.add(CommandFlag.STALE);
    }
    return variants.computeIfAbsent(spec.name() + declared, key -> derive(spec, declared));
  }

  private static CommandSpec derive(CommandSpec spec, EnumSet<CommandFlag> declared) {
    EnumSet<CommandFlag> flags = EnumSet.noneOf(CommandFlag.class);
    flags.addAll(spec.flags());
    flags.removeAll(EnumSet.of(CommandFlag.WRITE, CommandFlag.DENYOOM, CommandFlag.STALE));
    flags.addAll(declared);
    return spec.with(flags);
  }

  /** The slot that declared keys are in; -1 if there are none. */
  public int slotOf(List<byte[]> keys) {
    return keys.isEmpty() || !clusterEnabled ? -1 : HashSlot.of(keys.get(0));
  }

  /**
   * Runs a command.
   *
   * @param resp3 the protocol of its reply
   * @return its reply
   * @throws ErrorReply whose text begins with a minus if it has a code of its own, if the command
   *     may not run
   */
  public byte[] run(
      Client client,
      byte[][] request,
      Rights rights,
      Progress progress,
      boolean resp3,
      long nowMicros) {
    CommandSpec spec = lookUp(request);
    if (spec.is(CommandFlag.NOSCRIPT)) {
      throw new ErrorReply("This Redis command is not allowed from script");
    }
    checkAccess(client, spec, request);
    if (rights.readOnly() && Pause.mayReplicate(spec)) {
      throw new ErrorReply("Write commands are not allowed from read-only scripts.");
    }
    checkSlots(client, spec, request, rights, progress);
    progress.wrote |= spec.is(CommandFlag.WRITE);
    ReplyBuffer reply = client.reply();
    ReplyBuffer.Capture capture = reply.capture(resp3);
    client.runScript(true);
    try {
      Optional<String> refusal = dispatcher.runInScript(client, spec, request, nowMicros);
      if (refusal.isPresent()) {
        throw new ErrorReply(refusal.get());
      }
    } finally {
      client.runScript(false);
      reply.endCapture(capture);
    }
    return capture.bytes();
  }

  private void checkAccess(Client client, CommandSpec spec, byte[][] request) {
    client.runScript(true);
    try {
      Optional<String> refusal = dispatcher.refusalByAccess(client, spec, request);
      if (refusal.isPresent()) {
        throw new ErrorReply(refusal.get());
      }
    } finally {
      client.runScript(false);
    }
  }

  private CommandSpec lookUp(byte[][] request) {
    CommandSpec spec =
        table
            .findFor(request)
            .orElseThrow(() -> new ErrorReply("Unknown Redis command called from script"));
    if (!spec.accepts(request.length) || !spec.isHandled()) {
      throw new ErrorReply("Wrong number of args calling Redis command from script");
    }
    return spec;
  }

  private void checkSlots(
      Client client, CommandSpec spec, byte[][] request, Rights rights, Progress progress) {
    List<byte[]> keys = clusterEnabled ? Dispatcher.keysOf(spec, request) : List.of();
    if (keys.isEmpty() || client.kind() == Client.Kind.MASTER) {
      return;
    }
    Optional<String> elsewhere = dispatcher.refusalBySlot(client, spec, keys);
    if (elsewhere.isPresent()) {
      throw new ErrorReply(inScript(elsewhere.get()));
    }
    int slot = HashSlot.of(keys.get(0));
    if (!rights.crossesSlots() && progress.slot >= 0 && progress.slot != slot) {
      throw new ErrorReply("Script attempted to access keys that do not hash to the same slot");
    }
    progress.slot = slot;
  }

  private static String inScript(String refusal) {
    if (refusal.endsWith("only accepts read commands")) {
      return "Script attempted to execute a write command while the cluster is down and readonly";
    }
    if (refusal.equals("CLUSTERDOWN The cluster is down")) {
      return "Script attempted to execute a command while the cluster is down";
    }
    return "Script attempted to access a non local key in a cluster node";
  }
}
