package io.shardquake.node.core.replication;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.command.ErrorReply;
import io.shardquake.node.core.config.Configuration;
import java.util.Optional;

/** FAILOVER. */
final class FailoverCommand implements CommandGroup {
  private final Configuration configuration;
  private final Failover failover;
  private final Replicas replicas;
  private final MasterLink master;

  FailoverCommand(
      Configuration configuration, Failover failover, Replicas replicas, MasterLink master) {
    this.configuration = configuration;
    this.failover = failover;
    this.replicas = replicas;
    this.master = master;
  }

  @Override
  public void register(CommandTable table) {
    table.add("failover", this::failover);
  }

  private void failover(CommandContext context) {
    if (configuration.yes("cluster-enabled")) {
      throw new ErrorReply(
          "ERR FAILOVER not allowed in cluster mode. Use CLUSTER FAILOVER command instead.");
    }
    if (context.count() == 2 && context.is(1, "ABORT")) {
      if (failover.state() == Failover.State.NONE) {
        throw new ErrorReply("ERR No failover in progress.");
      }
      failover.abort("Failover manually aborted");
      context.reply().ok();
      return;
    }
    Optional<Failover.Target> target = Optional.empty();
    long timeout = 0;
    boolean force = false;
    int next = 1;
    while (next < context.count()) {
      int left = context.count() - next - 1;
      if (context.is(next, "TIMEOUT") && left >= 1 && timeout == 0) {
        timeout = timeout(context, next + 1);
        next += 2;
      } else if (context.is(next, "TO") && left >= 2 && target.isEmpty()) {
        target =
            Optional.of(
                new Failover.Target(context.text(next + 1), (int) context.integer(next + 2)));
        next += 3;
      } else if (context.is(next, "FORCE") && !force) {
        force = true;
        next++;
      } else {
        throw ErrorReply.syntax();
      }
    }
    check(target, timeout, force);
    failover.begin(target, timeout, force);
    context.reply().ok();
  }

  private static long timeout(CommandContext context, int index) {
    long timeout = context.integer(index);
    if (timeout <= 0) {
      throw new ErrorReply("ERR FAILOVER timeout must be greater than 0");
    }
    return timeout;
  }

  private void check(Optional<Failover.Target> target, long timeout, boolean force) {
    if (failover.state() != Failover.State.NONE) {
      throw new ErrorReply("ERR FAILOVER already in progress.");
    }
    if (master.isFollowing()) {
      throw new ErrorReply("ERR FAILOVER is not valid when server is a replica.");
    }
    if (replicas.isEmpty()) {
      throw new ErrorReply("ERR FAILOVER requires connected replicas.");
    }
    if (force && (timeout == 0 || target.isEmpty())) {
      throw new ErrorReply(
          "ERR FAILOVER with force option requires both a timeout and target HOST and IP.");
    }
    target.ifPresent(this::requireOnline);
  }

  private void requireOnline(Failover.Target target) {
    ReplicaLink replica =
        replicas.all().stream()
            .filter(r -> r.ip().equals(target.host()) && r.profile().port() == target.port())
            .findFirst()
            .orElseThrow(
                () -> new ErrorReply("ERR FAILOVER target HOST and PORT is not a replica."));
    if (!replica.isOnline()) {
      throw new ErrorReply("ERR FAILOVER target replica is not online.");
    }
  }
}
