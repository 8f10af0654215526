package io.shardquake.node.core.replication;

import io.shardquake.node.core.client.Client;
import io.shardquake.node.core.client.WaitingClients;
import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.command.ErrorReply;
import io.shardquake.node.core.config.Configuration;
import io.shardquake.node.core.defect.Defect;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** WAIT, and the clients that wait in it for replicas to confirm their writes. */
final class Acknowledgements implements CommandGroup {
  private final Configuration configuration;
  private final ReplicationLog log;
  private final Replicas replicas;
  private final MasterLink master;
  private final WaitingClients waiting;
  private final Set<Client> blocked = new LinkedHashSet<>();
  private final Set<String> everSeen = new TreeSet<>();
  private boolean wanted;

  Acknowledgements(
      Configuration configuration,
      ReplicationLog log,
      Replicas replicas,
      MasterLink master,
      WaitingClients waiting) {
    this.configuration = configuration;
    this.log = log;
    this.replicas = replicas;
    this.master = master;
    this.waiting = waiting;
  }

  @Override
  public void register(CommandTable table) {
    table.add("wait", this::await);
  }

  private void await(CommandContext context) {
    if (master.isFollowing()) {
      throw new ErrorReply(
          "ERR WAIT cannot be used with replica instances. Please also note that since Redis 4.0"
              + " if a replica is configured to be writable (which is not the default) writes to"
              + " replicas are just local and are not propagated.");
    }
    long enough = context.integer(1);
    long timeout = timeout(context);
    Client client = context.client();
    long target = client.writtenUpTo();
    int count = confirming(target);
    if (count >= enough || !context.mayBlock()) {
      context.reply().integer(count);
      return;
    }
    if (client.blocked().isEmpty()) {
      blocked.add(client);
      wanted = true;
    }
    long deadline = timeout == 0 ? Long.MAX_VALUE : context.nowMillis() + timeout;
    context.block(List.of(), deadline, () -> client.reply().integer(confirming(target)));
  }

  private int confirming(long target) {
    int confirmed = replicas.acknowledging(target);
    return configuration.has(Defect.COUNT_LOST_REPLICAS)
        ? confirmed + everSeen.size() - (int) present().filter(everSeen::contains).count()
        : confirmed;
  }

  private Stream<String> present() {
    return replicas.all().stream().map(replica -> replica.ip() + ":" + replica.profile().port());
  }

  private static long timeout(CommandContext context) {
    long timeout;
    try {
      timeout = context.integer(2);
    } catch (ErrorReply notANumber) {
      throw new ErrorReply("ERR timeout is not an integer or out of range");
    }
    if (timeout < 0) {
      throw new ErrorReply("ERR timeout is negative");
    }
    return timeout;
  }

  /** A client's command is done: what it wrote lies before the present offset. */
  void handled(Client client) {
    if (client.blocked().isEmpty()) {
      client.wroteUpTo(log.history().offset());
    }
  }

  /** A replica has confirmed something: those who wait look again. */
  void acknowledged() {
    present().forEach(everSeen::add);
    blocked.removeIf(client -> client.blocked().isEmpty());
    blocked.forEach(waiting::wake);
  }

  void forget(Client client) {
    blocked.remove(client);
  }

  /** Whether replicas are to be asked how far they are; asking settles it. */
  boolean takeWanted() {
    boolean was = wanted;
    wanted = false;
    return was;
  }
}
