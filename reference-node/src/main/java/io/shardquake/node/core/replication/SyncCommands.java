package io.shardquake.node.core.replication;

import io.shardquake.node.core.Effect;
import io.shardquake.node.core.Outbox;
import io.shardquake.node.core.Randomness;
import io.shardquake.node.core.client.Client;
import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.command.ErrorReply;
import io.shardquake.node.core.config.Configuration;
import io.shardquake.node.core.defect.Defect;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/** PSYNC, SYNC and REPLCONF: how replicas attach themselves to this node, and report to it. */
final class SyncCommands implements CommandGroup {
  private static final int LONGEST_IP = 255;
  private static final int ID_LENGTH = 40;

  private final Configuration configuration;
  private final ReplicationLog log;
  private final Replicas replicas;
  private final MasterLink master;
  private final Failover failover;
  private final Acknowledgements acknowledgements;
  private final Runnable promote;
  private final Outbox outbox;
  private final Randomness random;
  private final LongSupplier now;
  private final Map<Long, ReplicaProfile> profiles = new TreeMap<>();
  private long fullSyncs;
  private long partialSyncs;
  private long partialRefusals;

  /**
   * The commands.
   *
   * @param promote makes this node a master, when its own master asks for that
   */
  SyncCommands(
      Configuration configuration,
      ReplicationLog log,
      Replicas replicas,
      MasterLink master,
      Failover failover,
      Acknowledgements acknowledgements,
      Runnable promote,
      Outbox outbox,
      Randomness random,
      LongSupplier now) {
    this.configuration = configuration;
    this.log = log;
    this.replicas = replicas;
    this.master = master;
    this.failover = failover;
    this.acknowledgements = acknowledgements;
    this.promote = promote;
    this.outbox = outbox;
    this.random = random;
    this.now = now;
  }

  @Override
  public void register(CommandTable table) {
    table.add("psync", this::psync);
    table.add("sync", context -> synchronize(context, false));
    table.add("replconf", this::replconf);
  }

  long fullSyncs() {
    return fullSyncs;
  }

  long partialSyncs() {
    return partialSyncs;
  }

  long partialRefusals() {
    return partialRefusals;
  }

  /** Forgets a connection that has gone. */
  void forget(Client client) {
    profiles.remove(client.connection());
  }

  private void replconf(CommandContext context) {
    if (context.count() % 2 == 0) {
      throw ErrorReply.syntax();
    }
    long connection = context.client().connection();
    ReplicaProfile profile = profiles.getOrDefault(connection, ReplicaProfile.SILENT);
    for (int i = 1; i < context.count(); i += 2) {
      if (context.is(i, "ACK")) {
        acknowledged(context, i + 1);
        return;
      }
      if (context.is(i, "GETACK")) {
        if (context.client().kind() == Client.Kind.MASTER) {
          master.acknowledge();
        }
        return;
      }
      profile = described(profile, context, i);
      profiles.put(connection, profile);
    }
    context.reply().ok();
  }

  private static ReplicaProfile described(ReplicaProfile profile, CommandContext context, int i) {
    if (context.is(i, "listening-port")) {
      return profile.withPort((int) context.integer(i + 1));
    }
    if (context.is(i, "ip-address")) {
      int length = context.argument(i + 1).length;
      if (length > LONGEST_IP) {
        throw new ErrorReply(
            "ERR REPLCONF ip-address provided by replica instance is too long: "
                + length
                + " bytes");
      }
      return profile.withIp(context.text(i + 1));
    }
    if (context.is(i, "capa")) {
      return context.is(i + 1, "eof")
          ? profile.withEof()
          : context.is(i + 1, "psync2") ? profile.withPsync2() : profile;
    }
    if (context.is(i, "rdb-only")) {
      long only = context.integer(i + 1);
      if (only != 0 && only != 1) {
        throw new ErrorReply("ERR value is out of range, value must between 0 and 1");
      }
      return profile.withSnapshotOnly(only == 1);
    }
    if (context.is(i, "rdb-filter-only")) {
      for (String word : context.text(i + 1).strip().split("\\s+", -1)) {
        if (!word.isEmpty() && !word.equalsIgnoreCase("functions")) {
          throw new ErrorReply("ERR Unsupported rdb-filter-only option: " + word);
        }
      }
      return profile.withoutData(true);
    }
    throw new ErrorReply("ERR Unrecognized REPLCONF option: " + context.quoted(i));
  }

