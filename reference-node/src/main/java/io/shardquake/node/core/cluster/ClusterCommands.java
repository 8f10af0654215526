package io.shardquake.node.core.cluster;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.command.ErrorReply;
import io.shardquake.node.core.command.HelpText;
import io.shardquake.node.core.keyspace.HashSlot;
import io.shardquake.node.core.resp.StrictInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The CLUSTER commands, but for those that change slots one by one ({@link SlotCommands}). */
final class ClusterCommands implements CommandGroup {
  private final ClusterState state;
  private final Membership membership;
  private final ConfigEpochs epochs;
  private final Roles roles;
  private final Election election;
  private final ManualFailover manual;
  private final FailureDetector failures;
  private final ClusterReplies replies;
  private final Runnable saveNow;
  private final Consumer<Boolean> reset;

  ClusterCommands(
      ClusterState state,
      Membership membership,
      ConfigEpochs epochs,
      Roles roles,
      Election election,
      ManualFailover manual,
      FailureDetector failures,
      ClusterReplies replies,
      Runnable saveNow,
      Consumer<Boolean> reset) {
    this.state = state;
    this.membership = membership;
    this.epochs = epochs;
    this.roles = roles;
    this.election = election;
    this.manual = manual;
    this.failures = failures;
    this.replies = replies;
    this.saveNow = saveNow;
    this.reset = reset;
  }

  @Override
  public void register(CommandTable table) {
    table.add("cluster|myid", context -> context.reply().bulk(state.myself().id()));
    table.add("cluster|nodes", this::nodes);
    table.add("cluster|info", context -> replies.info(context.reply()));
    table.add(
        "cluster|slots", context -> replies.slots(context.reply(), context.client().isSecure()));
    table.add("cluster|shards", context -> replies.shards(context.reply()));
    table.add("cluster|links", context -> replies.links(context.reply()));
    table.add("cluster|help", HelpText.named("CLUSTER"));
    table.add("cluster|meet", this::meet);
    table.add("cluster|forget", this::forget);
    table.add("cluster|replicate", this::replicate);
    table.add("cluster|replicas", this::replicas);
    table.add("cluster|slaves", this::replicas);
    table.add("cluster|failover", this::failover);
    table.add("cluster|reset", this::reset);
    table.add("cluster|set-config-epoch", this::setConfigEpoch);
    table.add("cluster|bumpepoch", this::bumpEpoch);
    table.add("cluster|count-failure-reports", this::countFailureReports);
    table.add("cluster|saveconfig", this::saveConfig);
    table.add(
        "cluster|keyslot", context -> context.reply().integer(HashSlot.of(context.argument(2))));
  }

  private void nodes(CommandContext context) {
    byte[] text = NodesText.forClient(state, context.client()).getBytes(StandardCharsets.UTF_8);
    context.reply().verbatim("txt", text);
  }

  private static int port(CommandContext context, int index, String kind) {
    byte[] text = context.argument(index);
    long port = StrictInteger.parse(text, 0, text.length);
    if (port == StrictInteger.INVALID) {
      throw new ErrorReply("ERR Invalid TCP " + kind + " port specified: " + context.quoted(index));
    }
    return (int) Math.max(0, Math.min(port, 65_536));
  }

  private void meet(CommandContext context) {
    if (context.count() > 5) {
      throw unmatched(context);
    }
    int port = port(context, 3, "base");
    int busPort = context.count() == 5 ? port(context, 4, "bus") : port + 10_000;
    Optional<String> ip = IpLiteral.normalise(context.text(2));
    if (ip.isEmpty() || port < 1 || port > 65_535 || busPort < 1 || busPort > 65_535) {
      throw new ErrorReply(
          "ERR Invalid node address specified: " + context.quoted(2) + ":" + context.quoted(3));
    }
    membership.meet(ip.get(), port, busPort);
    context.reply().ok();
  }

  private static ErrorReply unmatched(CommandContext context) {
    return new ErrorReply(
        "ERR unknown subcommand or wrong number of arguments for '"
            + context.quoted(1)
            + "'. Try CLUSTER HELP.");
  }

  private ClusterNode node(CommandContext context, int index) {
    return Optional.ofNullable(state.nodes().get(context.text(index)))
        .orElseThrow(() -> new ErrorReply("ERR Unknown node " + context.quoted(index)));
  }

