package io.shardquake.node.core.info;

import io.shardquake.node.core.config.Configuration;
import io.shardquake.node.core.replication.ReplicationView;
import java.util.function.Supplier;

/** The node's role, its replicas and its master. */
final class RoleSection implements InfoSection {
  private final Supplier<ReplicationView> replication;
  private final Configuration configuration;

  RoleSection(Supplier<ReplicationView> replication, Configuration configuration) {
    this.replication = replication;
    this.configuration = configuration;
  }

  @Override
  public String name() {
    return "replication";
  }

  @Override
  public void write(InfoText text) {
    ReplicationView view = replication.get();
    text.field("role", view.master().isPresent() ? "slave" : "master");
    view.master().ifPresent(master -> master(text, master));
    text.field("connected_slaves", view.replicas().size());
    view.goodReplicas().ifPresent(good -> text.field("min_slaves_good_slaves", good));
    for (int i = 0; i < view.replicas().size(); i++) {
      ReplicationView.Replica replica = view.replicas().get(i);
      text.field(
          "slave" + i,
          "ip="
              + replica.ip()
              + ",port="
              + replica.port()
              + ",state="
              + replica.state()
              + ",offset="
              + replica.acknowledged()
              + ",lag="
              + replica.lagSeconds());
    }
    text.field("master_failover_state", view.failover());
    text.field("master_replid", view.id());
    text.field("master_replid2", view.formerId());
    text.field("master_repl_offset", view.offset());
    text.field("second_repl_offset", view.formerUpTo());
    text.field("repl_backlog_active", view.backlogActive() ? 1 : 0);
    text.field("repl_backlog_size", view.backlogSize());
    text.field("repl_backlog_first_byte_offset", view.backlogFirstOffset());
    text.field("repl_backlog_histlen", view.backlogLength());
  }

  private void master(InfoText text, ReplicationView.Master master) {
    text.field("master_host", master.host());
    text.field("master_port", master.port());
    text.field("master_link_status", master.up() ? "up" : "down");
    text.field("master_last_io_seconds_ago", master.secondsSinceContact());
    text.field("master_sync_in_progress", master.sync().isPresent() ? 1 : 0);
    text.field("slave_read_repl_offset", master.received());
    text.field("slave_repl_offset", master.applied());
    master
        .sync()
        .ifPresent(
            sync -> {
              long left = Math.max(0, sync.total() - sync.read());
              text.field("master_sync_total_bytes", sync.total());
              text.field("master_sync_read_bytes", sync.read());
              text.field("master_sync_left_bytes", left);
              text.field("master_sync_perc", percent(sync));
              text.field("master_sync_last_io_seconds_ago", sync.secondsSinceLast());
            });
    master.downSeconds().ifPresent(down -> text.field("master_link_down_since_seconds", down));
    text.field("slave_priority", configuration.number("replica-priority"));
    text.field("slave_read_only", configuration.yes("replica-read-only") ? 1 : 0);
    text.field("replica_announced", 1);
  }

  private static String percent(ReplicationView.Sync sync) {
    long hundredths = sync.total() == 0 ? 0 : sync.read() * 10_000 / sync.total();
    return hundredths / 100 + "." + hundredths / 10 % 10 + hundredths % 10;
  }
}