  /** A replica reports how far it is; there is no reply, whatever it says. */
  private void acknowledged(CommandContext context, int index) {
    ReplicaLink replica = replicas.of(context.client().connection()).orElse(null);
    if (replica == null) {
      return;
    }
    try {
      replica.acknowledge(context.integer(index), now.getAsLong());
    } catch (ErrorReply notAnOffset) {
      return;
    }
    acknowledgements.acknowledged();
  }

  private void psync(CommandContext context) {
    if (context.count() > 3 && context.is(3, "FAILOVER")) {
      takeOver(context.text(1));
    }
    synchronize(context, true);
  }

  /** The master of this node, which is in step with it, wants to exchange roles. */
  private void takeOver(String id) {
    if (!master.isFollowing()) {
      throw new ErrorReply("ERR PSYNC FAILOVER can't be sent to a master.");
    }
    if (!id.equalsIgnoreCase(log.history().id())) {
      throw new ErrorReply("ERR PSYNC FAILOVER replid must match my replid.");
    }
    outbox.log(Effect.Level.WARNING, "Failover request received for replid " + id + ".");
    promote.run();
  }

  private void synchronize(CommandContext context, boolean resumable) {
    Client client = context.client();
    if (client.kind() == Client.Kind.REPLICA) {
      return;
    }
    if (failover.state() != Failover.State.NONE) {
      throw new ErrorReply("NOMASTERLINK Can't SYNC while failing over");
    }
    if (master.isFollowing() && !master.isUp()) {
      throw new ErrorReply("NOMASTERLINK Can't SYNC while not connected with my master");
    }
    if (client.reply().length() > 0) {
      throw new ErrorReply("ERR SYNC and PSYNC are invalid with pending output");
    }
    ReplicaProfile profile = profiles.getOrDefault(client.connection(), ReplicaProfile.SILENT);
    if (profile.withoutData() && !profile.eof()) {
      throw new ErrorReply("ERR Filtered replica requires EOF capability");
    }
    ReplicaLink replica = new ReplicaLink(client, profile, resumable, now.getAsLong());
    replica.dropStreamDuringSnapshot(configuration.has(Defect.FULL_SYNC_DROPS_WRITES));
    if (resumable && resume(context, replica)) {
      return;
    }
    fullSyncs++;
    client.become(Client.Kind.REPLICA);
    replicas.add(replica);
    if (log.backlog().isEmpty() && replicas.count() == 1) {
      // What was before has no name that anybody could know.
      log.history().restart(random.hex(ID_LENGTH));
      log.openBacklog(Backlog.size(configuration));
    }
    outbox.log(
        Effect.Level.NOTICE,
        "Replica " + replica.ip() + ":" + profile.port() + " asks for synchronization");
  }

  /** Lets a replica go on where it stopped, if all that it has missed is at hand. */
  private boolean resume(CommandContext context, ReplicaLink replica) {
    String id = context.text(1);
    long from = context.integer(2);
    ReplicationHistory history = log.history();
    Backlog backlog = log.backlog().orElse(null);
    if (backlog == null || !history.includes(id, from) || !backlog.reaches(from)) {
      if (!id.equals("?")) {
        partialRefusals++;
      }
      return false;
    }
    partialSyncs++;
    long next = history.offset() + 1;
    replica.client().become(Client.Kind.REPLICA);
    replicas.add(replica);
    replica.goOnline(false, now.getAsLong());
    String line = "+CONTINUE" + (replica.profile().psync2() ? " " + history.id() : "") + "\r\n";
    replica.send(line.getBytes(StandardCharsets.US_ASCII), outbox);
    replica.feed(backlog.from(configuration.has(Defect.RESYNC_SKIPS_MISSED) ? next : from));
    outbox.log(
        Effect.Level.NOTICE,
        "Partial resynchronization request from "
            + replica.ip()
            + ":"
            + replica.profile().port()
            + " accepted, from offset "
            + from);
    return true;
  }
}