  private void forget(CommandContext context) {
    ClusterNode node = node(context, 2);
    if (node.isMyself()) {
      throw new ErrorReply("ERR I tried hard but I can't forget myself...");
    }
    if (state.myself().master().orElse(null) == node) {
      throw new ErrorReply("ERR Can't forget my master!");
    }
    membership.forget(node);
    context.reply().ok();
  }

  private void replicate(CommandContext context) {
    ClusterNode node = node(context, 2);
    ClusterNode me = state.myself();
    if (node.isMyself()) {
      throw new ErrorReply("ERR Can't replicate myself");
    }
    if (!node.isMaster()) {
      throw new ErrorReply("ERR I can only replicate a master, not a replica.");
    }
    if (me.isMaster() && (me.slots().count() > 0 || context.keyspace().size() > 0)) {
      throw new ErrorReply(
          "ERR To set a master the node must be empty and without assigned slots.");
    }
    roles.becomeReplicaOf(node, false);
    context.reply().ok();
  }

  private void replicas(CommandContext context) {
    ClusterNode node = node(context, 2);
    if (!node.isMaster()) {
      throw new ErrorReply("ERR The specified node is not a master");
    }
    List<byte[]> lines = new ArrayList<>();
    for (ClusterNode replica : node.replicas().values()) {
      lines.add(
          NodesText.line(
                  state,
                  replica,
                  Endpoints.port(state.configuration(), replica, context.client().isSecure()))
              .getBytes(StandardCharsets.UTF_8));
    }
    context.reply().bulks(lines);
  }

  private void failover(CommandContext context) {
    if (context.count() > 3) {
      throw unmatched(context);
    }
    boolean force = context.count() == 3 && context.is(2, "FORCE");
    boolean takeover = context.count() == 3 && context.is(2, "TAKEOVER");
    if (context.count() == 3 && !force && !takeover) {
      throw ErrorReply.syntax();
    }
    ClusterNode me = state.myself();
    if (me.isMaster()) {
      throw new ErrorReply("ERR You should send CLUSTER FAILOVER to a replica");
    }
    ClusterNode master =
        me.master()
            .orElseThrow(() -> new ErrorReply("ERR I'm a replica but my master is unknown to me"));
    boolean down = master.is(NodeFlag.FAIL) || master.outbound().isEmpty();
    if (down && !force && !takeover) {
      throw new ErrorReply("ERR Master is down or failed, please use CLUSTER FAILOVER FORCE");
    }
    if (takeover) {
      manual.reset();
      election.takeOverWithoutVote();
    } else if (force) {
      manual.beginForced();
    } else {
      manual.begin(master);
    }
    context.reply().ok();
  }

  private void reset(CommandContext context) {
    boolean hard = context.count() == 3 && context.is(2, "HARD");
    if (context.count() > 3 || (context.count() == 3 && !hard && !context.is(2, "SOFT"))) {
      throw ErrorReply.syntax();
    }
    if (state.myself().isMaster() && context.keyspace().size() > 0) {
      throw new ErrorReply("ERR CLUSTER RESET can't be called with master nodes containing keys");
    }
    reset.accept(hard);
    context.reply().ok();
  }

  private void setConfigEpoch(CommandContext context) {
    long epoch = context.integer(2);
    if (epoch < 0) {
      throw new ErrorReply("ERR Invalid config epoch specified: " + epoch);
    }
    if (state.nodes().size() > 1) {
      throw new ErrorReply(
          "ERR The user can assign a config epoch only when the node does not know any other"
              + " node.");
    }
    if (state.myself().configEpoch() != 0) {
      throw new ErrorReply("ERR Node config epoch is already non-zero");
    }
    state.myself().configEpoch(epoch);
    state.currentEpoch = Math.max(state.currentEpoch, epoch);
    state.wantSave();
    state.wantEvaluation();
    context.reply().ok();
  }

  private void bumpEpoch(CommandContext context) {
    String word = epochs.bump() ? "BUMPED " : "STILL ";
    context.reply().simple(word + state.myself().configEpoch());
  }

  private void countFailureReports(CommandContext context) {
    context.reply().integer(failures.countReports(node(context, 2)));
  }

  private void saveConfig(CommandContext context) {
    saveNow.run();
    context.reply().ok();
  }
}
