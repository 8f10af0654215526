package io.shardquake.node.core.replication;

import io.shardquake.node.core.client.Client;
import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.command.ErrorReply;
import io.shardquake.node.core.config.Configuration;
import io.shardquake.node.core.resp.ReplyBuffer;
import io.shardquake.node.core.resp.StrictInteger;
import java.util.List;
import java.util.function.Supplier;

/** REPLICAOF, SLAVEOF and ROLE. */
final class RoleCommands implements CommandGroup {
  private static final int GREATEST_PORT = 65_535;

  private final Configuration configuration;
  private final MasterLink master;
  private final Failover failover;
  private final Failover.Roles roles;
  private final Supplier<ReplicationView> view;

  RoleCommands(
      Configuration configuration,
      MasterLink master,
      Failover failover,
      Failover.Roles roles,
      Supplier<ReplicationView> view) {
    this.configuration = configuration;
    this.master = master;
    this.failover = failover;
    this.roles = roles;
    this.view = view;
  }

  @Override
  public void register(CommandTable table) {
    table.add("replicaof", this::replicaOf);
    table.add("slaveof", this::replicaOf);
    table.add("role", this::role);
  }

  private void replicaOf(CommandContext context) {
    if (configuration.yes("cluster-enabled")) {
      throw new ErrorReply("ERR REPLICAOF not allowed in cluster mode.");
    }
    if (failover.state() != Failover.State.NONE) {
      throw new ErrorReply("ERR REPLICAOF not allowed while failing over.");
    }
    if (context.is(1, "NO") && context.is(2, "ONE")) {
      roles.lead();
      context.reply().ok();
      return;
    }
    if (context.client().kind() == Client.Kind.REPLICA) {
      throw new ErrorReply("ERR Command is not valid when client is a replica.");
    }
    byte[] text = context.argument(2);
    long port = StrictInteger.parse(text, 0, text.length);
    if (port < 0 || port > GREATEST_PORT) {
      throw new ErrorReply("ERR Invalid master port");
    }
    String host = context.text(1);
    if (master.isFollowing() && master.host().equalsIgnoreCase(host) && master.port() == port) {
      context.reply().simple("OK Already connected to specified master");
      return;
    }
    roles.follow(host, (int) port);
    context.reply().ok();
  }

  private void role(CommandContext context) {
    ReplicationView now = view.get();
    ReplyBuffer reply = context.reply();
    if (now.master().isPresent()) {
      ReplicationView.Master link = now.master().get();
      reply.array(5);
      reply.bulk("slave");
      reply.bulk(link.host());
      reply.integer(link.port());
      reply.bulk(link.state());
      reply.integer(link.up() ? link.applied() : -1);
      return;
    }
    List<ReplicationView.Replica> online =
        now.replicas().stream().filter(ReplicationView.Replica::online).toList();
    reply.array(3);
    reply.bulk("master");
    reply.integer(now.offset());
    reply.array(online.size());
    for (ReplicationView.Replica replica : online) {
      reply.array(3);
      reply.bulk(replica.ip());
      reply.bulk(Integer.toString(replica.port()));
      reply.bulk(Long.toString(replica.acknowledged()));
    }
  }
}
