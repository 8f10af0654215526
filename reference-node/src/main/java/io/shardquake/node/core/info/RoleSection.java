package io.shardquake.node.core.info;

import io.shardquake.node.core.cluster.ReplicationRole;
import java.util.function.BooleanSupplier;

/** The role in replication, as far as the cluster knows it. */
public final class RoleSection implements InfoSection {
  private final BooleanSupplier isReplica;
  private final ReplicationRole replication;

  public RoleSection(BooleanSupplier isReplica, ReplicationRole replication) {
    this.isReplica = isReplica;
    this.replication = replication;
  }

  @Override
  public String name() {
    return "replication";
  }

  @Override
  public void write(InfoText text) {
    boolean replica = isReplica.getAsBoolean();
    text.field("role", replica ? "slave" : "master");
    if (replica) {
      text.field("master_link_status", replication.isLinkUp() ? "up" : "down");
      text.field("slave_repl_offset", replication.offset());
    } else {
      text.field("connected_slaves", 0);
    }
    text.field("master_repl_offset", replication.offset());
  }
}
