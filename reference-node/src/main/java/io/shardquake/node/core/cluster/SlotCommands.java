package io.shardquake.node.core.cluster;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.command.ErrorReply;
import io.shardquake.node.core.defect.Defect;
import io.shardquake.node.core.keyspace.HashSlot;
import io.shardquake.node.core.resp.StrictInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** The CLUSTER commands that change or list slots. */
final class SlotCommands implements CommandGroup {
  private final ClusterState state;
  private final ConfigEpochs epochs;
  private final Roles roles;
  private final Gossip gossip;

  SlotCommands(ClusterState state, ConfigEpochs epochs, Roles roles, Gossip gossip) {
    this.state = state;
    this.epochs = epochs;
    this.roles = roles;
    this.gossip = gossip;
  }

  @Override
  public void register(CommandTable table) {
    table.add("cluster|addslots", context -> add(context, singles(context)));
    table.add("cluster|addslotsrange", context -> add(context, ranges(context)));
    table.add("cluster|delslots", context -> delete(context, singles(context)));
    table.add("cluster|delslotsrange", context -> delete(context, ranges(context)));
    table.add("cluster|flushslots", this::flush);
    table.add("cluster|setslot", this::setSlot);
    table.add("cluster|countkeysinslot", this::countKeys);
    table.add("cluster|getkeysinslot", this::listKeys);
  }

  private static int slot(CommandContext context, int index) {
    byte[] text = context.argument(index);
    long slot = StrictInteger.parse(text, 0, text.length);
    if (slot == StrictInteger.INVALID || slot < 0 || slot >= HashSlot.COUNT) {
      throw new ErrorReply("ERR Invalid or out of range slot");
    }
    return (int) slot;
  }

  private static List<Integer> singles(CommandContext context) {
    List<Integer> slots = new ArrayList<>();
    for (int i = 2; i < context.count(); i++) {
      slots.add(slot(context, i));
    }
    return slots;
  }

  private static List<Integer> ranges(CommandContext context) {
    if (context.count() % 2 != 0) {
      throw ErrorReply.wrongNumberOfArguments(context.spec().name());
    }
    List<Integer> slots = new ArrayList<>();
    for (int i = 2; i < context.count(); i += 2) {
      int first = slot(context, i);
      int last = slot(context, i + 1);
      if (first > last) {
        throw new ErrorReply(
            "ERR start slot number " + first + " is greater than end slot number " + last);
      }
      for (int slot = first; slot <= last; slot++) {
        slots.add(slot);
      }
    }
    return slots;
  }

  private void check(List<Integer> slots, boolean assigned, String objection) {
    TreeSet<Integer> seen = new TreeSet<>();
    for (int slot : slots) {
      if (state.slots().owner(slot).isPresent() != assigned) {
        throw new ErrorReply("ERR Slot " + slot + " is already " + objection);
      }
      if (!seen.add(slot)) {
        throw new ErrorReply("ERR Slot " + slot + " specified multiple times");
      }
    }
  }

  private void add(CommandContext context, List<Integer> slots) {
    check(slots, false, "busy");
    for (int slot : slots) {
      state.slots().importing().remove(slot);
      state.slots().assign(slot, state.myself());
    }
    changed(context);
  }

  private void delete(CommandContext context, List<Integer> slots) {
    check(slots, true, "unassigned");
    slots.forEach(state.slots()::unassign);
    changed(context);
  }

  private void flush(CommandContext context) {
    if (context.keyspace().size() > 0) {
      throw new ErrorReply("ERR DB must be empty to perform CLUSTER FLUSHSLOTS.");
    }
    state.slots().unassignAll(state.myself());
    changed(context);
  }

  private void changed(CommandContext context) {
    if (state.configuration().text("appendfsync").equals("always")) {
      // A key that survives the loss of power must not be left with who no longer owns its slot.
      state.wantSync();
    } else {
      state.wantSave();
    }
    state.wantEvaluation();
    context.reply().ok();
  }

  private void setSlot(CommandContext context) {
    if (!state.myself().isMaster()) {
      throw new ErrorReply("ERR Please use SETSLOT only with masters.");
    }
    int slot = slot(context, 2);
    if (context.count() == 5 && context.is(3, "MIGRATING")) {
      migrating(context, slot);
    } else if (context.count() == 5 && context.is(3, "IMPORTING")) {
      importing(context, slot);
    } else if (context.count() == 4 && context.is(3, "STABLE")) {
      state.slots().migrating().remove(slot);
      state.slots().importing().remove(slot);
    } else if (context.count() == 5 && context.is(3, "NODE")) {
      assign(context, slot);
    } else {
      throw new ErrorReply(
          "ERR Invalid CLUSTER SETSLOT action or number of arguments. Try CLUSTER HELP");
    }
    changed(context);
  }

  private void migrating(CommandContext context, int slot) {
    if (!state.slots().isOwnedBy(slot, state.myself())) {
      throw new ErrorReply("ERR I'm not the owner of hash slot " + slot);
    }
    state.slots().migrating().put(slot, master(context, "I don't know about node "));
  }

  private void importing(CommandContext context, int slot) {
    if (state.slots().isOwnedBy(slot, state.myself())) {
      throw new ErrorReply("ERR I'm already the owner of hash slot " + slot);
    }
    state.slots().importing().put(slot, master(context, "I don't know about node "));
  }

  private ClusterNode master(CommandContext context, String unknown) {
    ClusterNode node = state.nodes().get(context.text(4));
    if (node == null) {
      throw new ErrorReply("ERR " + unknown + context.quoted(4));
    }
    if (!node.isMaster()) {
      throw new ErrorReply("ERR Target node is not a master");
    }
    return node;
  }

  private void assign(CommandContext context, int slot) {
    ClusterNode to = master(context, "Unknown node ");
    ClusterNode me = state.myself();
    boolean wasMine = state.slots().isOwnedBy(slot, me);
    int keys = context.keyspace().countInSlot(slot);
    if (wasMine && to != me && keys > 0) {
      throw new ErrorReply(
          "ERR Can't assign hashslot "
              + slot
              + " to a different node while I still hold keys for this hash slot.");
    }
    if (keys == 0) {
      state.slots().migrating().remove(slot);
    }
    state.slots().assign(slot, to);
    boolean emptied = wasMine && to != me && me.slots().count() == 0;
    if (emptied && state.configuration().yes("cluster-allow-replica-migration")) {
      roles.becomeReplicaOf(to, false);
    }
    if (to == me && state.slots().importing().remove(slot) != null) {
      // Without a greater epoch of its own, no other node would believe this one.
      if (!state.has(Defect.SKIP_EPOCH_BUMP)) {
        epochs.bump();
      }
      gossip.broadcastPong(false);
    }
  }

  private static int existingSlot(CommandContext context, String complaint) {
    long slot = context.integer(2);
    if (slot < 0 || slot >= HashSlot.COUNT) {
      throw new ErrorReply(complaint);
    }
    return (int) slot;
  }

  private void countKeys(CommandContext context) {
    int slot = existingSlot(context, "ERR Invalid slot");
    context.reply().integer(context.keyspace().countInSlot(slot));
  }

  private void listKeys(CommandContext context) {
    String complaint = "ERR Invalid slot or number of keys";
    int slot = existingSlot(context, complaint);
    long most = context.integer(3);
    if (most < 0) {
      throw new ErrorReply(complaint);
    }
    List<byte[]> keys = new ArrayList<>();
    context
        .keyspace()
        .forEachInSlot(
            slot,
            (key, value) -> {
              if (keys.size() < most) {
                keys.add(key);
              }
            });
    context.reply().bulks(keys);
  }
}
